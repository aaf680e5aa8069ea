"""The texts of bodies, and bodies with other texts."""

import json
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import pytest

from vedette.dialects.registry import CODECS
from vedette.gateway.passages import (
    NotRewritten,
    evidence_of,
    of_answer,
    of_other,
    of_plain_request,
    of_request,
    of_unread,
    rewritten,
    swaps_of,
    uninspected,
)
from vedette.guard.engine import Passage
from vedette.model.chat import MediaPart, Message
from vedette.ports.detector import Evidence

CALL = {"name": "pay", "arguments": '{"to": "Ann", "sum": 5}'}
CHAT: dict[str, Any] = {
    "model": "m",
    "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": [{"type": "text", "text": "Pay Ann."}]},
        {"role": "assistant", "tool_calls": [{"id": "t", "type": "function", "function": CALL}]},
        {"role": "tool", "tool_call_id": "t", "content": "Paid."},
        {"role": "assistant", "content": "Done."},
    ],
}
MESSAGES: dict[str, Any] = {
    "model": "m",
    "max_tokens": 9,
    "system": "Be kind.",
    "messages": [
        {"role": "user", "content": "Pay Ann."},
        {
            "role": "assistant",
            "content": [
                {"type": "tool_use", "id": "t", "name": "pay", "input": {"to": "Ann", "sum": 5}}
            ],
        },
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": "t", "content": "Paid."}],
        },
        {"role": "assistant", "content": "Done."},
    ],
}


@pytest.mark.parametrize(("dialect", "asked"), [("openai_chat", CHAT), ("anthropic", MESSAGES)])
def test_every_text_of_a_request_has_its_place(dialect: str, asked: dict[str, Any]) -> None:
    request = CODECS[dialect].read_request(json.dumps(asked).encode())
    assert [(p.where, p.text) for p in of_request(request)] == [
        ("system", "Be kind."),
        ("input", "Pay Ann."),
        ("tool_arguments", '{"to":"Ann","sum":5}'),
        ("tool_result", "Paid."),
        ("output", "Done."),
    ]


@pytest.mark.parametrize(("dialect", "asked"), [("openai_chat", CHAT), ("anthropic", MESSAGES)])
def test_texts_are_exchanged_in_their_place(dialect: str, asked: dict[str, Any]) -> None:
    body = json.dumps({**asked, "unknown": 1.50}).encode()
    passages = of_request(CODECS[dialect].read_request(body))
    swaps: dict[str, str] = {}
    for passage in passages:
        if "Ann" in passage.text:
            swaps |= swaps_of(passage, passage.text.replace("Ann", "<NAME_1>"))
    changed = rewritten(body, swaps)
    assert b"Ann" not in changed
    assert json.loads(changed.replace(b"<NAME_1>", b"Ann"))["unknown"] == 1.5
    texts = [p.text for p in of_request(CODECS[dialect].read_request(changed))]
    assert texts == [p.text.replace("Ann", "<NAME_1>") for p in passages]


def test_what_cannot_be_found_does_not_pass() -> None:
    with pytest.raises(NotRewritten):
        rewritten(b'{"a": "b"}', {"c": "d"})


def test_arguments_that_would_be_no_json_do_not_pass() -> None:
    card = Passage(text='{"card": 4111111111111111}', where="tool_arguments")
    with pytest.raises(NotRewritten):
        swaps_of(card, '{"card": [CARD]}')


def test_an_answer_knows_what_was_asked() -> None:
    request = CODECS["openai_chat"].read_request(
        json.dumps({**CHAT, "tools": [{"type": "function", "function": {"name": "pay"}}]}).encode()
    )
    evidence = evidence_of(request)
    assert evidence.system_prompt == "Be kind."
    assert set(evidence.tools) == {"pay"}
    assert evidence_of(None) == Evidence()
    message = {"role": "assistant", "content": "Yes.", "tool_calls": [
        {"id": "t", "type": "function", "function": CALL}
    ]}  # fmt: skip
    answer = CODECS["openai_chat"].read_answer(
        json.dumps({"choices": [{"message": message}]}).encode()
    )
    passages = of_answer(answer, evidence)
    assert {p.where for p in passages} == {"output", "tool_arguments"}
    assert {p.evidence.tool_name for p in passages} == {"", "pay"}


def test_calls_that_are_no_chats_have_texts_too() -> None:
    assert [p.text for p in of_other(b'{"model":"m","input":["a",["b"],{"text":"c"}]}')] == [
        "a", "b", "c"
    ]  # fmt: skip
    assert of_other(b"no json") == []
    assert of_other(b"[1]") == []


def test_of_an_answer_that_nobody_reads_all_texts_are_known() -> None:
    body = b'{"id":"1","object":"x","choices":[{"message":{"role":"assistant","content":"a"}}]}'
    assert of_unread(body) == [Passage(text="a", where="output")]
    assert of_unread(b'["a",{"b":["c",1,null]}]') == [
        Passage(text="a", where="output"), Passage(text="c", where="output"),
    ]  # fmt: skip
    assert of_unread(b"no json") == []
    assert of_unread(b"[" * 100 + b"]" * 100) == []


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode], ids=["usual", "for addresses"])
@pytest.mark.parametrize("head", ["", "data:text/plain;base64,"], ids=["alone", "in a URL"])
def test_a_text_in_a_file_is_exchanged_there(encode: Any, head: str) -> None:
    old, new = "Grüße??>> an ann@example.org", "Grüße??>> an [email]"
    data = head + encode(old.encode()).decode()
    body = json.dumps({"file": {"data": data}, "other": "same"}).encode()
    told = json.loads(rewritten(body, {old: new}))
    assert told == {"file": {"data": head + encode(new.encode()).decode()}, "other": "same"}
    with pytest.raises(NotRewritten):
        rewritten(body, {old[1:]: new})


def test_a_text_file_is_looked_at_and_an_image_is_not() -> None:
    data = b64encode(b"Hello.").decode()
    text = MediaPart(modality="file", mime_type="text/plain", data=data)
    message = Message("user", (text, MediaPart(modality="image", data="AA")))
    assert uninspected([message]) == {"image": 1}


@pytest.mark.parametrize(
    ("dialect", "more"),
    [
        ("openai_chat", {"messages": [], "prediction": {"type": "content", "content": "Guess."}}),
        ("openai_responses", {"input": "", "prompt": {"id": "p", "variables": {"a": "Guess."}}}),
    ],
)
def test_texts_beside_the_messages_are_looked_at(dialect: str, more: dict[str, Any]) -> None:
    body = json.dumps({"model": "m", **more}).encode()
    assert of_plain_request(dialect, body) == []
    request = CODECS[dialect].read_request(body)
    assert [(p.where, p.text) for p in of_request(request)] == [("input", "Guess.")]
    assert b"Known." in rewritten(body, {"Guess.": "Known."})
