"""A span survives its way over the wire and knows how long it took."""

import msgspec

from vedette.model.chat import Message, TextPart
from vedette.model.span import Payload, Span, ToolCall
from vedette.model.usage import Usage

SPAN = Span(
    trace_id="1" * 32,
    span_id="2" * 16,
    name="chat m",
    kind="llm",
    start_ns=1_000_000_000,
    end_ns=1_001_500_000,
    usage=Usage(input_uncached=3, output_text=5),
    cost_nano_usd=0,
    tool_calls=(ToolCall(name="search", arguments={"q": [1, None]}),),
    payload=Payload(input=(Message(role="user", parts=(TextPart(content="hi"),)),), output="plain"),
)


def test_duration_is_in_milliseconds() -> None:
    assert SPAN.duration_ms == 1.5


def test_span_survives_the_wire() -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(SPAN), type=Span) == SPAN


def test_unpriced_differs_from_free() -> None:
    unpriced = msgspec.structs.replace(SPAN, cost_nano_usd=None)
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(unpriced), type=Span)
    assert again.cost_nano_usd is None
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(SPAN), type=Span).cost_nano_usd == 0
