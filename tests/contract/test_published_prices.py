"""What genai-prices does not read off answers costs what the providers publish."""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from tests.support.recordings import OWN
from vedette.costs.prices import PriceIndex
from vedette.dialects import anthropic, openai_responses, openai_usage
from vedette.model.usage import Usage

INDEX = PriceIndex.load()
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Published(NamedTuple):
    """An answer, and what it costs by the price page of its provider, in micro-dollars."""

    provider: str
    model: str
    usage: Usage
    micro_usd: float


SEARCHED = Usage(input_uncached=100_000, output_text=100_000, web_searches=100)
PUBLISHED = {
    # $3 and $15; $10 for a thousand searches.
    "claude": Published("anthropic", "claude-sonnet-4-5", SEARCHED, 2.8e6),
    # $1.25 and $10; $10 for a thousand searches of the web, $2.50 in files.
    "gpt-5": Published("openai", "gpt-5", SEARCHED, 2.125e6),
    "files": Published("openai", "gpt-5", Usage(file_searches=3), 7_500),
    # $2.50 and $10; $25 for a thousand searches of a chat model that searches always.
    "gpt-4o": Published("openai", "gpt-4o-search-preview", replace(SEARCHED, web_searches=1),
                        1.25e6 + 25_000),
    "gpt-5 search": Published("openai", "gpt-5-search-api", Usage(web_searches=1), 10_000),
    # $35 for a thousand prompts that were grounded, $14 for a thousand queries from Gemini 3 on.
    "gemini 2.5": Published("google", "gemini-2.5-pro", Usage(web_searches=4), 35_000),
    "gemini 3": Published("google", "gemini-3-pro-preview", Usage(web_searches=4), 56_000),
    # gpt-realtime: $4 text, $32 sound, $0.40 of both from the cache, $16 and $64 out.
    "realtime": Published(
        "openai", "gpt-realtime",
        Usage(input_uncached=100, cache_read=50, audio_input=200, cache_read_audio=70,
              output_text=10, audio_output=20),
        400 + 20 + 6_400 + 28 + 160 + 1_280,
    ),
    # Gemini 2.5 Flash: $0.30 text, $1.00 sound, $0.03 text and $0.10 sound from the cache, $2.50.
    "gemini sound": Published(
        "google", "gemini-2.5-flash",
        Usage(input_uncached=1000, cache_read=1000, audio_input=1000, cache_read_audio=1000,
              output_text=1000),
        300 + 30 + 1_000 + 100 + 2_500,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_searches_and_cached_sound_cost_what_is_published(name: str) -> None:
    told = PUBLISHED[name]
    price = INDEX.price(told.provider, told.model, round(AT.timestamp()) * 10**9)
    assert price is not None
    assert price.unpriced_of(told.usage) == ()
    assert price.cost_nano_usd(told.usage) == round(told.micro_usd * 1000)


def test_recorded_searches_are_counted_and_cost() -> None:
    for path, dialect, provider, model, nano_usd in (
        ("anthropic/search.json", anthropic, "anthropic", "claude-sonnet-4-5", 10_171_000),
        ("openai_responses/search.json", openai_responses, "openai", "gpt-5.1", 10_607_500),
    ):
        usage = dialect.peek_answer((OWN / path).read_bytes()).usage
        assert usage is not None
        assert usage.web_searches == 1
        price = INDEX.price(provider, model, round(AT.timestamp()) * 10**9)
        assert price is not None
        assert price.cost_nano_usd(usage) == nano_usd


def test_a_transcription_costs_what_openai_publishes() -> None:
    """gpt-4o-transcribe, in dollars for a million tokens: text 2.50, audio 6.00, output 10.00."""
    figures = {
        "type": "tokens",
        "input_tokens": 140,
        "input_token_details": {"text_tokens": 20, "audio_tokens": 120},
        "output_tokens": 45,
        "total_tokens": 185,
    }
    price = INDEX.price("openai", "gpt-4o-transcribe", round(AT.timestamp()) * 10**9)
    usage = openai_usage.read_usage(figures)
    assert price is not None
    assert usage is not None
    assert price.cost_nano_usd(usage) == 1_220_000
