"""Bedrock through boto3: all calls of all services go through `_make_api_call`."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from vedette_sdk.calls import Call
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Method, finish_on_error
from vedette_sdk.instruments.plain import to_plain
from vedette_sdk.reading import bedrock
from vedette_sdk.reading.facts import Reader
from vedette_sdk.watch import Watch


class _Operation(NamedTuple):
    reader: Reader
    stream: str = ""
    """Member of the answer that is the stream."""


_OPERATIONS: Mapping[str, _Operation] = {
    "Converse": _Operation(bedrock.read_converse),
    "ConverseStream": _Operation(bedrock.read_converse, "stream"),
    "InvokeModel": _Operation(bedrock.read_invoke),
    "InvokeModelWithResponseStream": _Operation(bedrock.read_invoke, "body"),
}


def methods() -> tuple[Method, ...]:
    """What to patch in `botocore.client`."""
    return (Method("BaseClient", "_make_api_call", wrap_call),)


def wrap_call(original: Callable[..., Any]) -> Callable[..., Any]:
    def make_api_call(self: Any, operation_name: str, api_params: Any, *more: Any) -> Any:
        operation = _OPERATIONS.get(operation_name)
        watch = None if operation is None else CURRENT.active
        if operation is None or watch is None:
            return original(self, operation_name, api_params, *more)
        call = CURRENT.faults.shield(_begin, watch, self, operation, api_params)
        if call is None:
            return original(self, operation_name, api_params, *more)
        token = call.enter()
        try:
            answer = original(self, operation_name, api_params, *more)
        except BaseException as error:
            finish_on_error(call, error)
            raise
        finally:
            call.leave(token)
        CURRENT.faults.shield(_take, call, operation, answer)
        return answer

    return make_api_call


def _begin(watch: Watch, client: Any, operation: _Operation, params: Any) -> Call | None:
    meta = client.meta
    if meta.service_model.service_id != "Bedrock Runtime" or not isinstance(params, Mapping):
        return None
    attributes = {"gen_ai.provider.name": "aws.bedrock"}
    if isinstance(meta.region_name, str):
        attributes["cloud.region"] = meta.region_name
    return watch.begin("bedrock", operation.reader, params, "chat", attributes)


def _take(call: Call, operation: _Operation, answer: dict[str, Any]) -> None:
    call.attributes["aws.request_id"] = answer.get("ResponseMetadata", {}).get("RequestId") or ""
    call.convert = to_plain
    if operation.stream:
        _watch_events(call, answer[operation.stream])
    elif operation.reader is bedrock.read_invoke:
        _watch_body(call, answer["body"])
    else:
        call.finish(answer)


def _watch_body(call: Call, body: Any) -> None:
    """The body is read by whom it was meant for; what goes by is kept."""
    body._raw_stream = _Tee(body._raw_stream, call)


class _Tee:
    """Reads from a stream and keeps what it read; the call ends where the stream does."""

    def __init__(self, stream: Any, call: Call) -> None:
        self._stream = stream
        self._call = call
        self._kept: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def read(self, amount: int | None = None, *args: Any, **kwargs: Any) -> Any:
        data = self._stream.read(amount, *args, **kwargs)
        is_all = amount is None or amount < 0 or (not data and amount > 0)
        CURRENT.faults.shield(self._keep, data, is_all)
        return data

    def readinto(self, buffer: Any) -> Any:
        count = self._stream.readinto(buffer)
        CURRENT.faults.shield(self._keep, bytes(buffer[:count]), not count)
        return count

    def _keep(self, data: bytes, is_all: bool) -> None:
        self._kept.append(data)
        self._call.size_bytes += len(data)
        if is_all:
            self._call.finish(b"".join(self._kept))

    def close(self) -> None:
        self._stream.close()
        CURRENT.faults.shield(self._call.finish, b"".join(self._kept), abandoned=True)


def _watch_events(call: Call, events: Any) -> None:
    """The client's own event stream, of which each parsed event is seen as it passes."""
    call.begin_stream()
    call.convert = _event
    generator = events._event_generator
    plain = copy.copy(events)
    plain._event_generator = None

    def parse_and_keep(event: Any) -> Any:
        try:
            parsed = plain._parse_event(event)
        except Exception as error:
            finish_on_error(call, error)
            raise
        if parsed:
            CURRENT.faults.shield(call.chunk, parsed, 256)
        return parsed

    events._parse_event = parse_and_keep
    events._event_generator = _tap(call, generator)

    def close_and_tell() -> None:
        plain.close()
        CURRENT.faults.shield(call.finish, abandoned=True)

    events.close = close_and_tell


def _tap(call: Call, events: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from events
    except GeneratorExit:
        CURRENT.faults.shield(call.finish, abandoned=True)
        raise
    except BaseException as error:
        finish_on_error(call, error)
        raise
    CURRENT.faults.shield(call.finish)


def _event(event: Any) -> Any:
    """Of InvokeModel the bytes inside, of Converse the event as it is."""
    chunk = event.get("chunk") if isinstance(event, dict) else None
    return to_plain(chunk["bytes"]) if isinstance(chunk, dict) and "bytes" in chunk else event
