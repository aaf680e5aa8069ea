"""What the gateway must know of dialects to choose between them."""

from collections.abc import Callable, Sequence

from vedette.dialects.contract import Unsupported
from vedette.dialects.framing import SSEvent
from vedette.dialects.registry import CHATS, CODECS, EMBEDDINGS

StripUsage = Callable[[SSEvent], bytes]

ASKS_FOR_USAGE = frozenset({"openai_chat", "openai_completions"})
"""Dialects whose streams report usage only when `stream_options.include_usage` asks for it."""

STREAMS_UNASKED = frozenset({"ollama_chat", "ollama_generate"})
"""Dialects in which a request that says nothing wants a stream."""


def provider_dialect(ingress: str, spoken: Sequence[str]) -> str:
    """In which dialect to ask a provider what a client asked in `ingress`.

    Its own where the provider speaks it, else the provider's best of the same kind. Raises
    Unsupported where there is none.
    """
    if ingress in spoken:
        return ingress
    is_embedding = ingress in EMBEDDINGS
    writes = "write_embedding_answer" if is_embedding else "write_answer"
    if hasattr(CODECS.get(ingress), writes):
        for dialect in spoken:
            if dialect in (EMBEDDINGS if is_embedding else CHATS):
                return dialect
    raise Unsupported(
        "model", f"names a provider that does not speak {ingress!r}, which is not translated."
    )
