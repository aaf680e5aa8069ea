"""What a browser keeps for us: sealed, so that it can neither be read nor changed there."""

import base64
import hmac
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vedette.access.issuing import Chance

_NONCE_BYTES = 12

Kept = TypeVar("Kept", bound=msgspec.Struct)


class Seal:
    """What is sealed for one purpose is not opened for another. Thread-safe."""

    def __init__(self, chance: Chance, *, secret: bytes, purpose: bytes) -> None:
        """Without a secret a restart opens nothing that was sealed before."""
        self._chance = chance
        self._key = AESGCM(hmac.digest(secret or chance(32), purpose, "sha256"))

    def close(self, kept: msgspec.Struct) -> str:
        nonce = self._chance(_NONCE_BYTES)
        content = self._key.encrypt(nonce, msgspec.json.encode(kept), None)
        return base64.urlsafe_b64encode(nonce + content).decode()

    def open(self, text: str, type: type[Kept]) -> Kept | None:
        """None for what was not sealed here."""
        try:
            content = base64.urlsafe_b64decode(text.encode("ascii"))
            plain = self._key.decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], None)
            return msgspec.json.decode(plain, type=type)
        except (ValueError, InvalidTag, msgspec.MsgspecError):
            return None
