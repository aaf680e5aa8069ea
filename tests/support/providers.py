"""A provider of each kind: how the gateway knows it, and how it answers."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from tests.support import provided, provided_responses
from tests.support.answers import Script, answer, answer_in_pieces
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.provided import EVENTSTREAM, NDJSON, SSE, Pieces, Provided
from tests.support.upstream import Received, Upstream
from vedette.model.settings import ProviderSettings


class Kind(msgspec.Struct, frozen=True):
    """One provider dialect."""

    kind: str
    """In the configuration."""
    content_type: str
    """Of its streams."""
    whole: Callable[[Provided], bytes]
    stream: Callable[[Provided], Pieces]
    tapes: str
    """Folder of its recordings."""
    options: dict[str, str] = {}


_AWS = {"access_key_id": "AKIA", "secret_access_key": "s3cret", "region": "eu-west-1"}
KINDS = {
    "openai_chat": Kind(
        "openai", SSE, provided.chat_whole, provided.chat_stream, "openai_chat"
    ),
    "openai_responses": Kind(
        "openai", SSE, provided_responses.responses_whole, provided_responses.responses_stream,
        "openai_responses",
    ),
    "anthropic": Kind(
        "anthropic", SSE, provided.anthropic_whole, provided.anthropic_stream, "anthropic"
    ),
    "gemini": Kind("gemini", SSE, provided.gemini_whole, provided.gemini_stream, "gemini"),
    "bedrock": Kind(
        "bedrock", EVENTSTREAM, provided.bedrock_whole, provided.bedrock_stream, "bedrock", _AWS
    ),
    "ollama_chat": Kind(
        "ollama", NDJSON, provided.ollama_whole, provided.ollama_stream, "ollama"
    ),
}  # fmt: skip
"""Provider dialect -> what it is."""


def settings_of(dialect: str, upstream: Upstream, **changes: Any) -> ProviderSettings:
    """A provider `a` that speaks this dialect alone."""
    kind = KINDS[dialect]
    root = upstream.url.removesuffix("/v1")
    versioned = kind.kind in ("openai", "anthropic")
    fields: dict[str, Any] = {"dialects": (dialect,), "options": kind.options, **changes}
    if dialect != "bedrock":
        fields.setdefault("api_key", "k")
    url = upstream.url if versioned else root
    return provider(fields.pop("name", "a"), url, kind=kind.kind, **fields)


def wants_stream(request: Received) -> bool:
    """Whether a streamed answer is asked for, by the path or by the body."""
    if "stream" in request.path:
        return True
    if not request.path.startswith("/v1beta") and request.body:
        return bool(json.loads(request.body).get("stream"))
    return False


def answering(dialect: str, said: Provided) -> Callable[[Received], Script]:
    """What the upstream says to every request."""
    kind = KINDS[dialect]

    def respond(request: Received) -> Script:
        if not wants_stream(request):
            return answer(kind.whole(said))
        return answer_in_pieces(kind.stream(said), content_type=kind.content_type)

    return respond


@asynccontextmanager
async def provider_of(
    directory: Path, dialect: str, **changes: Any
) -> AsyncIterator[tuple[Upstream, RunningGateway, str]]:
    """A provider, a gateway before it, and the address of the gateway without a version."""
    async with Upstream() as upstream:
        async with running_gateway(directory, settings_of(dialect, upstream), **changes) as gateway:
            yield upstream, gateway, gateway.url.removesuffix("/v1")
