"""Ollama's client: all calls go through `_request`."""

from collections.abc import Mapping
from typing import Any

from vedette_sdk.calls import Call
from vedette_sdk.instruments.patching import Method
from vedette_sdk.instruments.plain import to_plain
from vedette_sdk.instruments.watching import tap, tap_async, watched, watched_async
from vedette_sdk.reading import ollama
from vedette_sdk.reading.facts import Reader
from vedette_sdk.watch import Watch

_PATHS: Mapping[str, tuple[str, Reader]] = {
    "/api/chat": ("chat", ollama.read_chat),
    "/api/generate": ("text_completion", ollama.read_generate),
    "/api/embed": ("embeddings", ollama.read_embed),
    "/api/embeddings": ("embeddings", ollama.read_embed),
}


def _begin(
    watch: Watch, client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Call | None:
    body = kwargs.get("json")
    path = next((each for each in args if isinstance(each, str) and each.startswith("/")), "")
    known = _PATHS.get(path)
    if known is None or not isinstance(body, Mapping):
        return None
    operation, reader = known
    url = client._client.base_url
    attributes = {"gen_ai.provider.name": "ollama", "server.address": url.host}
    if url.port:
        attributes["server.port"] = url.port
    return watch.begin("ollama", reader, body, operation, attributes)


def _take(call: Call, answer: Any) -> Any:
    call.convert = to_plain
    if call.request.get("stream"):
        call.begin_stream()
        pass_by = tap_async if hasattr(answer, "__anext__") else tap
        return pass_by(call, answer, _take_chunk)
    if call.reader is ollama.read_embed:
        answer = {name: getattr(answer, name, None) for name in ("model", "prompt_eval_count")}
    call.finish(answer)
    return None


def _take_chunk(call: Call, chunk: Any) -> None:
    call.chunk(chunk, 512)


wrap_request = watched(_begin, _take)
wrap_async_request = watched_async(_begin, _take)


def methods() -> tuple[Method, ...]:
    """What to patch in `ollama._client`."""
    return (
        Method("Client", "_request", wrap_request),
        Method("AsyncClient", "_request", wrap_async_request),
    )
