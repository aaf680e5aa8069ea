"""The key that signs checkpoints: from the environment, else a file made at first use.

    audit.key   the seed (32 bytes), mode 0600
    audit.pub   the public half as text, for whoever verifies

Who verifies should keep the text of the public half elsewhere: a forger who exchanges both files
is then found out.
"""

import base64
import binascii
import os
from collections.abc import Callable
from pathlib import Path

from vedette.audit.notes import Signature, signature_of
from vedette.errors import ConfigError, StoreError

VARIABLE = "VEDETTE_AUDIT_KEY"
SEED_BYTES = 32
FILE, PUBLIC_FILE = "audit.key", "audit.pub"


def read_seed(text: str) -> bytes:
    """32 bytes from base64, empty for an empty text. Raises ConfigError, without the text."""
    if not text:
        return b""
    try:
        seed = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != SEED_BYTES:
        raise ConfigError(
            f"{VARIABLE} is no signing key: need {SEED_BYTES} bytes in base64. "
            "Make one with `openssl rand -base64 32`."
        )
    return seed


def open_signature(
    directory: Path | None, *, given: bytes = b"", chance: Callable[[int], bytes] = os.urandom
) -> Signature:
    """The signing key: `given`, else that of the directory, made where there is none.

    Without a directory it lives as long as the process. Raises StoreError.
    """
    if given or directory is None:
        return signature_of(given or chance(SEED_BYTES))
    try:
        seed = _read(directory / FILE) or _make(directory, chance)
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise StoreError(f"The signing key of the audit log cannot be read: {reason}.") from None
    return signature_of(seed)


def find_signature(directory: Path, *, given: bytes = b"") -> Signature | None:
    """The signing key where there is one; none is made."""
    try:
        seed = given or _read(directory / FILE)
    except OSError:
        return None
    return signature_of(seed) if seed else None


def _read(path: Path) -> bytes:
    try:
        seed = path.read_bytes()
    except FileNotFoundError:
        return b""
    if len(seed) != SEED_BYTES:
        raise StoreError(f"{str(path)!r} is damaged. Put it back from a backup.")
    return seed


def _make(directory: Path, chance: Callable[[int], bytes]) -> bytes:
    """Written whole or not at all; of two processes at once the first one wins."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    seed, path = chance(SEED_BYTES), directory / FILE
    draft = path.with_name(f"{FILE}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(seed)
            file.flush()
            os.fsync(descriptor)
        try:
            os.link(draft, path)
        except FileExistsError:
            return _read(path)
    finally:
        draft.unlink()
    (directory / PUBLIC_FILE).write_text(signature_of(seed).key.text + "\n", encoding="ascii")
    return seed
