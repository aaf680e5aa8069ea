"""Whole chat completions."""

import json
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from tests.support.conversations import answers
from tests.support.official import check_completion
from tests.support.recordings import PAIRS, whole
from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_chat_answer import (
    read_answer,
    stop_reason,
    wants_functions,
    write_answer,
)
from vedette.dialects.reading import Unreadable
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
)
from vedette.model.usage import Usage

OLD = (ToolDefinition(name="f", extra={"functions": True}),)


def context(**fields: Any) -> WriteContext:
    request = ChatRequest(model="asked", dialect="openai_chat", **fields)
    return WriteContext(request=request, model="asked", id="0123456789abcdef", created_s=5)


def write(answer: Answer, **fields: Any) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(write_answer(answer, context(**fields)))
    check_completion(written)
    return written


def said(*parts: Part, reason: str = "stop", **fields: Any) -> Answer:
    message = Message(role="assistant", parts=parts, finish_reason=reason)
    return Answer(messages=(message,), finish_reasons=(reason,), **fields)


def test_an_answer_is_read_whole() -> None:
    answer = read_answer(whole("openai_chat/tools"))
    assert (answer.id, answer.model) == ("chatcmpl-Tools1", "gpt-4o-2024-08-06")
    assert answer.finish_reasons == ("tool_calls",)
    assert answer.created_s == 1741569952
    assert answer.extra == {"service_tier": "default", "system_fingerprint": "fp_0"}
    assert answer.usage == Usage(input_uncached=70, output_text=46)
    assert answer.messages[0].parts == (
        ToolCallPart(name="weather", id="call_a1", arguments={"city": "Zürich", "days": 3}),
        ToolCallPart(name="now", id="call_b2", arguments={}),
    )


def test_what_a_choice_says_beside_its_message_is_kept() -> None:
    choice = {"index": 0, "message": {"content": "a"}, "logprobs": {"content": [1]}}
    answer = read_answer(json.dumps({"choices": [choice]}).encode())
    assert answer.messages[0].extra == {"choice": {"logprobs": {"content": [1]}}}


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.startswith("openai_chat/")])
def test_at_home_what_was_read_is_written_again(pair: str) -> None:
    answer = neutral(read_answer(whole(pair)))
    written = write_answer(answer, context())
    assert neutral(read_answer(written)) == answer


def neutral(answer: Answer) -> Answer:
    messages = tuple(
        replace(message, finish_reason=neutral_stop("openai_chat", message.finish_reason))
        for message in answer.messages
    )
    return replace(
        answer, messages=messages, finish_reasons=tuple(m.finish_reason for m in messages)
    )


@given(answers())
def test_what_is_written_is_what_the_official_client_knows(answer: Answer) -> None:
    again = read_answer(json.dumps(write(answer)).encode())
    assert (again.id, again.model, again.usage) == (answer.id, answer.model, answer.usage)
    parts = answer.messages[0].parts
    thoughts = [part for part in parts if isinstance(part, ReasoningPart)]
    read = [part for part in again.messages[0].parts if isinstance(part, ReasoningPart)]
    if any(thought.signature for thought in thoughts):
        assert [replace(t, source="") for t in read] == [replace(t, source="") for t in thoughts]
        assert [t.source for t in read if t.signature] == [
            t.source for t in thoughts if t.signature
        ]
    else:
        assert "".join(t.content for t in read) == "".join(t.content for t in thoughts)
    assert [p for p in again.messages[0].parts if not isinstance(p, ReasoningPart)] == [
        p for p in parts if not isinstance(p, ReasoningPart)
    ]


def test_what_the_provider_does_not_say_is_made() -> None:
    written = write(said(ToolCallPart(name="f"), ToolCallPart(name="g", arguments="{")))
    assert (written["id"], written["created"]) == ("chatcmpl-0123456789abcdef", 5)
    assert "usage" not in written
    choice = written["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    assert [(c["id"], c["function"]["arguments"]) for c in choice["message"]["tool_calls"]] == [
        ("call_0123456789abcdef000", "{}"),
        ("call_0123456789abcdef001", "{"),
    ]


def test_a_client_from_before_tools_gets_a_function() -> None:
    written = write(said(ToolCallPart(name="f", id="c", arguments={})), tools=OLD)
    assert written["choices"][0]["message"]["function_call"] == {"name": "f", "arguments": "{}"}
    assert written["choices"][0]["finish_reason"] == "function_call"
    assert wants_functions(ChatRequest(model="m", tools=OLD))
    assert not wants_functions(ChatRequest(model="m"))


def test_pictures_and_sounds_stand_beside_the_content() -> None:
    picture = MediaPart(modality="image", mime_type="image/png", data="AAAA", size_bytes=3)
    sound = MediaPart(modality="audio", data="AAAA", size_bytes=3, file_id="au")
    written = write(said(TextPart(content="a"), picture, sound))
    message = written["choices"][0]["message"]
    assert message["content"] == "a"
    assert message["audio"]["data"] == "AAAA"
    assert message["images"][0]["image_url"]["url"] == "data:image/png;base64,AAAA"
    again = read_answer(json.dumps(written).encode())
    assert again.messages[0].parts == (TextPart(content="a"), sound, picture)


def test_extras_of_others_are_left_out() -> None:
    part = TextPart(content="a", extra={"citations": [1]})
    written = write(said(part, extra={"container": {}}, dialect="anthropic"))
    assert written["choices"][0]["message"]["content"] == "a"
    assert "container" not in written


def test_a_signed_call_keeps_its_signature() -> None:
    call = ToolCallPart(name="f", id="c", arguments={}, signature="s", source="gemini")
    again = read_answer(json.dumps(write(said(call))).encode())
    assert again.messages[0].parts == (call,)


def test_an_empty_answer_is_one_all_the_same() -> None:
    choice = write(Answer())["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == ("", "stop")
    assert write(said(RefusalPart(content="no"), reason="refusal"))["choices"][0][
        "finish_reason"
    ] == "stop"  # fmt: skip


@pytest.mark.parametrize(
    ("word", "calls", "refused", "reason"),
    [
        ("stop", False, False, "stop"),
        ("stop", True, False, "tool_calls"),
        ("length", True, False, "length"),
        ("refusal", False, True, "stop"),
        ("refusal", False, False, "content_filter"),
        ("", False, False, "stop"),
        ("error", False, False, "length"),
        ("novel", False, False, "stop"),
    ],
)
def test_why_it_ended(word: str, calls: bool, refused: bool, reason: str) -> None:
    assert stop_reason(word, calls=calls, refused=refused) == reason


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"1"])
def test_what_is_no_object_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_answer(body)


def test_an_error_is_read_as_one() -> None:
    answer = read_answer(b'{"error":{"message":"no such model","type":"invalid_request_error"}}')
    assert answer.error == "invalid_request_error: no such model"
    assert answer.messages == ()
