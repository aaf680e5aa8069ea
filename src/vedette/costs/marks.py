"""Marks of processes on a file they share: gone with the process, however it went."""

import fcntl
import os
import struct

_LOCKED, _FREE = fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN


def mark_byte(file: int, column: int, kind: int) -> None:
    """Lock or free one byte of the file. Raises OSError where somebody else holds it.

    Of the open file where the system has that (Linux), else of the process.
    """
    command = getattr(fcntl, "F_OFD_SETLK", fcntl.F_SETLK)
    if command == fcntl.F_SETLK:
        fcntl.lockf(file, _FREE if kind == fcntl.F_UNLCK else _LOCKED, 1, column)
        return
    fcntl.fcntl(file, command, struct.pack("hhqqi4x", kind, os.SEEK_SET, column, 1, 0))
