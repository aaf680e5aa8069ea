"""AES-GCM envelopes: each secret under a data key of its own, that one under the master key.

The master key never touches a secret, so it can be changed by itself, and one nonce space is
never shared by two secrets. What an envelope belongs to is authenticated with it: it opens under
its own name only, so records cannot be exchanged for each other in the file.
(NIST SP 800-38D; nonces are 96 random bits.)
"""

import hmac
from collections.abc import Callable

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vedette.errors import VedetteError

KEY_BYTES = 32
NONCE_BYTES = 12

_MARK = b"vedette credentials 1"


class CannotOpen(VedetteError):
    """The envelope was made with another key or for another name, or is damaged."""

    code = "vault_damaged"
    status = 500


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One encrypted secret; both fields begin with their nonce."""

    data_key: bytes
    content: bytes


def seal(secret: bytes, name: str, master: bytes, chance: Callable[[int], bytes]) -> Envelope:
    """Encrypt under a new data key."""
    data_key = chance(KEY_BYTES)
    return Envelope(
        data_key=_encrypt(master, data_key, _purpose("data key", name), chance(NONCE_BYTES)),
        content=_encrypt(data_key, secret, _purpose("content", name), chance(NONCE_BYTES)),
    )


def unseal(envelope: Envelope, name: str, master: bytes) -> bytes:
    """The secret. Raises CannotOpen."""
    try:
        data_key = _decrypt(master, envelope.data_key, _purpose("data key", name))
        return _decrypt(data_key, envelope.content, _purpose("content", name))
    except (InvalidTag, ValueError):
        raise CannotOpen(
            f"The credential {name!r} cannot be decrypted: it is damaged or was encrypted with "
            "another master key. Set it again."
        ) from None


def fingerprint(master: bytes) -> str:
    """Tells master keys apart and says nothing about them."""
    return hmac.digest(master, _MARK + b" fingerprint", "sha256")[:8].hex()


def _purpose(what: str, name: str) -> bytes:
    return b"\0".join((_MARK, what.encode(), name.encode()))


def _encrypt(key: bytes, plain: bytes, purpose: bytes, nonce: bytes) -> bytes:
    return nonce + AESGCM(key).encrypt(nonce, plain, purpose)


def _decrypt(key: bytes, sealed: bytes, purpose: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose)
