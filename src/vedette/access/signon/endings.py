"""What a browser carries from a log-in through a provider until it logs out, to end it there, too.

Nothing is kept here: the ID token, which the provider wants to see again (RP-Initiated Logout 1.0,
`id_token_hint`), or what a SAML provider calls the log-in, is sealed in a cookie of its own.
"""

import msgspec

from vedette.access.issuing import Chance
from vedette.access.signon.sealing import Seal
from vedette.model.signon import SamlPresence

MOST_CHARS = 3_800
"""Browsers keep cookies of 4096."""


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    session: str
    """Which one of ours it goes with."""
    id_token: str = ""
    """Empty where it is too long: then the provider asks who logs out."""
    presence: SamlPresence | None = None
    """Of a SAML provider."""


class Endings:
    """Seals and opens them."""

    def __init__(self, chance: Chance, *, secret: bytes) -> None:
        self._seal = Seal(chance, secret=secret, purpose=b"vedette sign-off")

    def sealed(self, ending: Ending) -> str:
        """At most `MOST_CHARS` long."""
        text = self._seal.close(ending)
        if len(text) <= MOST_CHARS:
            return text
        return self._seal.close(msgspec.structs.replace(ending, id_token=""))

    def opened(self, text: str, session: str) -> Ending | None:
        """None where it is none, or goes with another session."""
        found = self._seal.open(text, Ending)
        return found if found is not None and found.session == session else None
