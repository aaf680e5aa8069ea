"""Searches of OpenAI are counted as they are billed."""

from typing import Any

import msgspec
import pytest

from vedette.dialects import openai_chat, openai_responses
from vedette.dialects.openai_searches import with_search_of_model, with_searches
from vedette.model.chat import UsageDelta
from vedette.model.usage import Usage

FOUND = {"type": "web_search_call", "status": "completed", "action": {"type": "search"}}
OPENED = {"type": "web_search_call", "status": "completed", "action": {"type": "open_page"}}
FAILED = {"type": "web_search_call", "status": "failed", "action": {"type": "search"}}
OLD = {"type": "web_search_call", "status": "completed"}
FILES = {"type": "file_search_call", "status": "completed", "queries": ["a", "b"]}
USED = Usage(input_uncached=5, output_text=3)
FIGURES = {"input_tokens": 5, "output_tokens": 3, "total_tokens": 8}


@pytest.mark.parametrize(
    ("response", "counts"),
    [
        ({"output": [FOUND, OPENED, FOUND]}, (2, 0)),
        ({"output": [OLD, FAILED, FILES]}, (1, 1)),
        ({"output": [FOUND], "tool_usage": {"web_search": {"num_requests": 3}}}, (3, 0)),
        ({"output": [FOUND], "tool_usage": {"web_search": {"num_requests": 0}}}, (0, 0)),
        ({"output": [FOUND], "tool_usage": {"web_search": None}}, (1, 0)),
        ({"output": [None, 4, {"type": ["web_search_call"]}]}, (0, 0)),
        ({"output": "no list"}, (0, 0)),
    ],
)
def test_searches_of_a_response(response: dict[str, Any], counts: tuple[int, int]) -> None:
    usage = with_searches(USED, response)
    assert usage is not None
    assert (usage.web_searches, usage.file_searches) == counts
    assert (usage.input_total, usage.output_total) == (5, 3)


def test_without_figures_there_are_none() -> None:
    assert with_searches(None, {"output": [FOUND]}) is None


def test_whole_and_streamed_responses_count_the_same() -> None:
    response = {"id": "r", "status": "completed", "usage": FIGURES, "output": [FOUND, FILES]}
    body = msgspec.json.encode(response)
    events: list[dict[str, Any]] = [
        {"type": "response.output_item.done", "output_index": n, "item": item}
        for n, item in enumerate([FOUND, FILES])
    ]
    # Some proxies leave the output out of the last event.
    events.append({"type": "response.completed", "response": response | {"output": []}})
    reader = openai_responses.StreamReader()
    deltas = [delta for event in events for delta in reader.read(msgspec.json.encode(event))]
    (streamed,) = (delta.usage for delta in deltas if isinstance(delta, UsageDelta))
    assert streamed == openai_responses.peek_answer(body).usage
    assert streamed == openai_responses.read_answer(body).usage
    assert (streamed.web_searches, streamed.file_searches) == (1, 1)


@pytest.mark.parametrize(
    ("model", "searches"),
    [
        ("gpt-4o-search-preview-2025-03-11", 1),
        ("gpt-5-search-api", 1),
        ("gpt-5", 0),
        ("text-search-ada-doc-001", 0),
    ],
)
def test_models_that_search_do_so_once(model: str, searches: int) -> None:
    usage = with_search_of_model(USED, model)
    assert usage is not None
    assert usage.web_searches == searches
    told = {"prompt_tokens": 5, "completion_tokens": 3, "total_tokens": 8}
    body = msgspec.json.encode({"id": "c", "model": model, "choices": [], "usage": told})
    for read in (openai_chat.read_answer(body), openai_chat.peek_answer(body)):
        assert read.usage == usage
    streamed = [
        delta.usage
        for delta in openai_chat.StreamReader().read(body)
        if isinstance(delta, UsageDelta)
    ]
    assert streamed == [usage]
