"""The file in which the core tells workers which kept answers to forget."""

import os

import msgspec

from vedette.model.purge import Purge


class PurgeFile:
    """As a worker reads it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None

    def changed(self) -> tuple[Purge, ...]:
        """What the file says if it is another than the last time."""
        try:
            stat = os.stat(self._path)
            mark = (stat.st_mtime_ns, stat.st_ino)
            if mark == self._seen:
                return ()
            self._seen = mark
            with open(self._path, "rb") as file:
                return read_purges(file.read())
        except OSError:
            return ()


def read_purges(content: bytes) -> tuple[Purge, ...]:
    """What was written; nothing where it cannot be read."""
    try:
        return msgspec.msgpack.decode(content, type=tuple[Purge, ...])
    except msgspec.MsgspecError:
        return ()
