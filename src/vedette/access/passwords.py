"""Passwords: Argon2id, so slow and so hungry that guessing does not pay (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vedette.access.checks import InvalidSetting

SHORTEST, LONGEST = 10, 1_024

_HASHER = PasswordHasher()
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "RdescudvJCsgt3ub+b/dWRWJTmaaJObGaLqSkKXMzhw"
)
"""What the password of nobody is compared with: it takes as long as that of somebody."""


def hash_password(password: str) -> str:
    """Takes about 50 ms and 64 MB. Raises InvalidSetting."""
    if not SHORTEST <= len(password) <= LONGEST:
        expected = f"{SHORTEST} to {LONGEST} characters"
        raise InvalidSetting("password", "(hidden)", expected)
    return _HASHER.hash(password.encode(errors="replace"))


def is_password(hashed: str, password: str) -> bool:
    """Whether it is the one; as slow for an empty hash, which is nobody's."""
    try:
        right = _HASHER.verify(hashed or _NOBODY, password[:LONGEST].encode(errors="replace"))
    except (VerificationError, InvalidHashError):
        return False
    return right and bool(hashed)
