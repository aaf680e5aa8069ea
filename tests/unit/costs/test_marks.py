"""A byte is marked by one, until he lets go of it or of the file."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.support.marks import several_holders
from vedette.costs.marks import mark_byte


@several_holders
def test_a_byte_is_held_by_one_until_he_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "marks"
    path.write_bytes(bytes(8))
    one, other = os.open(path, os.O_RDWR), os.open(path, os.O_RDWR)
    mark_byte(one, 3, fcntl.F_WRLCK)
    mark_byte(other, 4, fcntl.F_WRLCK)
    with pytest.raises(OSError, match="temporarily unavailable"):
        mark_byte(other, 3, fcntl.F_WRLCK)
    mark_byte(one, 3, fcntl.F_UNLCK)
    mark_byte(other, 3, fcntl.F_WRLCK)
    os.close(other)
    mark_byte(one, 3, fcntl.F_WRLCK)
    os.close(one)
