"""The installation's own secret: keys the hashes of capture mode `hash` and signs sessions."""

import os
from contextlib import suppress
from pathlib import Path

from vedette.errors import ConfigError

SECRET_BYTES = 32


def local_secret(directory: Path | None) -> bytes:
    """The secret of a data directory, made on first use with mode 0600; random without one.
    Raises ConfigError where the file is damaged, OSError where it cannot be made or read.

    Hashes of the same text stay comparable as long as this file lives.
    """
    if directory is None:
        return os.urandom(SECRET_BYTES)
    path = directory / "secret.key"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ConfigError(
            f"{str(path)!r} is damaged: it has {len(secret)} bytes, expected {SECRET_BYTES}. Put "
            "it back from a backup, or delete it: a new one is made, and hashes of the same text "
            "then differ from those recorded before."
        )
    return secret


def _make(path: Path) -> None:
    """Write it whole or not at all; of two processes at once the first one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(SECRET_BYTES))
            file.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
