"""Spans to rows and back, and what is refused."""

import pytest
from msgspec.structs import replace

from tests.support.span_stores import span
from vedette.errors import SpanRefused, StoreError
from vedette.model.span import Payload, Span, ToolCall
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.codec import (
    Head,
    SpanKey,
    decode_head,
    decode_payload,
    encode_row,
    id_bytes,
    to_span,
    usage_of,
)


def there_and_back(one: Span) -> Span:
    row = encode_row(one)
    key = SpanKey(one.project_id, row.trace_id, row.span_id, one.start_ns)
    return to_span(key, decode_head(row.head), decode_payload(row.body))


def test_a_span_comes_back() -> None:
    one = span(
        1, usage=Usage(1, reasoning=3, estimated=True), tool_calls=(ToolCall("f", {"a": 1}),)
    )
    assert there_and_back(one) == one


def test_an_empty_payload_takes_no_row() -> None:
    assert encode_row(span(1)).body is None
    assert decode_payload(None) == Payload()


def test_a_head_is_small() -> None:
    one = span(1, model="gpt-4o-mini", provider="openai", usage=Usage(100, output_text=20))
    assert len(encode_row(one).head) < 100


@pytest.mark.parametrize(
    "usage",
    [
        Usage(),
        Usage(5),
        Usage(estimated=True),
        Usage(1, 2, 3),
        Usage(1, cache_read_audio=2),
        Usage(2, file_searches=1),
        replace(Usage(*range(1, 15)), estimated=True),
    ],
)
def test_usage_keeps_its_buckets(usage: Usage) -> None:
    assert there_and_back(span(1, usage=usage)).usage == usage


def test_sums_of_estimates_are_an_estimate() -> None:
    assert usage_of([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]) == Usage(1, estimated=True)


def test_rows_of_an_older_version_are_readable() -> None:
    head = decode_head(b"\x93\xa1n\x00\x05")
    assert head == Head("n", 0, 5)


@pytest.mark.parametrize("text", ["", "0", "zz", "ab cd", " ab", "ab\n", "0x12"])
def test_what_is_no_id(text: str) -> None:
    assert id_bytes(text) is None


def test_ids_are_hex_of_either_case() -> None:
    assert id_bytes("aBcD") == b"\xab\xcd"


def test_a_refusal_names_the_span_but_not_its_content() -> None:
    with pytest.raises(SpanRefused) as refusal:
        encode_row(span(1, name="secret", cost_nano_usd=10**30))
    assert span(1).span_id in refusal.value.message
    assert "secret" not in refusal.value.message


def test_what_msgpack_cannot_hold_is_made_to_fit() -> None:
    odd = span(1, payload=Payload(input="\ud800", attributes={"n": -(2**70), "\udfff": [2**64]}))
    kept = there_and_back(odd).payload
    assert kept.input == "?"
    assert kept.attributes == {"n": str(-(2**70)), "?": [str(2**64)]}


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(SpanRefused, match="cannot be encoded"):
        encode_row(span(1, payload=Payload(attributes={"f": object()})))


def test_damaged_bytes_are_a_store_error() -> None:
    for damaged in (b"\xc1", b"\xff\x00", b"\x93"):
        with pytest.raises(StoreError):
            decode_head(damaged)
        with pytest.raises(StoreError):
            decode_payload(damaged + b"x")
