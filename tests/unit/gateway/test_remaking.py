"""Requests that are sent when a model is asked anew, in every dialect that can say so."""

import json
from typing import Any

import pytest

from tests.support import calls
from vedette.dialects.contract import Unsupported
from vedette.dialects.registry import CHATS, CODECS
from vedette.gateway.exchange import Exchange
from vedette.gateway.remaking import with_complaint, with_settings
from vedette.gateway.routes import Endpoint
from vedette.model.chat import ChatRequest, Message, TextPart
from vedette.model.policy import Action, Finding, Verdict

ASKED = ChatRequest(
    model="m", messages=(Message("user", (TextPart(content="Tell me."),)),),
    settings={"temperature": 1.0, "max_tokens": 99},
)  # fmt: skip
ONE_PROMPT = ("openai_completions", "ollama_generate")
VERDICT = Verdict(
    action="reask", text="", ended_by="words", remedy=Action(kind="reask"),
    findings=(Finding(detector="keywords", kind="keyword", score=1.0, start=0, end=1),),
)  # fmt: skip


def asking(dialect: str) -> Exchange:
    exchange = calls.exchange()
    exchange.endpoint = Endpoint("chat", dialect, "/x")
    exchange.requested_model = "m"
    exchange.body = CODECS[dialect].write_request(ASKED).body
    return exchange


def texts(dialect: str, body: bytes) -> list[tuple[str, str]]:
    request: ChatRequest = CODECS[dialect].read_request(body)
    return [
        (message.role, "".join(p.content for p in message.parts if isinstance(p, TextPart)))
        for message in request.messages
    ]


@pytest.mark.parametrize("dialect", sorted(CHATS))
def test_an_answer_and_what_was_wrong_with_it_are_two_more_turns(dialect: str) -> None:
    body = with_complaint(asking(dialect), Action(kind="reask"), VERDICT, ["Bad."])
    said = texts(dialect, body)
    assert [role for role, _ in said] == ["user", "assistant", "user"]
    assert said[1][1] == "Bad."
    assert "keyword (rule words)" in said[2][1]


@pytest.mark.parametrize("dialect", ONE_PROMPT)
def test_where_there_are_no_turns_it_is_one_prompt(dialect: str) -> None:
    action = Action(kind="reask", text="Not so: {{ kinds }}.")
    [(role, text)] = texts(dialect, with_complaint(asking(dialect), action, VERDICT, ["Bad."]))
    assert (role, text) == ("user", "Tell me.\n\nBad.\n\nNot so: keyword.\n\n")


@pytest.mark.parametrize("dialect", sorted((*CHATS, *ONE_PROMPT)))
def test_parameters_are_changed_and_the_others_stay(dialect: str) -> None:
    changes = {"temperature": 0.5, "system": "Mind it.", "times": 2}
    request = CODECS[dialect].read_request(with_settings(asking(dialect), changes))
    assert request.settings["temperature"] == 0.5
    assert request.settings["max_tokens"] == 99
    said = " ".join(text for _, text in texts(dialect, with_settings(asking(dialect), changes)))
    assert said.split() == ["Mind", "it.", "Tell", "me."]


def test_an_instruction_joins_the_one_there_is() -> None:
    exchange = asking("openai_chat")
    messages: list[Any] = [{"role": "system", "content": "Be."}, {"role": "user", "content": "Hi"}]
    exchange.body = json.dumps({"model": "m", "messages": messages}).encode()
    said = texts("openai_chat", with_settings(exchange, {"system": "Mind it."}))
    assert [role for role, _ in said] == ["system", "user"]
    assert "Be." in said[0][1]
    assert "Mind it." in said[0][1]


def test_without_changes_the_bytes_stay() -> None:
    exchange = asking("openai_chat")
    assert with_settings(exchange, {"times": 2}) is exchange.body


def test_what_cannot_be_written_cannot_be_changed() -> None:
    exchange = calls.exchange()
    exchange.endpoint = Endpoint("chat", "bedrock_invoke", "/invoke")
    exchange.body = b"{}"
    assert with_settings(exchange, {}) == b"{}"
    with pytest.raises(Unsupported):
        with_settings(exchange, {"temperature": 0})
