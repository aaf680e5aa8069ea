"""All dialects by name, and how their streams are framed."""

from types import MappingProxyType, ModuleType

from vedette.dialects import (
    anthropic,
    bedrock,
    bedrock_embeddings,
    bedrock_invoke,
    gemini,
    gemini_embeddings,
    gemini_predict,
    ollama_chat,
    ollama_embeddings,
    ollama_generate,
    openai_chat,
    openai_completions,
    openai_embeddings,
    openai_responses,
)
from vedette.dialects.eventstream import EventStreamReader
from vedette.dialects.framing import NDJSONReader, SSEReader
from vedette.dialects.gemini_array import ArrayReader

CODECS: MappingProxyType[str, ModuleType] = MappingProxyType(
    {
        "openai_chat": openai_chat,
        "openai_completions": openai_completions,
        "openai_embeddings": openai_embeddings,
        "openai_responses": openai_responses,
        "anthropic": anthropic,
        "bedrock": bedrock,
        "bedrock_embeddings": bedrock_embeddings,
        "bedrock_invoke": bedrock_invoke,
        "gemini": gemini,
        "gemini_embeddings": gemini_embeddings,
        "gemini_predict": gemini_predict,
        "ollama_chat": ollama_chat,
        "ollama_embeddings": ollama_embeddings,
        "ollama_generate": ollama_generate,
    }
)
"""Each has `read_request(body)`, `peek_answer(body)`, `read_answer(body)` and, where it streams,
`StreamReader`. Those that can be translated to keep the whole of `contract`."""

EMBEDDINGS = frozenset(
    {
        "openai_embeddings", "gemini_embeddings", "gemini_predict", "ollama_embeddings",
        "bedrock_embeddings",
    }
)  # fmt: skip
TALKS = frozenset(CODECS) - EMBEDDINGS
"""Those of answers in which something is said."""
CHATS = frozenset(
    {"openai_chat", "anthropic", "gemini", "bedrock", "openai_responses", "ollama_chat"}
)
"""What a chat may be translated to; each provider's own order decides."""

Framing = type[SSEReader] | type[NDJSONReader] | type[EventStreamReader] | type[ArrayReader]

FRAMINGS: MappingProxyType[bytes, Framing] = MappingProxyType(
    {
        b"text/event-stream": SSEReader,
        b"application/x-ndjson": NDJSONReader,
        b"application/vnd.amazon.eventstream": EventStreamReader,
    }
)
"""How the events of a streamed answer are told apart, by its content type."""
_BARE = frozenset({b"application/json", *FRAMINGS})
"""Content types as most answers have them, without parameters."""


def framing_of(content_type: bytes, *, dialect: str = "", stream: bool = False) -> Framing | None:
    """The framing of a content type, parameters left aside; None where it is no stream.

    Gemini's streams without `alt=sse` are a JSON list: told by dialect and by what was asked.
    """
    kind = content_type
    if kind not in _BARE:
        kind = content_type.partition(b";")[0].strip().lower()
    if stream and dialect == "gemini" and kind == b"application/json":
        return ArrayReader
    return FRAMINGS.get(kind)
