"""Searches of Google are counted as they are billed."""

from typing import Any

import msgspec
import pytest

from vedette.dialects import gemini
from vedette.dialects.gemini_searches import queries_in, with_searches
from vedette.model.chat import UsageDelta
from vedette.model.usage import Usage

FIGURES = {"promptTokenCount": 5, "candidatesTokenCount": 3, "totalTokenCount": 8}


@pytest.mark.parametrize(
    ("metadata", "queries"),
    [
        ({"webSearchQueries": ["a", "", "b", "a", " "]}, ["a", "b", "a"]),
        ({"web_search_queries": ["a"], "imageSearchQueries": ["c"]}, ["a", "c"]),
        ({"webSearchQueries": [1, None]}, []),
        ({"webSearchQueries": "a"}, []),
        (None, []),
        ("x", []),
    ],
)
def test_queries_that_are_billed(metadata: Any, queries: list[str]) -> None:
    assert list(queries_in(metadata)) == queries


def test_the_same_query_counts_once() -> None:
    usage = with_searches(Usage(input_uncached=5), ["a", "b", "a"])
    assert usage == Usage(input_uncached=5, web_searches=2)
    assert with_searches(None, ["a"]) is None


def event(text: str, *queries: str, **more: Any) -> bytes:
    candidate: dict[str, Any] = {"content": {"parts": [{"text": text}], "role": "model"}}
    if queries:
        candidate["groundingMetadata"] = {"webSearchQueries": queries}
    return msgspec.json.encode({"candidates": [candidate], **more})


def last_usage(*events: bytes) -> Usage:
    reader = gemini.StreamReader()
    deltas = [delta for data in events for delta in reader.read(data)]
    return [delta.usage for delta in deltas if isinstance(delta, UsageDelta)][-1]


def test_whole_and_streamed_answers_count_the_same() -> None:
    whole = event("ab", "q1", "q2", usageMetadata=FIGURES)
    usage = Usage(input_uncached=5, output_text=3, web_searches=2)
    assert gemini.peek_answer(whole).usage == gemini.read_answer(whole).usage == usage
    first, second = event("a", "q1"), event("b", "q1", "q2", usageMetadata=FIGURES)
    assert last_usage(first, second) == usage


def test_queries_that_are_told_after_the_figures_count() -> None:
    late = last_usage(event("a", usageMetadata=FIGURES), event("b", "q1"))
    assert late == Usage(input_uncached=5, output_text=3, web_searches=1)


def test_fields_may_be_written_with_underscores() -> None:
    candidate = {"content": {"parts": [{"text": "a"}]},
                 "grounding_metadata": {"web_search_queries": ["q"]}}  # fmt: skip
    told = {"prompt_token_count": 5, "candidates_token_count": 3}
    body = msgspec.json.encode({"candidates": [candidate], "usage_metadata": told})
    read = gemini.read_answer(body).usage
    assert read == Usage(input_uncached=5, output_text=3, web_searches=1)
