"""Prices against genai-prices itself, and what it does not decide."""

import random
import warnings
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec
import pytest
from genai_prices import Usage as OracleUsage
from genai_prices import types
from genai_prices.data import providers
from genai_prices.data_snapshot import get_snapshot

from tools.compile_prices import compile_prices
from vedette.costs.price_data import (
    BUCKETS,
    CACHED,
    Equals,
    ModelRow,
    Period,
    PriceFile,
    ProviderRow,
    Sheet,
)
from vedette.costs.price_json import TIER_KEYS
from vedette.costs.prices import LOCAL_PROVIDERS, PriceIndex
from vedette.model.usage import Usage

INDEX = PriceIndex.load()
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TOKEN_KEYS = ("mtok", "requests_kcount")


def ns(moment: datetime) -> int:
    return round(moment.timestamp()) * 10**9


def oracle_usage(usage: Usage) -> OracleUsage:
    """The same call in the inclusive counts of genai-prices; our texts are texts."""
    written = usage.cache_write + usage.cache_write_1h
    text_input = usage.input_uncached + usage.cache_read + written
    heard = usage.audio_input + usage.cache_read_audio
    seen = usage.image_input + usage.cache_read_image
    return OracleUsage(
        input_tokens=usage.input_total,
        output_tokens=usage.output_total,
        cache_read_tokens=usage.cache_read_total,
        cache_write_tokens=written,
        cache_write_5m_tokens=usage.cache_write,
        cache_write_1h_tokens=usage.cache_write_1h,
        input_text_tokens=text_input,
        cache_text_read_tokens=usage.cache_read,
        cache_text_write_tokens=written,
        cache_text_write_5m_tokens=usage.cache_write,
        cache_text_write_1h_tokens=usage.cache_write_1h,
        input_audio_tokens=heard,
        input_image_tokens=seen,
        output_text_tokens=usage.output_text + usage.reasoning,
        output_reasoning_tokens=usage.reasoning,
        output_text_reasoning_tokens=usage.reasoning,
        output_audio_tokens=usage.audio_output,
        output_image_tokens=usage.image_output,
        cache_audio_read_tokens=usage.cache_read_audio,
        cache_image_read_tokens=usage.cache_read_image,
        audio_seconds=0,
        input_audio_seconds=0,
        input_video_tokens=0,
        output_video_tokens=0,
        output_citation_tokens=0,
    )


def oracle_nano_usd(
    provider: str, model: str, usage: Usage, at: datetime, context: Any = None
) -> tuple[int, types.ModelPrice]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = get_snapshot().calc(
            oracle_usage(usage), model, provider, None, at, price_context=context
        )
    nano = (found.total_price * 10**9).quantize(Decimal(1), ROUND_HALF_UP)
    return int(nano), found.model_price


def is_priced(price: types.ModelPrice) -> bool:
    return any(key.endswith(TOKEN_KEYS) for key, value in vars(price).items() if value is not None)


def random_usage(chance: random.Random) -> Usage:
    """Small and large calls, on both sides of the usual tiers."""
    scale = chance.choice((10, 1_000, 150_000, 600_000))
    names = (*BUCKETS, *CACHED)
    counts = {name: chance.randrange(scale) for name in names if chance.random() < 0.6}
    return msgspec.convert(counts, Usage)


MODELS = [(provider.id, model.id) for provider in providers for model in provider.models]
MOMENTS = (NOW, NOW - timedelta(days=200), NOW - timedelta(days=700), NOW + timedelta(hours=13))


@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: at.date().isoformat() + f"-{at.hour}h")
def test_every_priced_model_costs_what_genai_prices_says(at: datetime) -> None:
    chance = random.Random(at.toordinal())
    wrong, compared = [], 0
    for provider, model in MODELS:
        usage = random_usage(chance)
        price = INDEX.price(provider, model, ns(at))
        try:
            expected, model_price = oracle_nano_usd(provider, model, usage, at)
        except LookupError:
            # A few rows are not found by their own id.
            assert price is None
            continue
        if not is_priced(model_price):
            # Free by name, or unknown: genai-prices has no figure and says nothing.
            assert price is None or price.cost_nano_usd(usage) == 0
            continue
        compared += 1
        actual = None if price is None else price.cost_nano_usd(usage)
        # Float dirt in a few prices (0.18000000000000002) is below an atto-dollar.
        if actual is None or abs(actual - expected) > 1:
            wrong.append((provider, model, usage, actual, expected))
    assert not wrong, wrong[:5]
    assert compared > 2_000


