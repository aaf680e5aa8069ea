"""The legacy completions format."""

import json
from typing import Any

import pytest

from vedette.dialects.openai_completions import StreamReader, read_inputs, read_request
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    Message,
    Part,
    RawDelta,
    RawPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    UsageDelta,
)
from vedette.model.usage import Usage


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("a", [TextPart(content="a")]),
        (["a", "b"], [TextPart(content="a"), TextPart(content="b")]),
        ([1, 2, 3], [RawPart(content={"tokens": 3})]),
        ([[1, 2], [3]], [RawPart(content={"tokens": 2}), RawPart(content={"tokens": 1})]),
        ([{"image": "x"}], [RawPart(content={"image": "x"})]),
        (None, []),
    ],
)
def test_prompts_of_all_kinds(prompt: Any, parts: list[Part]) -> None:
    assert read_inputs(prompt) == tuple(Message(role="user", parts=(part,)) for part in parts)


def test_a_request_is_read_whole() -> None:
    request = read_request(
        b'{"model":"m","prompt":"p","max_tokens":3,"stream":true,"suffix":"s","user":"u"}'
    )
    assert (request.model, request.stream, request.user) == ("m", True, "u")
    assert request.settings == {"max_tokens": 3}
    assert request.unknown == {"suffix": "s"}
    assert request.messages == (Message(role="user", parts=(TextPart(content="p"),)),)


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
            chunk(choices=[], usage={"prompt_tokens": 2}),
            [Start("c", "m"), UsageDelta(Usage(input_uncached=2))],
        ),
        (chunk(choices=[{"text": 5, "index": "x"}]), [Start("c", "m"), TextDelta("5")]),
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
