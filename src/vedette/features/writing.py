"""Fingerprints as texts, for attributes of spans."""

import base64
import binascii

import msgspec

from .fingerprint import Fingerprint

ATTRIBUTE = "vedette.fingerprint"
"""Where a span keeps the fingerprint of its call."""

_decoder = msgspec.msgpack.Decoder(Fingerprint)


def write_print(fingerprint: Fingerprint) -> str:
    """A fingerprint as the text of an attribute."""
    return base64.b64encode(msgspec.msgpack.encode(fingerprint)).decode()


def read_print(text: str) -> Fingerprint | None:
    """None for what is no fingerprint."""
    try:
        return _decoder.decode(base64.b64decode(text, validate=True))
    except (binascii.Error, msgspec.DecodeError, ValueError):
        return None
