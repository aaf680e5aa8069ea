"""The head of a request, and asking for usage without anybody noticing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.framing import SSEReader, SSEvent
from vedette.dialects.openai_head import (
    RequestHead,
    add_include_usage,
    peek,
    strip_usage,
    wants_usage,
)
from vedette.errors import BadRequest


def test_the_fields_that_decide() -> None:
    body = {
        "messages": [{"role": "user", "content": "x", "model": 5}],
        "model": "m",
        "stream": True,
        "stream_options": {"include_usage": True},
        "user": "u",
        "metadata": {"session": "s"},
        "max_tokens": 5,
        "n": 2,
    }
    assert peek(json.dumps(body).encode()) == RequestHead(
        model="m",
        stream=True,
        stream_options={"include_usage": True},
        user="u",
        metadata={"session": "s"},
        max_tokens=5,
        n=2,
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"stream": "yes"}, {"stream": None}, {"user": ["u"]}, {"metadata": "x"},
        {"max_tokens": "many"}, {"n": 1.5}, {"stream_options": []},
    ],
)  # fmt: skip
def test_odd_fields_are_the_business_of_the_provider(odd: dict[str, Any]) -> None:
    head = peek(json.dumps({"model": "m", "seed": 1, **odd}).encode())
    assert head.model == "m"
    assert not head.stream


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"nope", "not valid JSON"),
        (b'{"model":"m"', "not valid JSON"),
        (b'{"model":"\xff"}', "not UTF-8"),
        (b"[1]", "is an array, expected a JSON object"),
        (b'"x"', "is a string"),
        (b"null", "is null"),
        (b"{}", "has no 'model'"),
        (b'{"model":""}', "has no 'model'"),
        (b'{"model":null}', "'model' is null, expected a string"),
        (b'{"model":5}', "'model' is a number"),
        (b'{"model":["m"]}', "'model' is an array"),
        (b'{"model":"m","a":' + b"[" * 200_000, "nested too deeply"),
    ],
)
def test_errors_say_what_is_wrong(body: bytes, words: str) -> None:
    with pytest.raises(BadRequest, match=words) as caught:
        peek(body)
    assert caught.value.status == 400
    assert not peek(body, needs_model=False).model


def test_half_a_character_is_the_business_of_the_provider() -> None:
    """JavaScript cuts texts between the halves of an emoji."""
    head = peek(b'{"model": "m", "user": "a\\ud83d", "messages": []}')
    assert (head.model, head.user) == ("m", "a\N{REPLACEMENT CHARACTER}")


def test_messages_never_repeat_the_body() -> None:
    with pytest.raises(BadRequest) as caught:
        peek(b'{"model":"m","messages":"my secret')
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, {"include_usage": True}),
        ({}, {"include_usage": True}),
        ({"include_usage": False}, {"include_usage": True}),
        ({"include_usage": True}, {"include_usage": True}),
        ({"x": 1}, {"x": 1, "include_usage": True}),
        ({"x": {"include_usage": 0}}, {"x": {"include_usage": 0}, "include_usage": True}),
        ("odd", {"include_usage": True}),
    ],
)
def test_usage_is_asked_for(options: Any, expected: Any) -> None:
    request = {"model": "m", "stream": True, "stream_options": options, "seed": 1}
    body = json.dumps(request).encode()
    asked = add_include_usage(body, peek(body))
    assert json.loads(asked) == {**request, "stream_options": expected}
    assert wants_usage(peek(asked))


def test_asking_changes_nothing_else() -> None:
    body = b'{ "model" : "m", "stream":true, "x":1.0e2 }\n'
    assert add_include_usage(body, peek(body)) == (
        b'{ "model" : "m", "stream":true, "x":1.0e2 ,"stream_options":{"include_usage":true}}\n'
    )
    asking = b'{"model":"m","stream_options":{"include_usage":true}}'
    assert add_include_usage(asking, peek(asking)) is asking


def event(raw: bytes) -> SSEvent:
    (found,) = SSEReader().feed(raw)
    return found


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\n', b""),
        (b'data: {"usage": {"prompt_tokens": 1}, "choices": []}\r\n\r\n', b""),
        (b'data: {"choices":[{}],"usage":null}\n\n', b'data: {"choices":[{}]}\n\n'),
        (b'data: {"usage": null , "choices":[{}]}\n\n', b'data: { "choices":[{}]}\n\n'),
        (b'data: {"a":1, "usage" : null, "b":2}\n\n', b'data: {"a":1, "b":2}\n\n'),
        (b'data: {"usage":null}\n\n', b"data: {}\n\n"),
        (
            b'data: {"prompt_filter_results":[],"choices":[],"usage":null}\n\n',
            b'data: {"prompt_filter_results":[],"choices":[]}\n\n',
        ),
    ],
)
def test_usage_is_taken_out_again(raw: bytes, expected: bytes) -> None:
    assert strip_usage(event(raw)) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b'data: {"choices":[{"delta":{"content":"hi"}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"the \\"usage\\":null trick"}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"\\"usage\\":{}"}}],"x":"usage"}\n\n',
        b'data: {"choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}\n\n',
        b'data: {"choices":[],"usage":{}}\n\n',
        b'data: {"choices":[],"usage":{"prompt\n\n',
        b"data: [DONE]\n\n",
        b": ping\n\n",
        b'data: {"error":{"message":"\\"usage\\""}}\n\n',
    ],
)
def test_other_events_pass_byte_for_byte(raw: bytes) -> None:
    assert strip_usage(event(raw)) == raw


@given(
    chunk=st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers(), max_size=4),
    at=st.integers(0, 4),
    compact=st.booleans(),
)
def test_taking_out_undoes_what_asking_did(chunk: dict[str, Any], at: int, compact: bool) -> None:
    chunk.pop("usage", None)
    members = list(chunk.items())
    asked = dict([*members[:at], ("usage", None), *members[at:]])
    separators = (",", ":") if compact else (", ", ": ")
    raw = b"data: " + json.dumps(asked, separators=separators).encode() + b"\n\n"
    assert json.loads(strip_usage(event(raw))[6:]) == chunk
