"""Google's client: all calls go through its API client as JSON, streamed or not."""

from collections.abc import Mapping
from typing import Any

from vedette_sdk.calls import Call
from vedette_sdk.instruments.patching import Method, Wrapper
from vedette_sdk.instruments.plain import to_plain
from vedette_sdk.instruments.watching import tap, tap_async, watched, watched_async
from vedette_sdk.reading import gemini
from vedette_sdk.reading.facts import Reader
from vedette_sdk.watch import Watch

_METHODS: Mapping[str, tuple[str, Reader]] = {
    "generateContent": ("chat", gemini.read_generate),
    "streamGenerateContent": ("chat", gemini.read_generate),
    "embedContent": ("embeddings", gemini.read_embed),
    "batchEmbedContents": ("embeddings", gemini.read_embed),
}
_PART = "google_genai"


def _begin(
    watch: Watch, client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Call | None:
    """The call of `(http_method, path, request_dict, ...)`."""
    path = args[1] if len(args) > 1 else kwargs.get("path", "")
    body = args[2] if len(args) > 2 else kwargs.get("request_dict")
    model, _, method = path.partition("?")[0].rpartition(":")
    known = _METHODS.get(method)
    if known is None or not isinstance(body, Mapping):
        return None
    operation, reader = known
    is_vertex = bool(getattr(client, "vertexai", False))
    attributes = {"gen_ai.provider.name": "gcp.vertex_ai" if is_vertex else "gcp.gemini"}
    request = {**body, "model": model.rpartition("models/")[2] or model}
    return watch.begin(_PART, reader, request, operation, attributes)


def _body(response: Any) -> Any:
    """What the response carries: JSON as a text, or read already."""
    body = getattr(response, "body", None)
    return response if body is None else body


def _take(call: Call, response: Any) -> None:
    body = _body(response)
    if call.reader is gemini.read_embed:
        body = {"usageMetadata": (to_plain(body) or {}).get("usageMetadata")}
    if isinstance(body, str | bytes):
        call.size_bytes += len(body)
    call.convert = to_plain
    call.finish(body)


def _take_stream(call: Call, chunks: Any) -> Any:
    call.begin_stream()
    call.convert = to_plain
    pass_by = tap_async if hasattr(chunks, "__anext__") else tap
    return pass_by(call, chunks, _take_chunk)


def _take_chunk(call: Call, chunk: Any) -> None:
    body = _body(chunk)
    call.chunk(body, len(body) if isinstance(body, str | bytes) else 512)


WRAPPERS: Mapping[str, Wrapper] = {
    "request": watched(_begin, _take),
    "async_request": watched_async(_begin, _take),
    "request_streamed": watched(_begin, _take_stream),
    "async_request_streamed": watched_async(_begin, _take_stream),
}


def methods() -> tuple[Method, ...]:
    """What to patch in `google.genai._api_client`."""
    return tuple(
        Method("BaseApiClient|ApiClient", name, wrapper) for name, wrapper in WRAPPERS.items()
    )
