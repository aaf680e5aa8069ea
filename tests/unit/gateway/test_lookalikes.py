"""Names of fields that a server in Go takes for others."""

import json
from typing import Any

import pytest

from vedette.gateway.lookalikes import lookalike

SAID = {"role": "user", "content": "hello"}
HARMLESS: list[Any] = [
    {"model": "m", "messages": [SAID]},
    {"systemInstruction": {"parts": [{"text": "x"}]}, "contents": [{"parts": [{"text": "y"}]}]},
    {"messages": [SAID], "tools": [{"function": {"parameters": {"properties": {"Text": {}}}}}]},
    {"messages": [{"role": "assistant", "content": [{"type": "tool_use", "input": {"Text": 1}}]}]},
    {"messages": [{"role": "user", "content": 'say "Content": x and "Messages": [] \u017f'}]},
    {"metadata": {"Role": "x"}, "messages": [SAID]},
    ["Messages"],
]
OTHERS: list[tuple[Any, str]] = [
    ({"messages": [SAID], "Messages": [SAID]}, "Messages"),
    ({"messages": [SAID], "me\u017f\u017fages": [SAID]}, "me\u017f\u017fages"),
    ({"messages": [{**SAID, "CONTENT": "other"}]}, "CONTENT"),
    ({"messages": [{"role": "user", "content": [{"type": "text", "Text": "x"}]}]}, "Text"),
    ({"prompt": "x", "Prompt": "y"}, "Prompt"),
    ({"input": [{"role": "user", "Content": "x"}]}, "Content"),
    ({"contents": [{"Parts": [{"text": "x"}]}]}, "Parts"),
]


@pytest.mark.parametrize("body", HARMLESS, ids=range(len(HARMLESS)))
def test_what_everybody_reads_the_same_is_left_alone(body: Any) -> None:
    assert lookalike(json.dumps(body).encode()) == ""
    assert lookalike(json.dumps(body, ensure_ascii=False, indent=1).encode()) == ""


@pytest.mark.parametrize(("body", "name"), OTHERS, ids=range(len(OTHERS)))
def test_a_name_in_another_case_is_found(body: Any, name: str) -> None:
    assert lookalike(json.dumps(body).encode()) == name
    assert lookalike(json.dumps(body, ensure_ascii=False).encode()) == name


def test_a_name_written_with_escapes_is_found() -> None:
    assert lookalike(rb'{"messages": [], "\u004dessages": []}') == "Messages"


def test_what_is_no_json_has_no_names() -> None:
    assert lookalike(b'{"Messages": [') == ""


def test_deep_nesting_ends() -> None:
    body = b'{"messages":' + b'[{"content":' * 5_000 + b'{"Text":1}' + b"}]" * 5_000 + b"}"
    assert lookalike(body) == ""
