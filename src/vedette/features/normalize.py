"""Texts brought to one form before they are hashed or compared."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

LOOKED_AT = 4_000
"""Characters that are looked at from the start of a text, so that the cost has a bound."""
LOOKED_AT_END = 1_000

_VARIABLE = re.compile(r"\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”|`[^`\n]{0,200}`|[0-9][0-9.,:/-]*")
_URL = re.compile(r"https?://\S+")
_ADDRESS = re.compile(r"\S{1,64}@\S+")


def normalize(text: str) -> str:
    """NFC, runs of white space as one blank, none at the ends."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def canonical_json(text: str) -> str | None:
    """JSON with sorted keys and no blanks, or None where the text is no JSON object or array."""
    stripped = text.strip()
    if not stripped or stripped[0] not in "{[":
        return None
    try:
        value = msgspec.json.decode(stripped.encode("utf-8", "surrogatepass"))
        return msgspec.json.encode(value, order="deterministic").decode()
    except (msgspec.DecodeError, UnicodeError, RecursionError, TypeError, ValueError):
        return None


def canonical(text: str, words: Sequence[str] | None = None) -> str:
    """Canonical JSON where it is JSON, else the normalized text; `words` are its own, if known."""
    found = canonical_json(text)
    if found is not None:
        return found
    return " ".join(words) if words is not None and text.isascii() else normalize(text)


def skeleton(text: str) -> str:
    """The text with its changing parts masked: numbers, quotations, addresses.

    Two prompts that a program made from one template mostly have one skeleton.
    """
    masked = normalize(excerpt(text))
    if "://" in masked:
        masked = _URL.sub("#", masked)
    if "@" in masked:
        masked = _ADDRESS.sub("#", masked)
    return _VARIABLE.sub("#", masked).lower()


def excerpt(text: str) -> str:
    """The parts of a long text that are looked at: its start and its end."""
    if len(text) <= LOOKED_AT + LOOKED_AT_END:
        return text
    return f"{text[:LOOKED_AT]}\n{text[-LOOKED_AT_END:]}"
