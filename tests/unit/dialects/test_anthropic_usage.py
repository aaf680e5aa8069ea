"""Token figures of Anthropic, both ways."""

from typing import Any

import pytest
from anthropic.types import MessageDeltaUsage
from anthropic.types import Usage as OfficialUsage
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.anthropic_usage import read_usage, write_last_usage, write_usage
from vedette.model.usage import Usage

COUNTS = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"input_tokens": 4, "output_tokens": 2}, Usage(input_uncached=4, output_text=2)),
        (
            {
                "input_tokens": 4,
                "cache_creation_input_tokens": 100,
                "cache_read_input_tokens": 50,
                "cache_creation": {"ephemeral_1h_input_tokens": 30},
                "output_tokens": 20,
                "output_tokens_details": {"thinking_tokens": 15},
            },
            Usage(
                input_uncached=4,
                cache_read=50,
                cache_write=70,
                cache_write_1h=30,
                output_text=5,
                reasoning=15,
            ),
        ),
        (
            {
                "input_tokens": -1,
                "output_tokens": 3,
                "output_tokens_details": {"thinking_tokens": 9},
            },
            Usage(reasoning=3),
        ),
        ({"cost": 1}, None),
        (None, None),
    ],
)
def test_figures_are_disjoint(figures: Any, expected: Usage | None) -> None:
    assert read_usage(figures) == expected


@given(
    st.builds(
        Usage, input_uncached=COUNTS, cache_read=COUNTS, cache_write=COUNTS, cache_write_1h=COUNTS,
        output_text=COUNTS, reasoning=COUNTS, web_searches=COUNTS,
    )
)  # fmt: skip
def test_figures_come_back_as_they_were(usage: Usage) -> None:
    written = write_usage(usage)
    OfficialUsage.model_validate(written, strict=True)
    assert read_usage(written) == usage


@given(
    st.builds(Usage, audio_input=COUNTS, image_input=COUNTS, audio_output=COUNTS,
              image_output=COUNTS, input_uncached=COUNTS, cache_read_audio=COUNTS)
)  # fmt: skip
def test_every_token_is_counted_once(usage: Usage) -> None:
    read = read_usage(write_usage(usage))
    assert read is not None
    assert (read.input_total, read.output_total) == (usage.input_total, usage.output_total)


def test_the_last_figures_are_what_the_official_client_takes() -> None:
    usage = Usage(input_uncached=1, cache_write=2, cache_write_1h=3, output_text=4)
    written = write_last_usage(usage)
    MessageDeltaUsage.model_validate(written, strict=True)
    assert written["cache_creation_input_tokens"] == 5
    assert "cache_creation" not in written


def test_no_figures_are_zeros() -> None:
    assert read_usage(write_usage(None)) == Usage()
