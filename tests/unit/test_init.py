"""The package itself."""

import subprocess
import sys

import pytest

import vedette


def test_the_library_is_there_when_it_is_asked_for() -> None:
    assert callable(vedette.open)
    assert callable(vedette.open_sync)


def test_what_is_not_there_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        vedette.nothing  # noqa: B018


def test_importing_it_loads_no_gateway() -> None:
    told = "import sys, vedette; print('vedette.gateway' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
