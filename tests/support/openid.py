"""A real OpenID Connect provider on a loopback port, made with Authlib: code flow and PKCE.

Whoever comes is logged in at once as `user`; tests change what it says, and spoil it.
"""

import json
import os
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID, CLIENT_SECRET = "vedette-console", "s3cret-of_the.client"
Reply = tuple[int, Any, list[tuple[str, str]]]


class Client(ClientMixin):  # type: ignore[misc]
    """The one client that is registered."""

    def __init__(self, method: str) -> None:
        self.client_id = CLIENT_ID
        self.method = method

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str | None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return urlsplit(redirect_uri).path.startswith("/sso/")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == self.method

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Code:
    """A code that was given out."""

    def __init__(self, request: Any, user: dict[str, Any]) -> None:
        self.user = user
        self.redirect_uri = request.payload.redirect_uri
        self.scope = request.payload.scope
        self.nonce = request.payload.data.get("nonce")
        self.code_challenge = request.payload.data.get("code_challenge")
        self.code_challenge_method = request.payload.data.get("code_challenge_method")

    def get_redirect_uri(self) -> str:
        return str(self.redirect_uri)

    def get_scope(self) -> str:
        return str(self.scope)

    def get_nonce(self) -> Any:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class OpenIdProvider:
    """Use it with `with`."""

    def __init__(self, *, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.user: dict[str, Any] = {
            "sub": "ann-1", "email": "ann@example.com", "email_verified": True, "name": "Ann",
        }  # fmt: skip
        self.in_token = True
        """Whether the ID token itself says who it is."""
        self.keys = [self.new_key("k1")]
        self.claims: dict[str, Any] = {}
        """Put into every ID token."""
        self.spoil: Callable[[str], str] = lambda token: token
        self.metadata: dict[str, Any] = {}
        self.deny = ""
        self.logged_out: list[dict[str, str]] = []
        """What came to the page that logs out."""
        self.client = Client("client_secret_basic")
        self.asked: list[str] = []
        """Paths, in order."""
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self._web = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._web.server_address[1]}"
        self._server = Server(self)

    @staticmethod
    def new_key(kid: str) -> RSAKey:
        return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})

    def __enter__(self) -> Self:
        threading.Thread(target=self._web.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._web.shutdown()
        self._web.server_close()

    def answer(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Reply:
        path = urlsplit(target).path
        self.asked.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return 200, self._metadata(), []
            case "/keys":
                keys: Any = KeySet(list(self.keys)).as_dict(private=False)
                return 200, keys, []
            case "/authorize":
                return self._authorize(OAuthCall(method, self.url + target, b"", headers))
            case "/token":
                call = OAuthCall(method, self.url + target, body, headers)
                reply: Reply = self._server.create_token_response(call)
                return reply
            case "/logout":
                asked = dict(parse_qsl(urlsplit(target).query))
                self.logged_out.append(asked)
                return 302, "", [("Location", asked["post_logout_redirect_uri"])]
            case "/userinfo":
                token = headers.get("authorization", "").removeprefix("Bearer ")
                found = self.tokens.get(token)
                return (200, found, []) if found else (401, {}, [])
        return 404, {}, []

    def _authorize(self, call: "OAuthCall") -> Reply:
        if self.deny:
            query = call.payload.data
            to = f"{query['redirect_uri']}?error={self.deny}&state={query['state']}"
            return 302, "", [("Location", to)]
        grant = self._server.get_consent_grant(call, end_user=self.user)
        reply: Reply = self._server.create_authorization_response(
            call, grant_user=self.user, grant=grant
        )
        return reply

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo", "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": [self.client.method],
            "id_token_signing_alg_values_supported": ["RS256"],
            "subject_types_supported": ["public"], "code_challenge_methods_supported": ["S256"],
        } | self.metadata  # fmt: skip

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                fields = {name.lower(): value for name, value in self.headers.items()}
                status, said, headers = provider.answer(self.command, self.path, body, fields)
                content = said if isinstance(said, str) else json.dumps(said)
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content.encode())))
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


class OAuthCall(OAuth2Request):  # type: ignore[misc]
    """A request as Authlib wants it."""

    def __init__(self, method: str, uri: str, body: bytes, headers: dict[str, str]) -> None:
        # Authlib insists on TLS, which a loopback provider has not.
        super().__init__(
            method, uri.replace("http://", "https://", 1),
            headers={name.title(): value for name, value in headers.items()},
        )  # fmt: skip
        query = dict(parse_qsl(urlsplit(uri).query))
        self._form = dict(parse_qsl(body.decode()))
        self.payload = BasicOAuth2Payload(query | self._form)

    @property
    def args(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.uri).query))

    @property
    def form(self) -> dict[str, str]:
        return self._form


class Server(AuthorizationServer):  # type: ignore[misc]
    """Authlib's own, without a web framework."""

    def __init__(self, provider: OpenIdProvider) -> None:
        super().__init__()
        self.provider = provider
        self.register_token_generator("default", _generate)
        self.register_grant(Grant, [OpenId(provider), CodeChallenge(required=True)])

    def query_client(self, client_id: str) -> Client | None:
        return self.provider.client if client_id == CLIENT_ID else None

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        self.provider.tokens[token["access_token"]] = dict(request.user)

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        pass

    def create_oauth2_request(self, request: OAuthCall) -> OAuthCall:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> Reply:
        return status, body, list(headers)


class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Codes, each good for one token."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")

    def save_authorization_code(self, code: str, request: Any) -> None:
        self.server.provider.codes[code] = Code(request, request.user)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found: Code | None = self.server.provider.codes.get(code)
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        codes = self.server.provider.codes
        self.server.provider.codes = {k: v for k, v in codes.items() if v != authorization_code}

    def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
        return authorization_code.user


class OpenId(OpenIDCode):  # type: ignore[misc]
    """ID tokens that say what the provider's test wants."""

    def __init__(self, provider: OpenIdProvider) -> None:
        super().__init__()
        self.provider = provider

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return False

    def generate_user_info(self, user: dict[str, Any], scope: str) -> Any:
        return UserInfo(user if self.provider.in_token else {"sub": user["sub"]})

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        provider = self.provider
        now = int(provider.now())
        claims = {
            "iss": provider.url, "aud": [CLIENT_ID], "iat": now, "exp": now + 600,
            **self.get_authorization_code_claims(request.authorization_code),
            **self.generate_user_info(request.user, token["scope"]), **provider.claims,
        }  # fmt: skip
        key = provider.keys[-1]
        header = {"alg": "RS256", "kid": key.kid}
        return provider.spoil(jwt.encode(header, claims, key))


def _generate(**given: Any) -> dict[str, Any]:
    token = os.urandom(12).hex()
    return {"token_type": "Bearer", "access_token": token, "scope": given.get("scope")}
