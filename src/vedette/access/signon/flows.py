"""What a browser carries from the beginning of a sign-on to its end, in a cookie that is sealed.

Nothing is kept here: a flood of beginnings fills no memory, and a restart breaks none. The cookie
ties the end to the browser that began it (RFC 9700, 4.7), so nobody can be logged in as somebody
else by a link.
"""

import base64
import hmac
import re
from hashlib import sha256

import msgspec

from vedette.access.issuing import Chance
from vedette.access.signon.refusals import SignOnStale
from vedette.access.signon.sealing import Seal
from vedette.clock import Clock

TTL_S = 600
_NEXT = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1500}", re.ASCII)


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-on under way."""

    provider: str
    state: str
    nonce: str
    verifier: str
    """Of PKCE (RFC 7636)."""
    next: str
    """Page of the console to go to."""
    redirect_uri: str = ""
    expires_s: int

    @property
    def challenge(self) -> str:
        digest = sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Flows:
    """Begins flows, seals and opens them."""

    def __init__(self, clock: Clock, chance: Chance, *, secret: bytes) -> None:
        self._clock = clock
        self._chance = chance
        self._seal = Seal(chance, secret=secret, purpose=b"vedette sign-on")

    def begin(self, provider: str, next: str, redirect_uri: str) -> Flow:
        return Flow(
            provider=provider, state=self._word(), nonce=self._word(), verifier=self._word(),
            next=page_of(next), redirect_uri=redirect_uri,
            expires_s=self._clock.now_ns() // 10**9 + TTL_S,
        )  # fmt: skip

    def sealed(self, flow: Flow) -> str:
        return self._seal.close(flow)

    def opened(self, text: str, provider: str, state: str) -> Flow:
        """The flow that this provider ends with this state. Raises SignOnStale."""
        flow = self._seal.open(text, Flow)
        if flow is None or flow.expires_s <= self._clock.now_ns() // 10**9:
            raise SignOnStale("This log-in was not begun in this browser, or too long ago.")
        if flow.provider != provider or not hmac.compare_digest(
            flow.state.encode(), state.encode(errors="replace")
        ):
            raise SignOnStale("This is the end of another log-in. Begin again.")
        return flow

    def _word(self) -> str:
        return base64.urlsafe_b64encode(self._chance(32)).decode().rstrip("=")


def page_of(next: str) -> str:
    """A page of this console; what is none becomes the first one."""
    return next if _NEXT.fullmatch(next) else "/"
