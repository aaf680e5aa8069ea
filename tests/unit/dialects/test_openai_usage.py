"""Each token once, and never fewer than none."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.openai_usage import read_usage, read_usage_bytes
from vedette.model.usage import Usage

COUNT = st.integers(0, 10_000)


def test_parts_are_taken_out_of_the_totals() -> None:
    assert read_usage(
        {
            "prompt_tokens": 1000,
            "completion_tokens": 500,
            "total_tokens": 1500,
            "prompt_tokens_details": {"cached_tokens": 800, "audio_tokens": 50, "image_tokens": 30},
            "completion_tokens_details": {"reasoning_tokens": 300, "audio_tokens": 40},
        }
    ) == Usage(
        input_uncached=120,
        cache_read=800,
        audio_input=50,
        image_input=30,
        output_text=160,
        reasoning=300,
        audio_output=40,
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"prompt_tokens": 8, "total_tokens": 8}, Usage(input_uncached=8)),
        ({"input_tokens": 3, "output_tokens": 2}, Usage(input_uncached=3, output_text=2)),
        (
            {"prompt_tokens": 12, "completion_tokens": 1, "prompt_cache_hit_tokens": 8},
            Usage(input_uncached=4, cache_read=8, output_text=1),
        ),
        # xAI: reasoning stands beside the completion.
        (
            {
                "prompt_tokens": 10,
                "completion_tokens": 5,
                "total_tokens": 115,
                "completion_tokens_details": {"reasoning_tokens": 100},
            },
            Usage(input_uncached=10, output_text=5, reasoning=100),
        ),
        # Gemini's compatible endpoint: thoughts only in the total.
        (
            {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 40},
            Usage(input_uncached=10, output_text=5, reasoning=25),
        ),
        # Cached tokens beside the prompt.
        (
            {
                "prompt_tokens": 10,
                "completion_tokens": 5,
                "total_tokens": 1015,
                "prompt_tokens_details": {"cached_tokens": 1000},
            },
            Usage(input_uncached=10, cache_read=1000, output_text=5),
        ),
        (
            {"prompt_tokens": 20, "prompt_tokens_details": {"cache_write_tokens": 15}},
            Usage(input_uncached=5, cache_write=15),
        ),
        # Transcriptions: `input_token_details`.
        (
            {
                "type": "tokens",
                "input_tokens": 140,
                "input_token_details": {"text_tokens": 20, "audio_tokens": 120},
                "output_tokens": 45,
                "total_tokens": 185,
            },
            Usage(input_uncached=20, audio_input=120, output_text=45),
        ),
        # Realtime: what was read from the cache stands in the figures of each kind, too.
        (
            {
                "input_tokens": 300,
                "output_tokens": 90,
                "total_tokens": 390,
                "input_token_details": {
                    "text_tokens": 150,
                    "audio_tokens": 150,
                    "cached_tokens": 200,
                    "cached_tokens_details": {"text_tokens": 100, "audio_tokens": 100},
                },
                "output_token_details": {"text_tokens": 30, "audio_tokens": 60},
            },
            Usage(
                input_uncached=50,
                cache_read=100,
                cache_read_audio=100,
                audio_input=50,
                output_text=30,
                audio_output=60,
            ),
        ),
        # Perplexity, and OpenRouter.
        (
            {
                "prompt_tokens": 5,
                "completion_tokens": 3,
                "total_tokens": 8,
                "num_search_queries": 4,
            },
            Usage(input_uncached=5, output_text=3, web_searches=4),
        ),
        (
            {
                "prompt_tokens": 5,
                "completion_tokens": 3,
                "total_tokens": 8,
                "server_tool_use": {"web_search_requests": 2},
            },
            Usage(input_uncached=5, output_text=3, web_searches=2),
        ),
        # More of a kind in the cache than there is.
        (
            {
                "prompt_tokens": 10,
                "completion_tokens": 0,
                "total_tokens": 10,
                "prompt_tokens_details": {
                    "cached_tokens": 6,
                    "audio_tokens": 9,
                    "cached_tokens_details": {"audio_tokens": 8, "image_tokens": 8},
                },
            },
            Usage(cache_read_audio=6, audio_input=3, input_uncached=1),
        ),
        # Voyage AI's embeddings.
        ({"total_tokens": 9}, Usage(input_uncached=9)),
        ({"prompt_tokens": None, "completion_tokens": "9"}, Usage()),
        ({"prompt_tokens": -5, "completion_tokens": 3.0}, Usage(output_text=3)),
        ({"prompt_tokens": True, "completion_tokens": 2.5}, Usage()),
        ({"prompt_tokens": 5, "prompt_tokens_details": []}, Usage(input_uncached=5)),
    ],
)
def test_what_providers_send(figures: dict[str, Any], expected: Usage) -> None:
    assert read_usage(figures) == expected


@pytest.mark.parametrize("value", [None, {}, [], "x", 5, {"cost": 1}])
def test_no_figures_are_no_usage(value: object) -> None:
    assert read_usage(value) is None


@given(
    prompt=COUNT,
    completion=COUNT,
    inputs=st.fixed_dictionaries({}, optional={"cached_tokens": COUNT, "audio_tokens": COUNT}),
    outputs=st.fixed_dictionaries({}, optional={"reasoning_tokens": COUNT, "audio_tokens": COUNT}),
)
def test_the_parts_sum_to_the_totals(
    prompt: int, completion: int, inputs: dict[str, int], outputs: dict[str, int]
) -> None:
    usage = read_usage(
        {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
            "prompt_tokens_details": inputs,
            "completion_tokens_details": outputs,
        }
    )
    assert usage is not None
    assert (usage.input_total, usage.output_total) == (prompt, completion)


WILD = st.integers(-5, 2**80) | st.floats() | st.none() | st.text(max_size=3)


@given(
    st.dictionaries(
        st.sampled_from(
            ["prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens", "input_tokens"]
        ),
        WILD,
    ),
    st.dictionaries(st.sampled_from(["cached_tokens", "audio_tokens", "image_tokens"]), WILD),
    st.dictionaries(st.sampled_from(["reasoning_tokens", "audio_tokens"]), WILD),
)
def test_contradictions_never_make_a_bucket_negative(
    figures: dict[str, Any], inputs: dict[str, Any], outputs: dict[str, Any]
) -> None:
    usage = read_usage(
        {**figures, "prompt_tokens_details": inputs, "completion_tokens_details": outputs}
    )
    if usage is not None:
        assert min(
            usage.input_uncached, usage.cache_read, usage.cache_write, usage.audio_input,
            usage.image_input, usage.output_text, usage.reasoning, usage.audio_output,
        ) >= 0  # fmt: skip


TEXTS = (
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":85}',
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":85,"prompt_tokens_details":null}',
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":85,"prompt_tokens_details":'
    b'{"cached_tokens":5,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":9,'
    b'"audio_tokens":0,"accepted_prediction_tokens":1,"rejected_prediction_tokens":2}}',
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":85,"prompt_tokens_details":'
    b'{"cached_tokens":5,"audio_tokens":7}}',
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":99}',
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":85,"prompt_cache_hit_tokens":4}',
    b'{"prompt_tokens":25,"completion_tokens":60,"total_tokens":85,"prompt_tokens_details":'
    b'{"cached_tokens":26}}',
    b'{"prompt_tokens":25.0,"completion_tokens":60,"total_tokens":85}',
    b'{"prompt_tokens":-1,"completion_tokens":1,"total_tokens":0}',
    b'{"prompt_tokens":9007199254740993,"completion_tokens":0,"total_tokens":9007199254740993}',
    b'{"prompt_tokens":"25","completion_tokens":null}',
    b'{"input_tokens":3,"output_tokens":4}',
    b"{}", b"null", b"[]", b'"none"', b"7",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_quick_way_reads_what_the_slow_one_does(text: bytes) -> None:
    assert read_usage_bytes(msgspec.Raw(text)) == read_usage(msgspec.json.decode(text))


def test_no_usage_is_none() -> None:
    assert read_usage_bytes(msgspec.Raw()) is None
