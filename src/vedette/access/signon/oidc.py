"""The client of one OpenID Connect provider: code flow with PKCE, `state` and `nonce`."""

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from vedette.access.signon.discovery import Discovery, Metadata
from vedette.access.signon.flows import Flow
from vedette.access.signon.refusals import ProviderAway, SignOnCancelled, SignOnRefused
from vedette.access.signon.tokens import Claims, check_claims, check_signature, key_id
from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.model.signon import Assertion, OidcSettings
from vedette.outbound import Reach, Reply, ask

_WAIT_S = 8.0
_MOST_BYTES = 262_144
_MOST_GROUPS = 1_000
_NOBODY = frozenset({
    "access_denied", "login_required", "consent_required", "interaction_required",
})  # fmt: skip


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """What the token endpoint gives for a code."""

    id_token: str
    access_token: str = ""


class OidcClient:
    """All methods may block; thread-safe."""

    def __init__(
        self, settings: OidcSettings, clock: Clock, *, private_hosts: tuple[str, ...] = ()
    ) -> None:
        self.settings = settings
        self._clock = clock
        host = urlsplit(settings.issuer).hostname or ""
        self._reach = Reach((host, *private_hosts))
        self._discovery = Discovery(settings.issuer, self._reach, clock)

    def begin(self, flow: Flow) -> str:
        """Where the browser goes. Raises ProviderAway."""
        endpoint = self._discovery.metadata().authorization_endpoint
        asked = {
            "response_type": "code", "client_id": self.settings.client_id,
            "redirect_uri": flow.redirect_uri, "scope": " ".join(self.settings.scopes),
            "state": flow.state, "nonce": flow.nonce, "code_challenge": flow.challenge,
            "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    def finish(self, flow: Flow, answer: Mapping[str, str]) -> Assertion:
        """Who logged in, by the query with which the browser came back. Raises SignOnRefused."""
        metadata = self._discovery.metadata()
        self._check_answer(metadata, answer)
        granted = self._exchange(metadata, flow, answer.get("code", ""))
        keys = self._discovery.keys(key_id(granted.id_token))
        claims = check_signature(
            granted.id_token, keys, metadata.id_token_signing_alg_values_supported
        )
        check_claims(
            claims, issuer=self.settings.issuer, client_id=self.settings.client_id,
            nonce=flow.nonce, now_s=self._clock.now_ns() // 10**9,
        )  # fmt: skip
        if not claims.get("email") and metadata.userinfo_endpoint and granted.access_token:
            claims = self._asked_for_more(metadata, granted, claims) | claims
        return self._assertion(claims, granted.id_token)

    def end(self, id_token: str, back_to: str) -> str:
        """Where the browser goes to log out there, too; empty where it need or can not. Raises
        ProviderAway."""
        endpoint = self._discovery.metadata().end_session_endpoint
        if not self.settings.end_session or not endpoint:
            return ""
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back_to}
        if id_token:
            asked["id_token_hint"] = id_token
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    def _check_answer(self, metadata: Metadata, answer: Mapping[str, str]) -> None:
        issuer = answer.get("iss")
        # RFC 9207: of two providers, the answer of one shall not be taken for the other's.
        if issuer is None and metadata.authorization_response_iss_parameter_supported:
            raise SignOnRefused("The provider does not say who it is.")
        if issuer is not None and issuer != self.settings.issuer:
            raise SignOnRefused("Another provider answered.")
        if error := answer.get("error"):
            if error in _NOBODY:
                raise SignOnCancelled("Nobody logged in at the provider.")
            raise SignOnRefused(f"The provider says {error[:80]!r}.")
        if not answer.get("code"):
            raise SignOnRefused("The provider gives no code.")

    def _exchange(self, metadata: Metadata, flow: Flow, code: str) -> Granted:
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": flow.redirect_uri,
            "code_verifier": flow.verifier,
        }  # fmt: skip
        headers = {
            "accept": "application/json", "content-type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        id, secret = self.settings.client_id, self.settings.client_secret
        if secret and "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            # RFC 6749, 2.3.1: both are form-encoded before they are joined.
            pair = f"{quote(id, safe='')}:{quote(secret, safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": id} | ({"client_secret": secret} if secret else {})
        reply = self._ask("POST", metadata.token_endpoint, urlencode(form).encode(), headers)
        if reply.status != 200:
            raise SignOnRefused(f"The provider gives no token ({_error_of(reply)}).")
        try:
            return msgspec.json.decode(reply.body, type=Granted)
        except msgspec.MsgspecError:
            raise SignOnRefused("What the provider gave for the code cannot be read.") from None

    def _asked_for_more(self, metadata: Metadata, granted: Granted, claims: Claims) -> Claims:
        """What the UserInfo endpoint says, which must be about the same person (5.3.2)."""
        token = granted.access_token
        if not token.isascii() or not token.isprintable():
            raise SignOnRefused("The access token cannot be shown.")
        headers = {"accept": "application/json", "authorization": f"Bearer {token}"}
        reply = self._ask("GET", metadata.userinfo_endpoint, None, headers)
        try:
            found = msgspec.json.decode(reply.body, type=dict[str, Any])
        except msgspec.MsgspecError:
            found = {}
        if reply.status != 200 or found.get("sub") != claims["sub"]:
            raise SignOnRefused("What the provider knows of the user is not about the same one.")
        return found

    def _ask(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        try:
            return ask(
                method, url, body, reach=self._reach, timeout_s=_WAIT_S, headers=headers,
                limit=_MOST_BYTES,
            )  # fmt: skip
        except TimeoutError:
            raise ProviderAway(f"{self.settings.issuer} does not answer.") from None
        except VedetteError as error:
            raise ProviderAway(error.message) from None

    def _assertion(self, claims: Claims, id_token: str) -> Assertion:
        said = claims.get("email_verified")
        # Some say it as text.
        is_verified = said is True or said == "true" or (
            said is None and self.settings.assume_verified
        )  # fmt: skip
        return Assertion(
            issuer=self.settings.issuer, subject=claims["sub"], email=text_of(claims, "email"),
            is_verified=is_verified, name=text_of(claims, "name"),
            groups=_groups(claims.get(self.settings.groups_claim)), id_token=id_token,
        )  # fmt: skip


def text_of(claims: Claims, name: str) -> str:
    """A claim that is one line of text; what is none is left out."""
    value = claims.get(name)
    return value[:254] if isinstance(value, str) and value.isprintable() else ""


def _groups(value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list):
        return ()
    return tuple(one for one in found[:_MOST_GROUPS] if isinstance(one, str))


def _error_of(reply: Reply) -> str:
    """The code of an OAuth error: it is one of few words, and never a secret."""
    try:
        error = msgspec.json.decode(reply.body, type=dict[str, Any]).get("error")
    except msgspec.MsgspecError:
        error = None
    known = isinstance(error, str) and error.isascii() and error.replace("_", "").isalpha()
    return error[:40] if known and isinstance(error, str) else f"status {reply.status}"
