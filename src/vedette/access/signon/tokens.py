"""Believing an ID token (OpenID Connect Core 1.0, 3.1.3.7), or not.

Signatures are those of public keys alone: were a shared secret allowed, whoever knows the public
key, which is everybody, could sign with it (key confusion). What is asked besides: that it comes
from this issuer, is meant for this client, is of now and of this very sign-on.
"""

import hmac
from collections.abc import Sequence
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from vedette.access.signon.discovery import JsonKeys
from vedette.access.signon.refusals import SignOnRefused

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
)  # fmt: skip
SKEW_S = 60
"""Seconds by which the clocks may differ."""
OLDEST_S = 3_600
_MOST_CHARS = 32_768
_KINDS = frozenset({"RSA", "EC", "OKP"})

Claims = dict[str, Any]


def key_id(token: str) -> str | None:
    """Which key it says it is signed with. Raises SignOnRefused."""
    if len(token) > _MOST_CHARS:
        raise SignOnRefused("The ID token is too long.")
    try:
        found = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError):
        raise SignOnRefused("The ID token cannot be read.") from None
    return found if isinstance(found, str) else None


def check_signature(token: str, keys: JsonKeys, supported: Sequence[str]) -> Claims:
    """What it says, once a key of the issuer vouches for it. Raises SignOnRefused."""
    usable: list[Any] = [
        dict(key) for key in keys.keys
        if key.get("kty") in _KINDS and key.get("use", "sig") == "sig"
    ]  # fmt: skip
    allowed = [one for one in ALGORITHMS if one in supported]
    if not usable or not allowed:
        raise SignOnRefused("The issuer has no keys with which it could sign.")
    try:
        found = jwt.decode(token, KeySet.import_key_set({"keys": usable}), algorithms=allowed)
    except (JoseError, ValueError, TypeError) as error:
        raise SignOnRefused(f"The signature is not believed ({type(error).__name__}).") from None
    return dict(found.claims)


def check_claims(claims: Claims, *, issuer: str, client_id: str, nonce: str, now_s: int) -> None:
    """That it is from this issuer, for this client, of now and of this sign-on. Raises
    SignOnRefused."""
    if claims.get("iss") != issuer:
        raise SignOnRefused("The ID token is of another issuer.")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or client_id not in audiences:
        raise SignOnRefused("The ID token is for another client.")
    party = claims.get("azp")
    if (party is not None or len(audiences) > 1) and party != client_id:
        raise SignOnRefused("The ID token was given to another client.")
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise SignOnRefused("The ID token is of another sign-on.")
    _check_times(claims, now_s)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise SignOnRefused("The ID token is about nobody.")


def _check_times(claims: Claims, now_s: int) -> None:
    ends, began = _time(claims, "exp"), _time(claims, "iat")
    if ends is None or began is None:
        raise SignOnRefused("The ID token does not say how long it counts.")
    if ends + SKEW_S <= now_s or began + OLDEST_S <= now_s:
        raise SignOnRefused("The ID token is too old.")
    if max(began, _time(claims, "nbf") or began) > now_s + SKEW_S:
        raise SignOnRefused("The ID token is of a time to come. Is the clock right?")


def _time(claims: Claims, name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -(2**53) < value < 2**53 else None
