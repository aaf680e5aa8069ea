"""How people call this program where it was started."""

import os
import shutil
import sys
from pathlib import Path

NAME = "vedette"


def command() -> str:
    """`vedette` where the shell finds it, else its path below the working directory.

    Below a checkout that `make run` has set up it is `.venv/bin/vedette`. Other places are not
    told: whoever started it from there knows.
    """
    beside = Path(sys.executable).with_name(NAME)
    here = Path.cwd()
    if shutil.which(NAME) or not os.access(beside, os.X_OK) or not beside.is_relative_to(here):
        return NAME
    return str(beside.relative_to(here))
