import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.token_counts import balance, read_counts
from vedette.model.usage import Usage

COUNTS = st.integers(0, 10**6)
NAMES = ("input", "output", "total", "cache_read", "cache_write", "cache_write_1h", "reasoning",
         "audio_input", "image_input", "audio_output", "image_output")  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), COUNTS), st.booleans())
def test_no_bucket_is_negative_and_all_parts_are_kept(counts: dict[str, int], apart: bool) -> None:
    usage = balance(counts, exclusive=apart).usage
    assert usage.input_uncached >= 0
    assert usage.output_text >= 0
    assert usage.cache_read == counts.get("cache_read", 0)
    assert usage.input_total >= counts.get("input", 0)
    assert usage.output_total >= counts.get("output", 0)


@given(COUNTS, COUNTS, COUNTS)
def test_inclusive_totals_stay_totals(uncached: int, read: int, made: int) -> None:
    usage = balance({"input": uncached + read, "output": made, "cache_read": read}).usage
    assert (usage.input_total, usage.output_total) == (uncached + read, made)


@pytest.mark.parametrize(
    ("counts", "usage", "rule"),
    [({"input": 10, "cache_read": 40}, Usage(10, 40), "exclusive"),
     ({"input": 50, "output": 5, "cache_read": 40, "total": 95}, Usage(50, 40, output_text=5),
      "exclusive"),
     ({"input": 50, "output": 5, "cache_read": 40, "total": 55}, Usage(10, 40, output_text=5),
      "inclusive"),
     ({"output": 5, "reasoning": 40}, Usage(output_text=5, reasoning=40), "inclusive"),
     ({"total": 7}, Usage(7), "")],
)  # fmt: skip
def test_parts_that_were_left_out_are_added(
    counts: dict[str, int], usage: Usage, rule: str
) -> None:
    assert balance(counts) == (usage, rule)


def test_kinds_of_what_was_read_from_a_cache_are_told_apart() -> None:
    details = {"cached_tokens": 60, "audio_tokens": 50,
               "cached_tokens_details": {"audio_tokens": 40, "image_tokens": 5}}  # fmt: skip
    raw = {"input_tokens": 100, "output_tokens": 9, "input_token_details": details,
           "output_token_details": {"audio_tokens": 4}}  # fmt: skip
    wanted = Usage(
        input_uncached=30, cache_read=15, cache_read_audio=40, cache_read_image=5, audio_input=10,
        output_text=5, audio_output=4,
    )  # fmt: skip
    assert read_counts({"gen_ai.usage.raw": json.dumps(raw)}).usage == wanted
    flat = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 9,
            "gen_ai.usage.cache_read.input_tokens": 60, "gen_ai.usage.audio.input_tokens": 50,
            "gen_ai.usage.details.cache_audio_read_tokens": 40,
            "gen_ai.usage.details.cache_image_read_tokens": 5,
            "gen_ai.usage.audio.output_tokens": 4}  # fmt: skip
    assert read_counts(flat).usage == wanted


@pytest.mark.parametrize(
    "attributes",
    [
        {"vedette.usage.web_searches": 3},
        {"gen_ai.usage.details.web_search_requests": "3"},
        {"gen_ai.usage.raw": {"server_tool_use": {"web_search_requests": 3}}},
        {"ai.response.providerMetadata": json.dumps(
            {"anthropic": {"usage": {"server_tool_use": {"web_search_requests": 3}}}})},
    ],
    ids=["vedette", "details", "raw", "ai sdk"],
)  # fmt: skip
def test_searches_of_providers_are_read(attributes: dict[str, Any]) -> None:
    told = {"gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 2}
    assert read_counts(told | attributes).usage == Usage(10, output_text=2, web_searches=3)


@pytest.mark.parametrize("written", [json.dumps, dict])
def test_langfuse_counts_its_buckets_apart(written: Any) -> None:
    details = {"input": 10, "output": 5, "cache_read_input_tokens": 3, "output_reasoning_tokens": 2}
    found = read_counts({"langfuse.observation.usage_details": written(details)})
    wanted = Usage(input_uncached=10, cache_read=3, output_text=5, reasoning=2)
    assert found == (wanted, "exclusive")


def test_openais_own_object_is_inclusive_at_langfuse_too() -> None:
    details = {"prompt_tokens": 10, "completion_tokens": 5,
               "prompt_tokens_details": {"cached_tokens": 3}}  # fmt: skip
    found = read_counts({"langfuse.observation.usage_details": details})
    assert found.usage == Usage(input_uncached=7, cache_read=3, output_text=5)


def test_an_object_fills_in_what_the_attributes_lack() -> None:
    raw = {"completion_tokens": 99, "completion_tokens_details": {"reasoning_tokens": 4}}
    found = read_counts({
        "gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.raw": json.dumps(raw),
    })  # fmt: skip
    assert found.usage == Usage(input_uncached=10, output_text=1, reasoning=4)


def test_writes_for_an_hour_are_told_apart() -> None:
    usage = {"cache_creation_input_tokens": 30,
             "cache_creation": {"ephemeral_1h_input_tokens": 20}}  # fmt: skip
    found = read_counts({
        "ai.usage.inputTokens": 100,
        "ai.response.providerMetadata": json.dumps({"anthropic": {"usage": usage}}),
    })  # fmt: skip
    assert found.usage == Usage(input_uncached=70, cache_write=10, cache_write_1h=20)


@pytest.mark.parametrize("value", ["", "[]", "{", None, 7, {"input": "x"}, {"input": {"a": 1}}])
def test_what_is_no_object_counts_nothing(value: Any) -> None:
    assert read_counts({"mlflow.chat.tokenUsage": value}).usage == Usage()


def test_mlflow_tells_of_reasoning_in_the_answer_alone() -> None:
    attributes = {
        "mlflow.chat.tokenUsage": '{"input_tokens": 10, "output_tokens": 200}',
        "mlflow.spanOutputs": json.dumps(
            {"usage": {"completion_tokens_details": {"reasoning_tokens": 50}}}
        ),
    }
    usage = read_counts(attributes).usage
    assert (usage.input_total, usage.output_text, usage.reasoning) == (10, 150, 50)
    for said in ('{"usage": "reasoning_tokens"}', "reasoning_tokens", 5, ["reasoning_tokens"]):
        assert read_counts(attributes | {"mlflow.spanOutputs": said}).usage.output_text == 200
