"""Token figures, written and read again."""

from hypothesis import given
from hypothesis import strategies as st
from openai.types import CompletionUsage
from openai.types.responses import ResponseUsage

from vedette.dialects.openai_usage import read_usage
from vedette.dialects.openai_usage_writer import write_chat_usage, write_response_usage
from vedette.model.usage import Usage

COUNT = st.integers(0, 10_000)
BUCKETS = (
    "input_uncached", "cache_read", "cache_write", "audio_input", "image_input", "output_text",
    "reasoning", "audio_output", "image_output", "cache_read_audio", "cache_read_image",
)  # fmt: skip
usages = st.builds(Usage, **dict.fromkeys(BUCKETS, COUNT))


@given(usages)
def test_chat_figures_come_back(usage: Usage) -> None:
    written = write_chat_usage(usage)
    assert read_usage(written) == usage
    CompletionUsage.model_validate(written, strict=True)


@given(usages)
def test_response_figures_come_back(usage: Usage) -> None:
    written = write_response_usage(usage)
    assert read_usage(written) == usage
    ResponseUsage.model_validate(written, strict=True)


def test_the_totals_include_everything() -> None:
    usage = Usage(input_uncached=1, cache_read=2, cache_write=4, cache_write_1h=8, output_text=16)
    for written, names in (
        (write_chat_usage(usage), ("prompt_tokens", "completion_tokens")),
        (write_response_usage(usage), ("input_tokens", "output_tokens")),
    ):
        assert [written[name] for name in (*names, "total_tokens")] == [15, 16, 31]
