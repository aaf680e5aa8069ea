"""Virtual keys as texts: `vdt_<public>_<secret>`.

The public half (12 hex digits) is the id, shown in lists and logs. The secret has 192 random bits,
so its SHA-256 can be stored without salt or a slow hash: there is nothing to guess.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

Chance = Callable[[int], bytes]
"""So many bytes that nobody can foretell; `os.urandom`, but for tests."""

PREFIX = "vdt_"
PUBLIC_BYTES = 6
SECRET_BYTES = 24


class IssuedKey(NamedTuple):
    """A new key; its text is shown once and kept nowhere."""

    id: str
    text: str
    sha256: str
    """Hex digest of the text."""


def issue(chance: Chance) -> IssuedKey:
    """A key that nobody had before, but for one chance in 2**48 that its id is taken."""
    id = chance(PUBLIC_BYTES).hex()
    text = f"{PREFIX}{id}_{chance(SECRET_BYTES).hex()}"
    return IssuedKey(id, text, sha256(text.encode()).hexdigest())


def public_part(text: str) -> str:
    """What of a key, a beginning of it or an id may be looked for: never its secret."""
    return text.removeprefix(PREFIX).partition("_")[0].lower()
