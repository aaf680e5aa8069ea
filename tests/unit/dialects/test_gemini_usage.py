from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.gemini_usage import buckets, read_figures, read_usage, write_usage
from vedette.model.usage import Usage


def modalities(**counts: int) -> list[dict[str, Any]]:
    return [{"modality": name, "tokenCount": count} for name, count in counts.items()]


@pytest.mark.parametrize(
    ("figures", "usage"),
    [
        ({"promptTokenCount": 5, "candidatesTokenCount": 7, "totalTokenCount": 12},
         Usage(input_uncached=5, output_text=7)),
        ({"promptTokenCount": 100, "cachedContentTokenCount": 60, "candidatesTokenCount": 7,
          "thoughtsTokenCount": 30, "toolUsePromptTokenCount": 11, "totalTokenCount": 148},
         Usage(input_uncached=51, cache_read=60, output_text=7, reasoning=30)),
        ({"promptTokenCount": 5, "totalTokenCount": 45, "thoughtsTokenCount": 40},
         Usage(input_uncached=5, reasoning=40)),
        ({"prompt_token_count": 5, "total_token_count": 8},
         Usage(input_uncached=5, output_text=3)),
        ({"promptTokenCount": 300, "cachedContentTokenCount": 100, "candidatesTokenCount": 50,
          "promptTokensDetails": modalities(TEXT=20, AUDIO=80, IMAGE=150, VIDEO=50),
          "cacheTokensDetails": modalities(IMAGE=100),
          "candidatesTokensDetails": modalities(TEXT=10, IMAGE=15, AUDIO=25)},
         Usage(input_uncached=70, cache_read_image=100, audio_input=80, image_input=50,
               output_text=10, image_output=15, audio_output=25)),
        ({"promptTokenCount": 300, "cachedContentTokenCount": 200, "candidatesTokenCount": 5,
          "promptTokensDetails": modalities(TEXT=100, AUDIO=200),
          "cacheTokensDetails": modalities(TEXT=50, AUDIO=150)},
         Usage(input_uncached=50, cache_read=50, cache_read_audio=150, audio_input=50,
               output_text=5)),
        ({"promptTokenCount": -5, "candidatesTokenCount": "7"}, Usage()),
        ({"promptTokenCount": 5, "cachedContentTokenCount": 9, "totalTokenCount": 1},
         Usage(cache_read=5)),
        ({"trafficType": "ON_DEMAND"}, None),
        (None, None),
    ],
)  # fmt: skip
def test_figures_are_disjoint(figures: Any, usage: Usage | None) -> None:
    assert read_usage(figures) == usage


counts = st.integers(0, 10_000)


@given(prompt=counts, cached=counts, output=counts, thoughts=counts, tools=counts)
def test_the_parts_sum_to_the_total(
    prompt: int, cached: int, output: int, thoughts: int, tools: int
) -> None:
    total = prompt + output + thoughts + tools
    usage = read_usage(
        {
            "promptTokenCount": prompt,
            "cachedContentTokenCount": min(cached, prompt),
            "candidatesTokenCount": output,
            "thoughtsTokenCount": thoughts,
            "toolUsePromptTokenCount": tools,
            "totalTokenCount": total,
        }
    )
    assert usage is not None
    assert usage.input_total + usage.output_total == total


@given(
    st.builds(
        Usage,
        input_uncached=counts,
        cache_read=counts,
        audio_input=counts,
        image_input=counts,
        output_text=counts,
        reasoning=counts,
        audio_output=counts,
        image_output=counts,
        cache_read_audio=counts,
        cache_read_image=counts,
    )
)
def test_figures_written_read_the_same(usage: Usage) -> None:
    assert read_usage(write_usage(usage)) == usage


def test_what_was_written_to_a_cache_is_input_like_any_other() -> None:
    written = write_usage(Usage(input_uncached=1, cache_write=2, cache_write_1h=3, output_text=4))
    assert (written["promptTokenCount"], written["totalTokenCount"]) == (6, 10)


names = st.sampled_from(["promptTokenCount", "totalTokenCount", "promptTokensDetails"])
details = st.dictionaries(
    st.sampled_from(["modality", "tokenCount"]), st.integers() | st.just("AUDIO")
)


@given(st.dictionaries(names, st.none() | st.integers() | st.text(max_size=3) | st.lists(details)))
def test_no_figures_are_an_error_and_none_is_negative(value: dict[str, Any]) -> None:
    figures = read_figures(value)
    if figures is not None:
        usage = buckets(figures)
        assert min(usage.input_uncached, usage.audio_input, usage.output_text) >= 0
