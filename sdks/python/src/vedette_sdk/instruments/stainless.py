"""OpenAI's and Anthropic's clients, which one generator makes: all calls go through `request`.

That is below `create`, `parse`, `stream` and the raw variants and above retries, so a call is one
span whatever it was made with. Of streams the server-sent events are seen before they become
objects: the client's own stream object is handed out, and only what it reads from is tapped.
"""

import copy
import inspect
from collections.abc import AsyncIterator, Iterator, Mapping
from time import perf_counter_ns
from typing import Any, NamedTuple

from opentelemetry.trace import format_span_id, format_trace_id

from vedette_sdk.calls import TIMED, Call
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Method, Wrapper
from vedette_sdk.instruments.plain import to_plain
from vedette_sdk.instruments.providers import find_provider
from vedette_sdk.instruments.watching import Begin, Passing, watched, watched_async
from vedette_sdk.reading import anthropic, openai_chat, openai_responses
from vedette_sdk.reading.facts import Reader
from vedette_sdk.watch import Watch

_USAGE_ONLY = ('"choices":[]', '"choices": []')


class Api(NamedTuple):
    """What a path is for."""

    operation: str
    reader: Reader
    has_usage_option: bool = False


OPENAI: Mapping[str, Api] = {
    "/chat/completions": Api("chat", openai_chat.read_chat, True),
    "/completions": Api("text_completion", openai_chat.read_completion, True),
    "/responses": Api("chat", openai_responses.read_responses),
    "/embeddings": Api("embeddings", openai_chat.read_embeddings),
}
ANTHROPIC: Mapping[str, Api] = {
    "/v1/messages": Api("chat", anthropic.read_messages),
    "/v1/complete": Api("text_completion", anthropic.read_complete),
}
Apis = Mapping[str, Api]


def methods(part: str, apis: Apis) -> tuple[Method, ...]:
    """What to patch in `<client>._base_client`."""
    begin = _begin_with(part, apis)
    return (
        Method("SyncAPIClient", "request", watched(begin, _take)),
        Method("AsyncAPIClient", "request", watched_async(begin, _take)),
    )


def wrapper_of(client: Any, part: str, apis: Apis) -> Wrapper:
    """The wrapper for `request` of one client."""
    is_async = any(base.__name__ == "AsyncAPIClient" for base in type(client).__mro__)
    return (watched_async if is_async else watched)(_begin_with(part, apis), _take)


