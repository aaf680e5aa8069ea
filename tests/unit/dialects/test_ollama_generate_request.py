"""Requests of /api/generate."""

import json
from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import leave_out
from vedette.dialects.ollama_generate_request import read_request, write_request
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    Reasoning,
    TextPart,
    ToolDefinition,
)

WHOLE: dict[str, Any] = {
    "model": "m", "prompt": "hi", "system": "be kind", "images": ["iVBORw0KGgo="],
    "stream": False, "think": True, "options": {"num_predict": 5, "num_ctx": 9},
    "suffix": "end", "raw": True, "context": [1, 2],
}  # fmt: skip


def message(role: str, text: str) -> Message:
    return Message(role, (TextPart(content=text),))


def test_a_request_is_read_whole() -> None:
    assert read_request(json.dumps(WHOLE).encode()) == ChatRequest(
        model="m",
        messages=(
            message("system", "be kind"),
            Message(
                "user",
                (
                    TextPart(content="hi"),
                    MediaPart(
                        modality="image", mime_type="image/png", size_bytes=8, data="iVBORw0KGgo="
                    ),
                ),
            ),
        ),
        reasoning=Reasoning(enabled=True),
        settings={"max_tokens": 5},
        include_usage=True,
        unknown={"options.num_ctx": 9, "suffix": "end", "raw": True, "context": [1, 2]},
        dialect="ollama_generate",
    )


def test_in_its_own_dialect_nothing_is_lost() -> None:
    written = write_request(read_request(json.dumps(WHOLE).encode()))
    assert json.loads(written.body) == WHOLE
    assert written.dropped == ()


def test_an_empty_prompt_is_no_message() -> None:
    # As the Python client of 2024 sent it.
    empty = {"model": "m", "prompt": "", "system": "", "images": [], "context": [], "raw": False}
    request = read_request(json.dumps(empty).encode())
    assert request.messages == ()
    assert set(leave_out(request, "openai_chat")) == {"context", "raw"}


@pytest.mark.parametrize("field", ["suffix", "raw", "context"])
def test_how_the_input_is_made_is_nobody_elses_business(field: str) -> None:
    request = read_request(json.dumps({"model": "m", field: WHOLE[field]}).encode())
    with pytest.raises(Unsupported) as raised:
        leave_out(request, "openai_chat")
    assert raised.value.param == field


def test_a_text_completion_is_one_prompt() -> None:
    request = ChatRequest(
        model="m", messages=(message("user", "hi"),), settings={"max_tokens": 3},
        unknown={"suffix": "end"}, stream=True, dialect="openai_completions",
    )  # fmt: skip
    assert json.loads(write_request(request).body) == {
        "model": "m", "prompt": "hi", "suffix": "end", "stream": True,
        "options": {"num_predict": 3},
    }  # fmt: skip


@pytest.mark.parametrize(
    "messages",
    [
        (message("user", "a"), message("assistant", "b"), message("user", "c")),
        (message("user", "a"), message("user", "b")),
        (message("system", "a"), message("system", "b")),
    ],
)
def test_a_conversation_is_refused(messages: tuple[Message, ...]) -> None:
    with pytest.raises(Unsupported, match="one prompt"):
        write_request(ChatRequest(model="m", messages=messages, dialect="openai_chat"))


def test_tools_are_refused() -> None:
    request = ChatRequest(model="m", tools=(ToolDefinition(name="f"),), dialect="openai_chat")
    with pytest.raises(Unsupported, match="tools"):
        write_request(request)
