"""What an issuer says of itself: its endpoints and its keys (OpenID Connect Discovery 1.0).

Both are kept for an hour. A key that is not among those that are known makes it ask again, once a
minute at most: so keys are rotated without a word, and tokens that name no key of anybody cannot
make it ask for every one of them.
"""

import threading
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from vedette.access.signon.refusals import ProviderAway
from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.outbound import Reach, ask

KEPT_S = 3_600.0
AGAIN_S = 60.0
_WAIT_S = 8.0
_MOST_BYTES = 262_144

Found = TypeVar("Found")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the discovery document that is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    authorization_response_iss_parameter_supported: bool = False


class JsonKeys(msgspec.Struct, frozen=True, kw_only=True):
    """A JWK set (RFC 7517), its keys as they came."""

    keys: tuple[dict[str, object], ...]


class Discovery:
    """Of one issuer. All methods may block; thread-safe."""

    def __init__(self, issuer: str, reach: Reach, clock: Clock) -> None:
        self._issuer = issuer
        self._reach = reach
        self._clock = clock
        self._lock = threading.Lock()
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, JsonKeys] | None = None

    def metadata(self) -> Metadata:
        """Raises ProviderAway."""
        with self._lock:
            return self._known()

    def keys(self, kid: str | None) -> JsonKeys:
        """The keys of the issuer, newer ones where none has this id. Raises ProviderAway."""
        with self._lock:
            now = self._clock.monotonic()
            if self._keys is not None:
                age_s = now - self._keys[0]
                known = kid is None or any(key.get("kid") == kid for key in self._keys[1].keys)
                if age_s < KEPT_S and (known or age_s < AGAIN_S):
                    return self._keys[1]
            found = self._read(self._known().jwks_uri, JsonKeys)
            self._keys = (now, found)
            return found

    def _known(self) -> Metadata:
        now = self._clock.monotonic()
        if self._metadata is not None and now - self._metadata[0] < KEPT_S:
            return self._metadata[1]
        url = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._read(url, Metadata)
        if found.issuer != self._issuer:
            # Else one issuer could speak for another (4.3).
            raise ProviderAway(f"{self._issuer} says that it is {found.issuer[:200]!r}.")
        for endpoint in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
            self._check(endpoint)
        for optional in (found.userinfo_endpoint, found.end_session_endpoint):
            if optional:
                self._check(optional)
        self._metadata = (now, found)
        return found

    def _check(self, endpoint: str) -> None:
        """Only an issuer on this machine, for trials, may do without TLS."""
        plain = self._issuer.startswith("http://")
        scheme = urlsplit(endpoint).scheme
        if scheme != "https" and not (plain and scheme == "http"):
            raise ProviderAway(f"{self._issuer} names an endpoint without TLS.")

    def _read(self, url: str, type: type[Found]) -> Found:
        headers = {"accept": "application/json"}
        try:
            reply = ask(
                "GET", url, reach=self._reach, timeout_s=_WAIT_S, headers=headers,
                limit=_MOST_BYTES,
            )  # fmt: skip
        except TimeoutError:
            raise ProviderAway(f"{self._issuer} does not answer.") from None
        except VedetteError as error:
            raise ProviderAway(error.message) from None
        if reply.status != 200:
            raise ProviderAway(f"{self._issuer} answers {reply.status} to discovery.")
        try:
            return msgspec.json.decode(reply.body, type=type)
        except msgspec.MsgspecError:
            raise ProviderAway(f"What {self._issuer} says of itself cannot be read.") from None
