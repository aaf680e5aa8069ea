"""The installation's own secret: keys the hashes of capture mode `hash` and signs sessions."""

import os
from pathlib import Path

SECRET_BYTES = 32


def local_secret(directory: Path | None) -> bytes:
    """The secret of a data directory, made on first use with mode 0600; random without one.

    Hashes of the same text stay comparable as long as this file lives.
    """
    if directory is None:
        return os.urandom(SECRET_BYTES)
    path = directory / "secret.key"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    secret = os.urandom(SECRET_BYTES)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
    return secret
