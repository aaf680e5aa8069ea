"""Google's client: all calls go through its API client as JSON, streamed or not."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

from vedette_sdk.calls import Call
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Method, finish_on_error
from vedette_sdk.instruments.plain import to_plain
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


def methods() -> tuple[Method, ...]:
    """What to patch in `google.genai._api_client`."""
    return tuple(
        Method("BaseApiClient|ApiClient", name, wrapper) for name, wrapper in WRAPPERS.items()
    )


def _begin(watch: Watch, client: Any, path: str, body: Any) -> Call | None:
    model, _, method = path.partition("?")[0].rpartition(":")
    known = _METHODS.get(method)
    if known is None or not isinstance(body, Mapping):
        return None
    operation, reader = known
    is_vertex = bool(getattr(client, "vertexai", False))
    attributes = {"gen_ai.provider.name": "gcp.vertex_ai" if is_vertex else "gcp.gemini"}
    request = {**body, "model": model.rpartition("models/")[2] or model}
    return watch.begin(_PART, reader, request, operation, attributes)


def _started(client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Call | None:
    """The call of these arguments: `(http_method, path, request_dict, ...)`."""
    watch = CURRENT.active
    if watch is None:
        return None
    path = args[1] if len(args) > 1 else kwargs.get("path", "")
    body = args[2] if len(args) > 2 else kwargs.get("request_dict")
    return CURRENT.faults.shield(_begin, watch, client, path, body)


def _request(original: Callable[..., Any]) -> Callable[..., Any]:
    def request(self: Any, *args: Any, **kwargs: Any) -> Any:
        call = _started(self, args, kwargs)
        if call is None:
            return original(self, *args, **kwargs)
        token = call.enter()
        try:
            answer = original(self, *args, **kwargs)
        except BaseException as error:
            finish_on_error(call, error)
            raise
        finally:
            call.leave(token)
        CURRENT.faults.shield(_take, call, answer)
        return answer

    return request


def _async_request(original: Callable[..., Any]) -> Callable[..., Any]:
    async def async_request(self: Any, *args: Any, **kwargs: Any) -> Any:
        call = _started(self, args, kwargs)
        if call is None:
            return await original(self, *args, **kwargs)
        token = call.enter()
        try:
            answer = await original(self, *args, **kwargs)
        except BaseException as error:
            finish_on_error(call, error)
            raise
        finally:
            call.leave(token)
        CURRENT.faults.shield(_take, call, answer)
        return answer

    return async_request


def _request_streamed(original: Callable[..., Any]) -> Callable[..., Any]:
    def request_streamed(self: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        call = _started(self, args, kwargs)
        chunks = original(self, *args, **kwargs)
        return chunks if call is None else _tap(call, chunks)

    return request_streamed


def _async_request_streamed(original: Callable[..., Any]) -> Callable[..., Any]:
    async def async_request_streamed(self: Any, *args: Any, **kwargs: Any) -> Any:
        call = _started(self, args, kwargs)
        if call is None:
            return await original(self, *args, **kwargs)
        token = call.enter()
        try:
            chunks = await original(self, *args, **kwargs)
        except BaseException as error:
            finish_on_error(call, error)
            raise
        finally:
            call.leave(token)
        return _tap_async(call, chunks)

    return async_request_streamed


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


def _tap(call: Call, chunks: Iterator[Any]) -> Iterator[Any]:
    call.begin_stream()
    call.convert = to_plain
    try:
        for chunk in chunks:
            CURRENT.faults.shield(_take_chunk, call, chunk)
            yield chunk
    except GeneratorExit:
        CURRENT.faults.shield(call.finish, abandoned=True)
        raise
    except BaseException as error:
        finish_on_error(call, error)
        raise
    CURRENT.faults.shield(call.finish)


async def _tap_async(call: Call, chunks: AsyncIterator[Any]) -> AsyncIterator[Any]:
    call.begin_stream()
    call.convert = to_plain
    try:
        async for chunk in chunks:
            CURRENT.faults.shield(_take_chunk, call, chunk)
            yield chunk
    except GeneratorExit:
        CURRENT.faults.shield(call.finish, abandoned=True)
        raise
    except BaseException as error:
        finish_on_error(call, error)
        raise
    CURRENT.faults.shield(call.finish)


def _take_chunk(call: Call, chunk: Any) -> None:
    body = _body(chunk)
    call.chunk(body, len(body) if isinstance(body, str | bytes) else 512)


WRAPPERS: Mapping[str, Callable[..., Any]] = {
    "request": _request,
    "async_request": _async_request,
    "request_streamed": _request_streamed,
    "async_request_streamed": _async_request_streamed,
}