def _begin_with(part: str, apis: Apis) -> Begin:
    def begin(
        watch: Watch, client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> Call | None:
        """The call of `(cast_to, options, ...)`."""
        options = args[1] if len(args) > 1 else kwargs["options"]
        return _begin(watch, part, apis, client, options)

    return begin


def _begin(watch: Watch, part: str, apis: Apis, client: Any, options: Any) -> Call | None:
    api = apis.get(options.url.partition("?")[0])
    body = options.json_data
    if api is None or options.method.lower() != "post" or not isinstance(body, Mapping):
        return None
    url = client.base_url
    attributes = {
        "gen_ai.provider.name": find_provider(url.host, part), "server.address": url.host,
    }  # fmt: skip
    if url.port:
        attributes["server.port"] = url.port
    call = watch.begin(part, api.reader, body, api.operation, attributes)
    if call is None:
        return None
    if str(url).startswith(watch.settings.gateway):
        _carry_on(options, call)
    if watch.settings.include_usage and api.has_usage_option and body.get("stream"):
        call.swallows_usage = _ask_for_usage(options, body)
    return call


def _ask_for_usage(options: Any, body: Mapping[str, Any]) -> bool:
    """Whether we asked for a chunk that the caller did not."""
    wanted = body.get("stream_options")
    wanted = wanted if isinstance(wanted, Mapping) else {}
    if wanted.get("include_usage"):
        return False
    options.json_data = {**body, "stream_options": {**wanted, "include_usage": True}}
    return True


def _carry_on(options: Any, call: Call) -> None:
    """Tell the gateway which span its own belongs to."""
    context = call.span.get_span_context()
    ids = f"{format_trace_id(context.trace_id)}-{format_span_id(context.span_id)}"
    given = options.headers if isinstance(options.headers, Mapping) else {}
    call.attributes["vedette.gateway.called"] = True
    options.headers = {**given, "traceparent": f"00-{ids}-01"}


def _take(call: Call, answer: Any) -> None:
    """What came back: a stream, a raw response, or the model of an answer."""
    call.convert = to_plain
    if hasattr(answer, "_iter_events"):
        watch_stream(call, answer)
    elif hasattr(answer, "http_response"):
        _take_raw(call, answer)
    elif hasattr(answer, "iter_raw"):
        _take_response(call, answer)
    else:
        usage = getattr(answer, "usage", None)
        if hasattr(answer, "data") and usage is not None:
            # Vectors are large and say nothing: only the counts are kept.
            answer = {"model": getattr(answer, "model", ""), "usage": to_plain(usage)}
        call.finish(answer)


def _take_raw(call: Call, raw: Any) -> None:
    """`with_raw_response` has read its body, or a stream to come; `with_streaming_response`
    reads later, if at all."""
    response = raw.http_response
    if response.is_closed:
        _take_response(call, response)
        return
    parse = raw.parse

    def seen(parsed: Any) -> Any:
        if hasattr(parsed, "_iter_events"):
            CURRENT.faults.shield(watch_stream, call, parsed)
        else:
            CURRENT.faults.shield(_take_response, call, response)
        return parsed

    def parse_sync(*args: Any, **kwargs: Any) -> Any:
        return seen(parse(*args, **kwargs))

    async def parse_async(*args: Any, **kwargs: Any) -> Any:
        return seen(await parse(*args, **kwargs))

    is_async = hasattr(parse, "__code__") and parse.__code__.co_flags & inspect.CO_COROUTINE
    raw.parse = parse_async if is_async else parse_sync
    _when_closed(response, call)


def _take_response(call: Call, response: Any) -> None:
    """The bytes of a body that was read."""
    content = getattr(response, "_content", None)
    if content is not None:
        call.size_bytes += len(content)
    call.finish(content, abandoned=content is None)


def _when_closed(response: Any, call: Call) -> None:
    """A body ends with a close before it can be had, so without it the next close counts."""
    close, aclose = response.close, response.aclose
    closes = 0

    def closed() -> None:
        nonlocal closes
        closes += 1
        if call.chunks is None and (closes > 1 or hasattr(response, "_content")):
            _take_response(call, response)

    def close_and_tell() -> None:
        close()
        CURRENT.faults.shield(closed)

    async def aclose_and_tell() -> None:
        await aclose()
        CURRENT.faults.shield(closed)

    response.close, response.aclose = close_and_tell, aclose_and_tell


def watch_stream(call: Call, stream: Any) -> None:
    """Tap what the stream reads from. On a copy: a reference to itself would keep a dropped stream
    from being closed until the garbage collector comes."""
    call.begin_stream()
    plain = copy.copy(stream)
    plain.__dict__.pop("_iterator", None)
    if hasattr(stream, "__anext__"):
        stream._iter_events = lambda: _tap_async(call, plain._iter_events())

        async def aclose() -> None:
            await plain.close()
            CURRENT.faults.shield(call.finish, abandoned=True)

        stream.close = aclose
    else:
        stream._iter_events = lambda: _tap(call, plain._iter_events())

        def close() -> None:
            plain.close()
            CURRENT.faults.shield(call.finish, abandoned=True)

        stream.close = close


def _tap(call: Call, events: Iterator[Any]) -> Iterator[Any]:
    # Each chunk costs what stands here: no calls but those that must be.
    chunks, times, room = call.open_chunks()
    swallows = call.swallows_usage
    with Passing(call):
        for event in events:
            data = event.data
            if len(times) < TIMED:
                times.append(perf_counter_ns())
            if len(data) <= room:
                room -= len(data)
                chunks.append(data)
            else:
                call.replace_last(data)
            if swallows and _is_usage_only(data):
                continue
            yield event


async def _tap_async(call: Call, events: AsyncIterator[Any]) -> AsyncIterator[Any]:
    chunks, times, room = call.open_chunks()
    swallows = call.swallows_usage
    with Passing(call):
        async for event in events:
            data = event.data
            if len(times) < TIMED:
                times.append(perf_counter_ns())
            if len(data) <= room:
                room -= len(data)
                chunks.append(data)
            else:
                call.replace_last(data)
            if swallows and _is_usage_only(data):
                continue
            yield event


def _is_usage_only(data: str) -> bool:
    return any(mark in data for mark in _USAGE_ONLY) and '"usage":null' not in data
