"""One-time codes of an app (RFC 6238: SHA-1, 6 digits, 30 s), and codes for when it is lost."""

import base64
from collections.abc import Callable, Sequence
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_S = 30
DIGITS = 6
SECRET_BYTES = 20
RECOVERY_CODES = 10
_DRIFT = (0, -1, 1)
"""Steps by which the clocks may differ."""


def code_at(secret: bytes, step: int) -> str:
    # RFC 6238 says SHA-1, and that is what the apps know.
    totp = TOTP(secret, DIGITS, SHA1(), STEP_S)  # noqa: S303
    return totp.generate(step * STEP_S).decode()


def matching_step(secret: bytes, code: str, now_s: int) -> int | None:
    """The step whose code this is, near now; None for a wrong one."""
    digits = code.replace(" ", "")
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    for drift in _DRIFT:
        step = now_s // STEP_S + drift
        if step >= 0 and compare_digest(code_at(secret, step), digits):
            return step
    return None


def uri(secret: bytes, email: str) -> str:
    """What the app reads from a picture or a link."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/Vedette:{quote(email)}?secret={text}&issuer=Vedette"


def new_codes(chance: Callable[[int], bytes]) -> tuple[str, ...]:
    """Codes that each work once: 80 random bits, so a hash of them can be kept without salt."""
    texts = (chance(10).hex() for _ in range(RECOVERY_CODES))
    return tuple(f"{text[:5]}-{text[5:10]}-{text[10:15]}-{text[15:]}" for text in texts)


def hash_code(code: str) -> str:
    return sha256(code.strip().lower().encode(errors="replace")).hexdigest()


def spend(hashes: Sequence[str], code: str) -> tuple[str, ...] | None:
    """What is left of the codes; None where it is none of them."""
    spent = hash_code(code)
    return tuple(one for one in hashes if one != spent) if spent in hashes else None
