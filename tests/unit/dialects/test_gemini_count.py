import json

import pytest
from google.genai import types

from vedette.dialects.gemini_count import (
    read_count_answer,
    read_count_request,
    write_count_answer,
    write_count_request,
)
from vedette.dialects.reading import Unreadable
from vedette.model.chat import ChatRequest, Message, TextPart, ToolDefinition

CONTENTS = [{"role": "user", "parts": [{"text": "hi"}]}]


def test_what_is_counted_stands_in_the_body_or_in_a_request_inside() -> None:
    flat = {"contents": CONTENTS, "systemInstruction": {"parts": [{"text": "be kind"}]}}
    inside = {"generate_content_request": {"model": "models/gemini-x", **flat}}
    one = read_count_request(json.dumps(flat).encode())
    other = read_count_request(json.dumps(inside).encode())
    assert [message.role for message in one.messages] == ["system", "user"]
    assert other.messages == one.messages
    assert (one.model, other.model) == ("", "gemini-x")


def test_a_count_of_another_clients_request() -> None:
    request = ChatRequest(
        model="gemini-3-flash",
        messages=(
            Message(role="system", parts=(TextPart(content="be kind"),)),
            Message(role="user", parts=(TextPart(content="hi"),)),
        ),
        tools=(ToolDefinition(name="f", strict=True),),
        dialect="anthropic",
    )
    written = write_count_request(request)
    inner = json.loads(written.body)["generateContentRequest"]
    assert inner["model"] == "models/gemini-3-flash"
    assert inner["contents"] == CONTENTS
    assert written.dropped == ("tools.strict",)
    flat = json.loads(write_count_request(request, flat=True).body)
    assert flat.keys() == {"contents", "systemInstruction", "tools"}


def test_the_answer() -> None:
    written = write_count_answer(31)
    assert types.CountTokensResponse.model_validate({"totalTokens": 31}).total_tokens == 31
    assert read_count_answer(written) == 31
    with pytest.raises(Unreadable):
        read_count_answer(b"{}")
