"""Conversations of other dialects as Gemini wants them."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_contents import UNSIGNED_CALL, write_conversation
from vedette.dialects.gemini_drops import Drops
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


def say(role: str, *parts: Part | str, **fields: Any) -> Message:
    made = tuple(TextPart(content=part) if isinstance(part, str) else part for part in parts)
    return Message(role=role, parts=made, **fields)


def write(
    *messages: Message, model: str = "gemini-2.5-flash", dialect: str = "openai_chat"
) -> tuple[dict[str, Any], tuple[str, ...]]:
    request = ChatRequest(model=model, messages=messages, dialect=dialect)
    drops = Drops(request)
    return write_conversation(request, drops), drops.names


def call(name: str, id: str, **fields: Any) -> ToolCallPart:
    return ToolCallPart(name=name, id=id, arguments={}, **fields)


def called(name: str, id: str) -> dict[str, Any]:
    return {"functionCall": {"id": id, "name": name, "args": {}}}


def answered(name: str, id: str, output: str) -> dict[str, Any]:
    return {"functionResponse": {"id": id, "name": name, "response": {"output": output}}}


def test_system_messages_stand_apart_wherever_they_were_said() -> None:
    written, dropped = write(
        say("system", "a"), say("user", "hi"), say("developer", "b"), say("user", "ho")
    )
    assert written == {
        "contents": [{"role": "user", "parts": [{"text": "hi"}, {"text": "ho"}]}],
        "systemInstruction": {"parts": [{"text": "a"}, {"text": "b"}]},
    }
    assert dropped == ()


def test_a_system_message_alone_is_said_by_the_user() -> None:
    written, _ = write(say("system", "a"))
    assert written == {"contents": [{"role": "user", "parts": [{"text": "a"}]}]}
    assert write()[0] == {"contents": []}


def test_one_role_is_one_turn_and_empty_messages_are_none() -> None:
    written, dropped = write(
        say("user", "a", name="ann"), say("user"), say("user", "b"), say("assistant", "c"),
        say("assistant", RefusalPart(content="no")), say("critic", "d"),
    )  # fmt: skip
    assert written["contents"] == [
        {"role": "user", "parts": [{"text": "a"}, {"text": "b"}]},
        {"role": "model", "parts": [{"text": "c"}, {"text": "no"}]},
        {"role": "user", "parts": [{"text": "d"}]},
    ]
    assert dropped == ("messages.name",)


def test_results_of_a_turn_are_one_turn_in_the_order_of_the_calls() -> None:
    written, _ = write(
        say("user", "go"),
        say("assistant", call("f", "1"), call("g", "2"), call("f", "3")),
        say("tool", ToolResultPart(id="3", result="c")),
        say("tool", ToolResultPart(id="1", result="a")),
        say("tool", ToolResultPart(id="2", result="b")),
        say("user", "and?"),
    )
    assert written["contents"][1:] == [
        {"role": "model", "parts": [called("f", "1"), called("g", "2"), called("f", "3")]},
        {"role": "user", "parts": [answered(*one) for one in (("f", "1", "a"), ("g", "2", "b"),
                                                               ("f", "3", "c"))]},
        {"role": "user", "parts": [{"text": "and?"}]},
    ]  # fmt: skip


def test_results_and_words_of_one_message_are_two_turns() -> None:
    written, _ = write(
        say("assistant", call("f", "1")),
        say("user", ToolResultPart(id="1", result="a"), "thanks"),
        dialect="anthropic",
    )
    assert written["contents"][1:] == [
        {"role": "user", "parts": [answered("f", "1", "a")]},
        {"role": "user", "parts": [{"text": "thanks"}]},
    ]


def test_ids_that_were_made_for_the_client_stay_with_it() -> None:
    written, _ = write(
        say("assistant", call("f", "vdt000001")),
        say("tool", ToolResultPart(id="vdt000001", result="a")),
    )
    assert written["contents"] == [
        {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}}]},
        {
            "role": "user",
            "parts": [{"functionResponse": {"name": "f", "response": {"output": "a"}}}],
        },
    ]


def test_results_without_ids_find_their_calls() -> None:
    written, _ = write(
        say("assistant", call("f", ""), call("g", "")),
        say("tool", ToolResultPart(name="g", result="b"), ToolResultPart(result="a")),
        dialect="ollama_chat",
    )
    responses = [part["functionResponse"] for part in written["contents"][1]["parts"]]
    assert responses == [
        {"name": "f", "response": {"output": "a"}},
        {"name": "g", "response": {"output": "b"}},
    ]


def test_pictures_in_results_by_model() -> None:
    picture = MediaPart(modality="image", mime_type="image/png", data="AAAA")
    blob = {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}
    messages = (
        say("assistant", call("f", "1")),
        say("tool", ToolResultPart(id="1", result="a", parts=(TextPart(content="a"), picture))),
    )
    old, _ = write(*messages)
    assert old["contents"][1]["parts"] == [answered("f", "1", "a"), blob]
    new, _ = write(*messages, model="gemini-3-flash")
    assert new["contents"][1]["parts"][0]["functionResponse"]["parts"] == [blob]


def test_since_gemini_3_the_first_call_of_a_turn_is_signed() -> None:
    own = {"signature": "QUJD", "source": "gemini"}
    foreign = {"signature": "sig", "source": "anthropic"}
    messages = (
        say("user", "go"),
        say("assistant", call("f", "1", **foreign), call("g", "2")),
        say("tool", ToolResultPart(id="1", result="a"), ToolResultPart(id="2", result="b")),
        say("assistant", call("f", "3", **own), call("g", "4")),
    )
    written, _ = write(*messages, model="gemini-3-flash")
    signatures = [
        [part.get("thoughtSignature") for part in content["parts"]]
        for content in written["contents"]
        if content["role"] == "model"
    ]
    assert signatures == [[UNSIGNED_CALL, None], ["QUJD", None]]
    older, _ = write(*messages)
    assert older["contents"][1]["parts"] == [called("f", "1"), called("g", "2")]


def test_thoughts_go_back_to_gemini_only_where_it_signed_them() -> None:
    written, dropped = write(
        say("user", "go"),
        say(
            "assistant",
            ReasoningPart(content="hm", signature="s", source="anthropic"),
            ReasoningPart(content="unsigned"),
            ReasoningPart(content="", signature="QUJD", source="gemini"),
            "done",
        ),
    )
    assert written["contents"][1]["parts"] == [
        {"text": "", "thoughtSignature": "QUJD"},
        {"text": "done"},
    ]
    assert dropped == ("messages.reasoning",)


def test_parts_of_another_dialect_are_left_out() -> None:
    written, dropped = write(
        say("user", "a", RawPart(content={"type": "search_result"}, dialect="anthropic")),
        dialect="anthropic",
    )
    assert written["contents"] == [{"role": "user", "parts": [{"text": "a"}]}]
    assert dropped == ("messages.search_result",)


def test_a_file_of_another_provider_is_refused() -> None:
    with pytest.raises(Unsupported):
        write(say("user", MediaPart(modality="file", file_id="file-1")))
