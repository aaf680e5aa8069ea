"""Google Gemini (AI Studio): the model stands in the path, the key in a header.

https://ai.google.dev/api

A `base_url` may end with `/openai`, where the OpenAI-compatible paths live, or not: native calls go
to the root, OpenAI-shaped ones to `/openai` below it. A path that both have (`/models`, `/files`,
`/batches`) is the native one for clients that show themselves as Google's by a header.

Keys never go into the address: one that a client put there moves to its header, or is struck
where we have our own.
"""

from types import MappingProxyType
from urllib.parse import quote

from msgspec.structs import replace

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Headers, HttpCall, Token, TokenRequest
from vedette.providers import openai
from vedette.providers.google_keys import credential, take_key, with_client_key
from vedette.providers.google_token import Account, read_token

_OPENAI = "/openai"
_BILLED = b"x-goog-user-project"
_OPENAI_PATHS = (
    "/chat/", "/completions", "/embeddings", "/responses", "/images/", "/audio/", "/videos",
    "/moderations",
)  # fmt: skip
_BOTH = ("/models", "/files", "/batches")

METHODS = MappingProxyType(
    {
        "gemini": ("generateContent", "streamGenerateContent"),
        "gemini_embeddings": ("batchEmbedContents", "batchEmbedContents"),
        "gemini_count": ("countTokens", "countTokens"),
        "gemini_predict": ("predict", "predict"),
    }
)
"""Dialect -> method unstreamed and streamed. `gemini_count` is `gemini` asked for its tokens."""


class Provider(openai.Provider):
    """Native and OpenAI-shaped paths under one root; keys in headers."""

    def __init__(self, settings: ProviderSettings) -> None:
        root = settings.base_url.rstrip("/").removesuffix(_OPENAI)
        super().__init__(replace(settings, base_url=root))
        self._key = settings.api_key.encode() if settings.auth != "none" else b""
        written = settings.options.get("credentials_json", "")
        self._account = Account.read(written) if written and not self._key else None
        self._is_ours = bool(self._key) or self._account is not None
        if self._is_ours:
            self._replaced |= openai.CREDENTIALS
        if self._account is not None and self._account.quota_project_id:
            self._own.append((_BILLED, self._account.quota_project_id.encode()))
            self._replaced |= {_BILLED}

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        native = self.is_native(path, headers)
        query, from_query = take_key(query)
        if not self._is_ours:
            headers = with_client_key(headers, from_query, native=native)
        target = path if native else _OPENAI + path
        return super().prepare(method=method, path=target, query=query, headers=headers)

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        if dialect not in METHODS:
            path = openai.PATHS[dialect]
            return self.prepare(method="POST", path=path, query=query, headers=headers)
        path = f"/{model_path(model)}:{METHODS[dialect][stream]}"
        return self.prepare(
            method="POST", path=path, query=stream_query(query, stream=stream), headers=headers
        )

    def is_native(self, path: str, headers: Headers) -> bool:
        """Whether this is one of Google's own paths."""
        if path.startswith(_OPENAI_PATHS):
            return False
        if ":" in path or not path.startswith(_BOTH):
            return True
        return any(name.startswith(b"x-goog-") for name, _ in headers)

    def _auth_for(self, path: str) -> list[tuple[bytes, bytes]]:
        native = not path.startswith(_OPENAI + "/")
        return [credential(self._key, native=native)] if self._key else []

    def token_request(self, now_s: float) -> TokenRequest | None:
        return None if self._account is None else self._account.token_request(now_s)

    def read_token(self, body: bytes) -> Token:
        return read_token(body, self.settings.name)


def model_path(model: str) -> str:
    """The model as part of a path, in its collection: `models/` unless it names another one."""
    collection, slash, name = model.partition("/")
    if not slash or collection not in ("models", "tunedModels"):
        collection, name = "models", model
    return f"{collection}/{quote(name, safe='')}"


def stream_query(query: str, *, stream: bool) -> str:
    """The client's own query; `alt=sse` for the stream of a client of another dialect, which has
    none. Without it Google streams a list, and a client that says nothing wants that."""
    return "alt=sse" if stream and not query else query