TIERED = [
    (provider.id, model.id, variant.when)
    for provider in providers
    for model in provider.models
    for variant in model.price_variants or ()
    if set(variant.when) <= TIER_KEYS
]


@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: at.date().isoformat() + f"-{at.hour}h")
def test_every_service_tier_costs_what_genai_prices_says(at: datetime) -> None:
    chance, wrong, differ = random.Random(at.toordinal()), [], 0
    for provider, model, context in TIERED:
        usage = random_usage(chance)
        (tier,) = context.values()
        price = INDEX.price(provider, model, ns(at), tier)
        usual = INDEX.price(provider, model, ns(at))
        try:
            expected, model_price = oracle_nano_usd(provider, model, usage, at, dict(context))
        except LookupError:
            assert price is None
            continue
        if not is_priced(model_price):
            assert price is None or price.cost_nano_usd(usage) == 0
            continue
        assert price is not None
        assert usual is not None
        actual = price.cost_nano_usd(usage)
        differ += actual != usual.cost_nano_usd(usage)
        if abs(actual - expected) > 1:
            wrong.append((provider, model, tier, usage, actual, expected))
    assert not wrong, wrong[:5]
    assert differ > 100 or at < NOW


def test_a_tier_without_a_price_of_its_own_costs_the_usual() -> None:
    price = INDEX.price("openai", "gpt-4o", ns(NOW), "no-such")
    assert price is not None
    assert price.cost_nano_usd(Usage(input_uncached=200, cache_read=800)) == 1_500_000


def test_the_shipped_file_is_compiled_from_the_installed_data() -> None:
    compiled = compile_prices(INDEX.version.rpartition(" ")[2])
    assert INDEX.version == compiled.version
    again = PriceIndex(compiled)
    for provider, model in MODELS[::7]:
        mine, theirs = (index.price(provider, model, ns(NOW)) for index in (INDEX, again))
        usage = Usage(*range(1, 15))
        assert (mine and mine.cost_nano_usd(usage)) == (theirs and theirs.cost_nano_usd(usage))


REFERENCES = [
    ("openai", "gpt-4o-2024-08-06"), ("openai", "GPT-4o"), ("OpenAI ", "gpt-4o"),
    ("azure", "gpt-4o"), ("azure", "claude-sonnet-4-5"), ("anthropic", "claude-3-5-haiku-latest"),
    ("aws", "us.anthropic.claude-sonnet-4-20250514-v1:0"), ("google", "gemini-2.5-pro"),
    ("google-vertex", "claude-sonnet-4"), ("openai", "gpt-5.2-20251211"),
    ("openai", "gpt-5.2-20259999"), ("groq", "llama-3.3-70b-versatile"), ("openai", "no-such"),
    ("nobody", "gpt-4o"), ("openrouter", "openai/gpt-4o"), ("together", "gpt-4o"),
]  # fmt: skip


@pytest.mark.parametrize(("provider", "model"), REFERENCES)
def test_names_are_found_as_genai_prices_finds_them(provider: str, model: str) -> None:
    usage = Usage(input_uncached=1234, output_text=567)
    price = INDEX.price(provider, model, ns(NOW))
    try:
        expected, _ = oracle_nano_usd(provider, model, usage, NOW)
    except LookupError:
        assert price is None
        return
    assert price is not None
    assert price.cost_nano_usd(usage) == expected


def test_cached_tokens_are_not_paid_twice() -> None:
    price = INDEX.price("openai", "gpt-4o", ns(NOW))
    assert price is not None
    assert price.cost_nano_usd(Usage(input_uncached=200, cache_read=800)) == 1_500_000
    assert price.cost_nano_usd(Usage()) == 0


@pytest.mark.parametrize("provider", sorted(LOCAL_PROVIDERS))
def test_local_models_are_free(provider: str) -> None:
    price = INDEX.price(provider.upper(), "anything", ns(NOW))
    assert price is not None
    assert price.cost_nano_usd(Usage(input_uncached=10**9, output_text=10**9)) == 0


@pytest.mark.parametrize(
    ("provider", "model"), [("", "gpt-4o"), ("openai", ""), ("openai", "x" * 10_000), ("", "")]
)
def test_what_is_unknown_has_no_price(provider: str, model: str) -> None:
    assert INDEX.price(provider, model, 0) is None


