"""Ollama's client: all calls go through `_request`."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

from vedette_sdk.calls import Call
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Method, finish_on_error
from vedette_sdk.instruments.plain import to_plain
from vedette_sdk.reading import ollama
from vedette_sdk.reading.facts import Reader
from vedette_sdk.watch import Watch

_PATHS: Mapping[str, tuple[str, Reader]] = {
    "/api/chat": ("chat", ollama.read_chat),
    "/api/generate": ("text_completion", ollama.read_generate),
    "/api/embed": ("embeddings", ollama.read_embed),
    "/api/embeddings": ("embeddings", ollama.read_embed),
}


def methods() -> tuple[Method, ...]:
    """What to patch in `ollama._client`."""
    return (
        Method("Client", "_request", wrap_request),
        Method("AsyncClient", "_request", wrap_async_request),
    )


def _begin(watch: Watch, client: Any, args: tuple[Any, ...], body: Any) -> Call | None:
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


def _started(client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Call | None:
    watch = CURRENT.active
    if watch is None:
        return None
    return CURRENT.faults.shield(_begin, watch, client, args, kwargs.get("json"))


def wrap_request(original: Callable[..., Any]) -> Callable[..., Any]:
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
        if kwargs.get("stream"):
            return _tap(call, answer)
        CURRENT.faults.shield(_take, call, answer)
        return answer

    return request


def wrap_async_request(original: Callable[..., Any]) -> Callable[..., Any]:
    async def request(self: Any, *args: Any, **kwargs: Any) -> Any:
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
        if kwargs.get("stream"):
            return _tap_async(call, answer)
        CURRENT.faults.shield(_take, call, answer)
        return answer

    return request


def _take(call: Call, answer: Any) -> None:
    call.convert = to_plain
    if call.reader is ollama.read_embed:
        answer = {name: getattr(answer, name, None) for name in ("model", "prompt_eval_count")}
    call.finish(answer)


def _tap(call: Call, chunks: Iterator[Any]) -> Iterator[Any]:
    call.begin_stream()
    call.convert = to_plain
    try:
        for chunk in chunks:
            call.chunk(chunk, 512)
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
            call.chunk(chunk, 512)
            yield chunk
    except GeneratorExit:
        CURRENT.faults.shield(call.finish, abandoned=True)
        raise
    except BaseException as error:
        finish_on_error(call, error)
        raise
    CURRENT.faults.shield(call.finish)
