"""Chunks of a streamed completion."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.openai_completions_stream import StreamReader
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    RawDelta,
    Start,
    Stop,
    TextDelta,
    UsageDelta,
)
from vedette.model.usage import Usage


def chunk(**fields: Any) -> bytes:
    return json.dumps({"id": "c", "model": "m", **fields}).encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (chunk(choices=[{"text": "a", "index": 1}]), [Start("c", "m"), TextDelta("a", 1)]),
        (
            chunk(choices=[{"text": "", "finish_reason": "length"}]),
            [Start("c", "m"), Stop("length")],
        ),
        (
            chunk(choices=[{"text": "", "finish_reason": "stop", "stop_reason": "###"}]),
            [Start("c", "m"), Stop("stop", 0, "###")],
        ),
        (
            chunk(choices=[{"text": "", "finish_reason": "stop", "stop_reason": 128009}]),
            [Start("c", "m"), Stop("stop")],
        ),
        (
            chunk(choices=[], usage={"prompt_tokens": 2}),
            [Start("c", "m"), UsageDelta(Usage(input_uncached=2))],
        ),
        (chunk(choices=[{"text": 5, "index": "x"}]), [Start("c", "m"), TextDelta("5")]),
        (chunk(choices=[{"text": 5, "index": 2}]), [Start("c", "m"), TextDelta("5", 2)]),
        (b'{"error":{"message":"m"}}', [ErrorDelta("m")]),
        (chunk(choices=[], error={"message": "m"}), [ErrorDelta("m")]),
        (b'{"value":"Sure"}', [RawDelta(b'{"value":"Sure"}')]),
        (b"[DONE]", [End()]),
        (b"junk", [RawDelta(b"junk")]),
    ],
)
def test_chunks(data: bytes, expected: list[Delta]) -> None:
    assert StreamReader().read(data) == expected


def test_the_start_comes_once() -> None:
    reader = StreamReader()
    data = chunk(choices=[{"text": "a"}])
    assert len(reader.read(data)) == 2
    assert reader.read(data) == [TextDelta("a")]


@given(st.binary(max_size=30))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)
