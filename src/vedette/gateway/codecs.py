"""The dialects that the gateway reads, by name."""

from collections.abc import Callable
from types import ModuleType

from vedette.dialects import (
    anthropic,
    openai_chat,
    openai_completions,
    openai_embeddings,
    openai_responses,
)
from vedette.dialects.framing import SSEvent

StripUsage = Callable[[SSEvent], bytes]

CODECS: dict[str, ModuleType] = {
    "openai_chat": openai_chat,
    "openai_completions": openai_completions,
    "openai_embeddings": openai_embeddings,
    "openai_responses": openai_responses,
    "anthropic": anthropic,
}
"""Each has `peek(body)`, `peek_answer(body)`, `read_answer(body)` and, where it streams,
`StreamReader`."""

ASKS_FOR_USAGE = frozenset({"openai_chat", "openai_completions"})
"""Dialects whose streams report usage only when `stream_options.include_usage` asks for it."""
