"""Every provider that speaks the OpenAI dialect over plain HTTP."""

from urllib.parse import urlsplit

from vedette.errors import ConfigError
from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Headers, HttpCall, Token, TokenRequest

CREDENTIALS = frozenset({b"authorization", b"x-api-key", b"api-key", b"x-goog-api-key"})

_AUTH = {
    "bearer": (b"authorization", b"Bearer "),
    "api-key": (b"api-key", b""),
    "x-api-key": (b"x-api-key", b""),
}
"""Auth style -> header name and what stands before the key."""
PATHS = {
    "openai_chat": "/chat/completions",
    "openai_completions": "/completions",
    "openai_embeddings": "/embeddings",
    "openai_responses": "/responses",
    "anthropic": "/messages",
}
"""Dialect -> where it is spoken, after the version prefix."""


class Provider:
    """Base URL in front, credential replaced, everything else as the client sent it."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        url = urlsplit(settings.base_url)
        self._prefix = url.path.rstrip("/").encode()
        self._roots = [(path, root.encode()) for path, root in settings.path_roots]
        own = [(b"host", url.netloc.rpartition("@")[2].encode())]
        own += [(name.lower().encode(), value.encode()) for name, value in settings.headers]
        self._own = own
        self._default = [(n.lower().encode(), v.encode()) for n, v in settings.default_headers]
        self._replaced = frozenset(name for name, _ in own)
        if settings.api_key:
            self._replaced |= CREDENTIALS
        self._auth = self._credential(settings.auth)
        self._path_auth = [(path, self._credential(style)) for path, style in settings.path_auth]

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        target = self._prefix_for(path) + path.encode()
        if query:
            target += b"?" + query.encode()
        replaced = self._replaced
        out = self._own + self._auth_for(path)
        out += [header for header in headers if header[0] not in replaced]
        if self._default:
            present = {name for name, _ in out}
            out += [header for header in self._default if header[0] not in present]
        return HttpCall(method, target, out)

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        return self.prepare(method="POST", path=PATHS[dialect], query=query, headers=headers)

    def sign(self, call: HttpCall, body: bytes, now_s: float) -> list[tuple[bytes, bytes]]:
        return []

    def token_request(self, now_s: float) -> TokenRequest | None:
        return None

    def read_token(self, body: bytes) -> Token:
        raise ConfigError(f"Provider {self.settings.name!r} uses no access tokens.")

    def _credential(self, style: str) -> list[tuple[bytes, bytes]]:
        if not self.settings.api_key or style not in _AUTH:
            return []
        name, before = _AUTH[style]
        return [(name, before + self.settings.api_key.encode())]

    def _prefix_for(self, path: str) -> bytes:
        for start, root in self._roots:
            if path.startswith(start):
                return root
        return self._prefix

    def _auth_for(self, path: str) -> list[tuple[bytes, bytes]]:
        for prefix, credential in self._path_auth:
            if path.startswith(prefix):
                return credential
        return self._auth
