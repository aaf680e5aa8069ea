"""Signatures in the field `thoughtSignature`, which has to be base64.

Gemini's own stay as they are. Those of other providers are sealed (`signatures`) and then encoded;
the id of their thought, which Gemini's format has no field for, goes with them behind a newline.
"""

import re
from base64 import b64encode, urlsafe_b64decode

from vedette.dialects.gemini_fields import NAME
from vedette.dialects.signatures import seal, unseal

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_SEALED = "dmR0O"
"""How the base64 of a sealed signature begins."""
_UNKNOWN = "unknown"
"""The source of a signature that names none and cannot be Gemini's."""


def write_signature(signature: str, source: str, id: str = "") -> str:
    """The signature as the field holds it."""
    if not signature or (source in ("", NAME) and _BASE64.fullmatch(signature)):
        return signature
    sealed = seal(signature, source or _UNKNOWN, NAME)
    if id:
        sealed += f"\n{id}"
    return b64encode(sealed.encode()).decode()


def read_signature(text: str) -> tuple[str, str, str]:
    """Signature, source and id of a thought, from what the field holds."""
    sealed, _, id = _opened(text).partition("\n")
    return *unseal(sealed, NAME), id


def _opened(text: str) -> str:
    if not text.startswith(_SEALED):
        return text
    try:
        # Google's clients decode the field and encode it again in the other alphabet.
        padded = text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4)
        return urlsafe_b64decode(padded).decode()
    except ValueError:
        return text
