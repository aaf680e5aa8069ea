"""Who has shown the access token: bearer tokens, signed session cookies, limited attempts.

A session cookie is `expiry.signature`: nothing is stored, a restart keeps sessions, a new token
(or session key) ends them all. Wrong tokens are limited by address with a token bucket, on the
login as well as on bearer headers: a guess costs the same wherever it is made.
"""

import hashlib
import hmac
from collections import OrderedDict

from vedette.api.errors import TooManyAttempts
from vedette.clock import Clock

COOKIE = "vedette_session"

_ADDRESSES = 4_096


class Attempts:
    """Wrong tokens by address: `burst` at once, then one every `every_s` seconds."""

    def __init__(self, clock: Clock, *, burst: int = 10, every_s: float = 6.0) -> None:
        self._clock = clock
        self._burst = burst
        self._every_s = every_s
        self._free_at: OrderedDict[str, float] = OrderedDict()

    def check(self, address: str) -> None:
        """Raises TooManyAttempts while the address has to wait."""
        wait_s = self._ahead_s(address) - (self._burst - 1) * self._every_s
        if wait_s > 0:
            seconds = int(wait_s) + 1
            raise TooManyAttempts(
                f"Too many wrong tokens. Try again in {seconds} s.", retry_after_s=seconds
            )

    def count(self, address: str) -> None:
        """A wrong token came from there. The oldest address is forgotten when there are many."""
        free_at = self._clock.monotonic() + self._ahead_s(address) + self._every_s
        self._free_at[address] = free_at
        self._free_at.move_to_end(address)
        if len(self._free_at) > _ADDRESSES:
            self._free_at.popitem(last=False)

    def _ahead_s(self, address: str) -> float:
        return max(0.0, self._free_at.get(address, 0.0) - self._clock.monotonic())


class Sessions:
    """Checks tokens and issues session cookies. Without a token everybody is welcome."""

    def __init__(self, clock: Clock, *, token_sha256: str, session_key: bytes, ttl_s: int) -> None:
        self._clock = clock
        self._token_sha256 = token_sha256.lower().encode()
        self._key = hmac.digest(session_key or self._token_sha256, b"vedette session", "sha256")
        self._attempts = Attempts(clock)
        self.required = bool(token_sha256)
        self.ttl_s = ttl_s

    def accepts_token(self, token: str, address: str) -> bool:
        """Whether it is the access token; raises TooManyAttempts before it even looks."""
        self._attempts.check(address)
        digest = hashlib.sha256(token.encode(errors="replace")).hexdigest().encode()
        right = hmac.compare_digest(digest, self._token_sha256)
        if not right:
            self._attempts.count(address)
        return right

    def issue(self) -> tuple[str, int]:
        """A cookie value and when it expires, in seconds since the epoch."""
        expires_s = self._clock.now_ns() // 1_000_000_000 + self.ttl_s
        return f"{expires_s}.{self._sign(expires_s)}", expires_s

    def expiry_of(self, cookie: str) -> int | None:
        """When the session of this cookie ends; None for one that is expired or not ours."""
        text, _, signature = cookie.partition(".")
        if not (text.isascii() and text.isdigit() and len(text) < 16 and signature.isascii()):
            return None
        expires_s = int(text)
        if not hmac.compare_digest(signature, self._sign(expires_s)):
            return None
        return expires_s if expires_s > self._clock.now_ns() // 1_000_000_000 else None

    def _sign(self, expires_s: int) -> str:
        return hmac.new(self._key, str(expires_s).encode(), "sha256").hexdigest()
