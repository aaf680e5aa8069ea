"""Who has shown the access token: bearer tokens, signed session cookies, limited attempts.

A session cookie is `expiry.signature`, that of a user `u.user.began.expiry.signature`: nothing is
stored, a restart keeps sessions, a new token (or session key) ends them all. Whether a user may
still do anything is asked with every request. Wrong guesses are limited by address with a token
bucket, on the login as well as on bearer headers: a guess costs the same wherever it is made.
"""

import hashlib
import hmac
import re
from collections import OrderedDict
from collections.abc import Callable

from vedette.api.errors import TooManyAttempts
from vedette.clock import Clock

COOKIE = "vedette_session"

_ADDRESSES = 4_096
_USER = re.compile(r"u\.(usr_[0-9a-f]{12})\.(\d{1,20})\.(\d{1,15})", re.ASCII)


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
                f"Too many wrong guesses. Try again in {seconds} s.", retry_after_s=seconds
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

    def __init__(
        self, clock: Clock, *, token_sha256: str, session_key: bytes, ttl_s: int,
        has_users: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """Where somebody may log in, everybody has to."""
        self._clock = clock
        self._token_sha256 = token_sha256.lower().encode()
        self._key = hmac.digest(session_key or self._token_sha256, b"vedette session", "sha256")
        self.attempts = Attempts(clock)
        self.has_users = has_users
        self.has_token = bool(token_sha256)
        self.ttl_s = ttl_s

    @property
    def required(self) -> bool:
        """Whether one has to show who one is."""
        return self.has_token or self.has_users()

    def accepts_token(self, token: str, address: str) -> bool:
        """Whether it is the access token; raises TooManyAttempts before it even looks."""
        self.attempts.check(address)
        digest = hashlib.sha256(token.encode(errors="replace")).hexdigest().encode()
        right = self.has_token and hmac.compare_digest(digest, self._token_sha256)
        if not right:
            self.attempts.count(address)
        return right

    def issue(self) -> tuple[str, int]:
        """A cookie value and when it expires, in seconds since the epoch."""
        expires_s = self._clock.now_ns() // 1_000_000_000 + self.ttl_s
        return f"{expires_s}.{self._sign(str(expires_s))}", expires_s

    def issue_to(self, user_id: str) -> tuple[str, int]:
        """The same for a user."""
        began_ns = self._clock.now_ns()
        expires_s = began_ns // 1_000_000_000 + self.ttl_s
        said = f"u.{user_id}.{began_ns}.{expires_s}"
        return f"{said}.{self._sign(said)}", expires_s

    def user_of(self, cookie: str) -> tuple[str, int, int] | None:
        """Whose session it is, when it began (ns) and when it ends (s); None for none of ours."""
        said, _, signature = cookie.rpartition(".")
        match = _USER.fullmatch(said)
        if match is None or not signature.isascii():
            return None
        if not hmac.compare_digest(signature, self._sign(said)):
            return None
        expires_s = int(match[3])
        if expires_s <= self._clock.now_ns() // 1_000_000_000:
            return None
        return match[1], int(match[2]), expires_s

    def expiry_of(self, cookie: str) -> int | None:
        """When the session of this cookie ends; None for one that is expired or not ours."""
        text, _, signature = cookie.partition(".")
        if not (text.isascii() and text.isdigit() and len(text) < 16 and signature.isascii()):
            return None
        expires_s = int(text)
        if not hmac.compare_digest(signature, self._sign(text)):
            return None
        return expires_s if expires_s > self._clock.now_ns() // 1_000_000_000 else None

    def _sign(self, said: str) -> str:
        return hmac.new(self._key, said.encode(), "sha256").hexdigest()