def test_a_free_model_is_free_and_an_unpriced_one_unknown() -> None:
    free = INDEX.price("openrouter", "google/gemma-3-27b-it:free", ns(NOW))
    assert free is not None
    assert free.cost_nano_usd(Usage(input_uncached=10)) == 0
    assert INDEX.price("huggingface_together", "ServiceNow-AI/Apriel-1.6-15b-Thinker", 0) is None
    assert INDEX.price("groq", "whisper-large-v3", ns(NOW)) is None


def test_memory_of_names_is_bounded() -> None:
    index = PriceIndex.load()
    for number in range(20_000):
        index.price("ollama", f"model-{number}", 0)
    assert len(index._memo) <= 8_192


def make_index(*periods: Period) -> PriceIndex:
    rows = msgspec.msgpack.encode([ModelRow("m", Equals("m"), periods)])
    return PriceIndex(PriceFile("v", (ProviderRow("p", None, (), msgspec.Raw(rows)),)))


def sheet(rate: int, **more: Any) -> Sheet:
    return Sheet((rate * 10**9,) + (0,) * 9, **more)


ONE = Usage(input_uncached=1)


def cost(index: PriceIndex, at: datetime, usage: Usage = ONE) -> int | None:
    price = index.price("p", "m", ns(at))
    return None if price is None else price.cost_nano_usd(usage)


def test_prices_change_with_the_day() -> None:
    start = datetime.combine(date(2026, 3, 1), datetime.min.time(), UTC)
    index = make_index(Period(sheet(1)), Period(sheet(2), from_ns=ns(start)), Period(None, 2**62))
    assert cost(index, start - timedelta(seconds=1)) == 1
    assert cost(index, start) == 2
    assert cost(index, datetime(2199, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("start_h", "end_h", "inside", "outside"),
    [(8, 16, (8, 12, 15), (0, 7, 16, 23)), (22, 6, (22, 23, 0, 5), (6, 12, 21))],
)
def test_prices_change_with_the_hour(
    start_h: int, end_h: int, inside: tuple[int, ...], outside: tuple[int, ...]
) -> None:
    hour = 3_600 * 10**9
    index = make_index(Period(sheet(1)), Period(sheet(2), None, (start_h * hour, end_h * hour)))
    for at in inside:
        assert cost(index, NOW.replace(hour=at)) == 2
    for at in outside:
        assert cost(index, NOW.replace(hour=at)) == 1


def test_a_tier_holds_for_all_tokens_beyond_its_start() -> None:
    tiers = ((100, sheet(2).rates), (200, sheet(3).rates))
    index = make_index(Period(sheet(1, tiers=tiers)))
    for tokens, expected in ((100, 100), (101, 202), (200, 400), (201, 603)):
        assert cost(index, NOW, Usage(input_uncached=tokens)) == expected
    assert cost(index, NOW, Usage(input_uncached=90, cache_read=20)) == 180


def test_a_file_of_an_older_version_is_read() -> None:
    """Its sheets have no more than rates, tiers and the price of a call."""
    old = msgspec.msgpack.encode(
        [
            "m",
            ["=", "m"],
            [[[[10**9] * 4 + [2 * 10**9] * 6, [[100, [3 * 10**9] * 10]], 0], None, None]],
        ]
    )
    rows = msgspec.Raw(b"\x91" + old)
    index = PriceIndex(PriceFile("v", (ProviderRow("p", None, (), rows),)))
    assert cost(index, NOW, Usage(cache_read_audio=5, audio_input=1)) == 7
    assert cost(index, NOW, Usage(cache_read_audio=101)) == 303
    price = index.price("p", "m", ns(NOW))
    assert price is not None
    assert price.unpriced_of(Usage(web_searches=1)) == ("web_searches",)


def test_searches_may_be_paid_by_the_call() -> None:
    by_call = Sheet((0,) * 10, web_search_atto_usd=7 * 10**9, searches_by_call=True)
    one_by_one = Sheet((0,) * 10, web_search_atto_usd=7 * 10**9)
    for told, expected in ((by_call, 7), (one_by_one, 21)):
        assert cost(make_index(Period(told)), NOW, Usage(web_searches=3)) == expected


def test_a_call_may_cost_by_itself_and_halves_round_up() -> None:
    index = make_index(Period(Sheet((0,) * 10, request_atto_usd=1_500_000_000)))
    assert cost(index, NOW, Usage()) == 2


def test_sums_are_exact_however_large() -> None:
    index = make_index(Period(Sheet((333_333_333,) * 10)))
    assert (
        cost(index, NOW, msgspec.convert(dict.fromkeys(BUCKETS, 10**12), Usage))
        == 3_333_333_330_000
    )
