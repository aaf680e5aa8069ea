"""Marks of processes on a file they share: gone with the process, however it went."""

import fcntl
import os
import struct
import sys

_LOCKED, _FREE = fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN
_OFD_SETLK = 37
"""Of Linux since 3.15. Python knows its name only where it was built with headers that do."""
IS_OF_FILE = sys.platform == "linux"
"""Whether a mark belongs to the open file, so that one process can hold and refuse it."""


def mark_byte(file: int, column: int, kind: int) -> None:
    """Lock or free one byte of the file. Raises OSError where somebody else holds it.

    Of the open file on Linux, elsewhere of the process.
    """
    if not IS_OF_FILE:
        fcntl.lockf(file, _FREE if kind == fcntl.F_UNLCK else _LOCKED, 1, column)
        return
    fcntl.fcntl(file, _OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, column, 1, 0))
