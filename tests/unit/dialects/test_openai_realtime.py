"""Lines of events, read for the record."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.realtime import done, event
from vedette.dialects.openai_realtime import read_answer, read_request
from vedette.model.chat import Message, TextPart, ToolCallPart, ToolResultPart


def lines(*events: str) -> bytes:
    return "".join(f"{one}\n" for one in events).encode()


def text(role: str, said: str) -> Message:
    return Message(role=role, parts=(TextPart(content=said),))


def item(**fields: Any) -> str:
    return event("conversation.item.create", item=fields)


def test_a_client_is_read_in_its_order() -> None:
    tool = {"type": "function", "name": "clock", "parameters": {"type": "object"}}
    request = read_request(
        lines(
            event("session.update", session={"instructions": "Be short.", "tools": [tool]}),
            item(type="message", role="user", content=[{"type": "input_text", "text": "Hi"}]),
            event("conversation.item.input_audio_transcription.completed", transcript="What time?"),
            item(type="function_call_output", call_id="c1", output="noon"),
            event("response.create", response={"instructions": "Now loud."}),
        )
    )
    assert [message.role for message in request.messages] == [
        "system", "user", "user", "tool", "system",
    ]  # fmt: skip
    assert request.messages[0] == text("system", "Be short.")
    assert request.messages[2] == text("user", "What time?")
    result = request.messages[3].parts[0]
    assert isinstance(result, ToolResultPart)
    assert (result.id, result.result) == ("c1", "noon")
    assert [one.name for one in request.tools] == ["clock"]


def test_a_request_of_the_responses_api_names_its_model() -> None:
    request = read_request(
        lines(
            event("response.create", model="gpt-5", input="Hi"),
            event(
                "response.create", model="gpt-5.1",
                input=[{"role": "user", "content": [{"type": "input_text", "text": "Again"}]}],
            ),
        )
    )  # fmt: skip
    assert request.model == "gpt-5.1"
    assert [message.parts[0] for message in request.messages] == [
        TextPart(content="Hi"), TextPart(content="Again"),
    ]  # fmt: skip


def test_sounds_are_read_by_their_words() -> None:
    request = read_request(
        lines(
            item(
                type="message", role="user",
                content=[
                    {"type": "input_audio", "audio": "UklGRg", "transcript": "Hello"},
                    {"type": "input_audio", "audio": "UklGRg"},
                ],
            )
        )
    )  # fmt: skip
    assert request.messages == (text("user", "Hello"),)


def test_every_answer_is_a_message() -> None:
    call = {"type": "function_call", "call_id": "c1", "name": "clock", "arguments": '{"zone":1}'}
    answer = read_answer(
        lines(done("Hello."), done("", output=[call], id="resp_2"), done("Bye.", id="resp_3"))
    )
    assert answer.id == "resp_3"
    assert [type(message.parts[0]) for message in answer.messages] == [
        TextPart, ToolCallPart, TextPart,
    ]  # fmt: skip
    assert answer.messages[0].parts == (TextPart(content="Hello."),)
    assert answer.finish_reasons == ("completed",)


def test_a_line_that_is_cut_is_left_out() -> None:
    whole = lines(done("Hello."), done("Bye."))
    assert [m.parts[0] for m in read_answer(whole[:-40]).messages] == [TextPart(content="Hello.")]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KINDS = st.sampled_from(
    ["session.update", "conversation.item.create", "response.create", "response.done", "error"]
)
FIELDS = st.dictionaries(
    st.sampled_from(["session", "item", "response", "input", "error", "content", "transcript"]),
    JSON | st.dictionaries(
        st.sampled_from(["content", "type", "output", "tools", "instructions"]), JSON
    ),
)  # fmt: skip


@given(st.lists(st.tuples(KINDS, FIELDS), max_size=4), st.binary(max_size=20))
def test_whatever_stands_in_a_line_is_read(
    events: list[tuple[str, dict[str, Any]]], more: bytes
) -> None:
    body = b"".join(
        json.dumps({**fields, "type": kind}).encode() + b"\n" for kind, fields in events
    )
    read_request(body + more)
    read_answer(body + more)
