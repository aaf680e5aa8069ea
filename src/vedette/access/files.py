"""Files that are there whole or not at all, for this user only."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from vedette.model.tenant import AccessSnapshot


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file. Raises OSError; then the old one is still there.

    A reader sees the old file or the new one, also after a crash: the content is on the disk
    before the name points to it, and the name before this returns. One writer at a time.
    """
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(draft, path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    _sync_directory(path.parent)


def write_snapshot(path: Path, snapshot: AccessSnapshot) -> None:
    """Hand the keys to the workers. Raises OSError."""
    replace_file(path, msgspec.msgpack.encode(snapshot))


def version_in(path: Path) -> int:
    """The version of the snapshot in a file; 0 where there is none that can be read."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=AccessSnapshot).version
    except (OSError, msgspec.MsgspecError):
        return 0


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
