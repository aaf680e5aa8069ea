"""Token figures of Bedrock."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.bedrock_usage import read_usage, write_usage
from vedette.model.usage import Usage


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            {"inputTokens": 4, "outputTokens": 2, "totalTokens": 6},
            Usage(input_uncached=4, output_text=2),
        ),
        (
            {
                "inputTokens": 4,
                "outputTokens": 2,
                "totalTokens": 156,
                "cacheReadInputTokens": 50,
                "cacheWriteInputTokens": 100,
                "cacheDetails": [{"ttl": "1h", "inputTokens": 30}, {"ttl": "5m"}, 5, {"ttl": []}],
            },
            Usage(
                input_uncached=4, cache_read=50, cache_write=70, cache_write_1h=30, output_text=2
            ),
        ),
        (
            {"inputTokens": 4, "cacheReadInputTokenCount": 3, "cacheWriteInputTokenCount": 0},
            Usage(input_uncached=4, cache_read=3),
        ),
        (
            {"inputTokens": -1, "cacheDetails": [{"ttl": "1h", "inputTokens": 9}]},
            Usage(),
        ),
        ({"totalTokens": 3}, None),
        (None, None),
    ],
)
def test_figures_are_disjoint(figures: Any, expected: Usage | None) -> None:
    assert read_usage(figures) == expected


COUNTS = st.integers(0, 10**9)


@given(st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS, output_text=COUNTS))
def test_what_was_written_reads_the_same(usage: Usage) -> None:
    figures = write_usage(usage)
    assert read_usage(figures) == usage
    parts = ("inputTokens", "outputTokens", "cacheReadInputTokens", "cacheWriteInputTokens")
    assert figures["totalTokens"] == sum(figures.get(name, 0) for name in parts)


def test_sounds_and_pictures_are_input_and_thoughts_are_output() -> None:
    usage = Usage(input_uncached=1, audio_input=2, image_input=3, output_text=4, reasoning=5)
    assert write_usage(usage) == {"inputTokens": 6, "outputTokens": 9, "totalTokens": 15}
    assert write_usage(None) == {"inputTokens": 0, "outputTokens": 0, "totalTokens": 0}
