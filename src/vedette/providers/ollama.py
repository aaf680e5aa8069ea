"""Ollama: its own API under `/api`, OpenAI's and Anthropic's under `/v1`.

https://github.com/ollama/ollama/blob/main/server/routes.go
A `base_url` may end with `/v1` or not.
"""

from types import MappingProxyType

from msgspec.structs import replace

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Headers, HttpCall
from vedette.providers import openai

_OPENAI = "/v1"
_NATIVE = "/api/"

PATHS = MappingProxyType(
    {
        **openai.PATHS,
        "ollama_chat": "/api/chat",
        "ollama_generate": "/api/generate",
        "ollama_embeddings": "/api/embed",
    }
)
"""Dialect -> where it is spoken."""


class Provider(openai.Provider):
    """Native paths from the root, all others after the version."""

    def __init__(self, settings: ProviderSettings) -> None:
        root = settings.base_url.rstrip("/").removesuffix(_OPENAI)
        super().__init__(replace(settings, base_url=root))

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        if not path.startswith(_NATIVE):
            path = _OPENAI + path
        return super().prepare(method=method, path=path, query=query, headers=headers)

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        return self.prepare(method="POST", path=PATHS[dialect], query=query, headers=headers)
