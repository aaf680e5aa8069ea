"""Bedrock through boto3: all calls of all services go through `_make_api_call`."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from vedette_sdk.calls import Call
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Method, finish_on_error
from vedette_sdk.instruments.plain import to_plain
from vedette_sdk.instruments.watching import Passing, watched
from vedette_sdk.reading import bedrock
from vedette_sdk.reading.facts import Reader
from vedette_sdk.watch import Watch

_READERS: Mapping[str, Reader] = {
    "Converse": bedrock.read_converse,
    "ConverseStream": bedrock.read_converse,
    "InvokeModel": bedrock.read_invoke,
    "InvokeModelWithResponseStream": bedrock.read_invoke,
}


def _begin(
    watch: Watch, client: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Call | None:
    """The call of `(operation_name, api_params)`."""
    reader = _READERS.get(args[0])
    meta, params = client.meta, args[1]
    if (
        reader is None
        or meta.service_model.service_id != "Bedrock Runtime"
        or not isinstance(params, Mapping)
    ):
        return None
    attributes = {"gen_ai.provider.name": "aws.bedrock"}
    if isinstance(meta.region_name, str):
        attributes["cloud.region"] = meta.region_name
    return watch.begin("bedrock", reader, params, "chat", attributes)


def _take(call: Call, answer: dict[str, Any]) -> None:
    call.attributes["aws.request_id"] = answer.get("ResponseMetadata", {}).get("RequestId") or ""
    call.convert = to_plain
    body = answer.get("stream", answer.get("body"))
    if hasattr(body, "_event_generator"):
        _watch_events(call, body)
    elif hasattr(body, "_raw_stream"):
        _watch_body(call, body)
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
    events._event_generator = _passing(call, generator)

    def close_and_tell() -> None:
        plain.close()
        CURRENT.faults.shield(call.finish, abandoned=True)

    events.close = close_and_tell


def _passing(call: Call, events: Iterator[Any]) -> Iterator[Any]:
    """What passes is raw; the parsed events were taken."""
    with Passing(call):
        yield from events


def _event(event: Any) -> Any:
    """Of InvokeModel the bytes inside, of Converse the event as it is."""
    chunk = event.get("chunk") if isinstance(event, dict) else None
    return to_plain(chunk["bytes"]) if isinstance(chunk, dict) and "bytes" in chunk else event


wrap_call = watched(_begin, _take)


def methods() -> tuple[Method, ...]:
    """What to patch in `botocore.client`."""
    return (Method("BaseClient", "_make_api_call", wrap_call),)
