"""Where calls would have cost less, in figures."""

from typing import Any

import msgspec

from vedette.costs.price_data import Equals, ModelRow, Period, PriceFile, ProviderRow, Sheet
from vedette.costs.prices import PriceIndex
from vedette.costs.savings import Saving, savings
from vedette.model.ledger import LedgerSum
from vedette.model.usage import Usage

INDEX = PriceIndex.load()
NOW = 1_795_600_000_000_000_000
USAGE = Usage(input_uncached=1_000_000, output_text=100_000)
DOLLAR = 1_000_000_000


def spent(provider: str, model: str, usage: Usage = USAGE, cost: int = 10**15) -> LedgerSum:
    return LedgerSum(names=(provider, model), requests=7, usage=usage, cost_nano_usd=cost)


def told(*sums: LedgerSum, index: PriceIndex = INDEX, **ids: str) -> dict[str, Saving]:
    found = savings(sums, index, {"mine": "openai", **ids}, NOW)
    saved = [one.saves_nano_usd for one in found]
    assert saved == sorted(saved, reverse=True)
    return {one.kind: one for one in found}


def found(*sums: LedgerSum) -> dict[str, int]:
    mine = ("prompt_caching", "flex", "batch")
    return {kind: one.saves_nano_usd for kind, one in told(*sums).items() if kind in mine}


def test_every_figure_is_the_difference_of_two_costs() -> None:
    # gpt-5: 1.25 and 10 dollars, cached 0.125; flex and batch cost half.
    assert found(spent("mine", "gpt-5")) == {
        "prompt_caching": 1_125_000_000, "flex": 1_125_000_000, "batch": 1_125_000_000,
    }  # fmt: skip


def test_who_uses_the_cache_is_not_told_to() -> None:
    usage = Usage(input_uncached=500_000, cache_read=500_000)
    assert "prompt_caching" not in found(spent("mine", "gpt-5", usage))


def test_who_pays_less_than_the_list_saves_less() -> None:
    """Calls in the tier flex already: nothing is to be had from it."""
    assert found(spent("mine", "gpt-5", cost=1_125_000_000)) == {}
    assert found(spent("mine", "gpt-5", cost=1_500_000_000))["flex"] == 375_000_000


def test_nothing_is_said_without_a_price_or_for_less_than_a_cent() -> None:
    assert told(spent("mine", "no-such-model")) == {}
    assert told(spent("mine", "gpt-5", Usage(input_uncached=1000))) == {}
    assert told(spent("mine", "gpt-5", cost=0)) == {}


def listed(**models: tuple[int, int]) -> PriceIndex:
    """USD a million tokens, input and output, at the provider `p`."""
    rows = [_row(name.replace("_", "-"), given, made) for name, (given, made) in models.items()]
    raw = msgspec.Raw(msgspec.msgpack.encode(rows))
    cheap = msgspec.Raw(msgspec.msgpack.encode([_row("m-5", 1, 1)]))
    providers = (ProviderRow("p", None, (), raw), ProviderRow("q", None, (), cheap))
    return PriceIndex(PriceFile("1", providers))


def _row(name: str, given: int, made: int) -> ModelRow:
    rates: Any = (given * 10**12,) * 6 + (made * 10**12,) * 4
    return ModelRow(name, Equals(name), (Period(Sheet(rates)),))


def test_a_newer_and_the_next_smaller_model_are_named() -> None:
    index = listed(m_5=(10, 10), m_6=(5, 5), m_7=(6, 6), m_4=(1, 1), m_5_mini=(3, 3),
                   m_5_nano=(2, 2), m_6_audio_mini=(1, 1), m_8=(20, 20))  # fmt: skip
    kinds = told(spent("p", "m-5"), index=index, p="p")
    assert set(kinds) == {"newer_model", "smaller_model"}
    newer, smaller = kinds["newer_model"], kinds["smaller_model"]
    assert (newer.other, newer.cost_nano_usd, newer.saves_nano_usd) == (
        "m-7", 11 * DOLLAR, 11 * DOLLAR - 6_600_000_000,
    )  # fmt: skip
    assert (smaller.other, smaller.saves_nano_usd) == ("m-5-mini", 11 * DOLLAR - 3_300_000_000)
    assert all("Try it on calls of your own" in one.advice for one in kinds.values())
    assert not newer.is_upper_bound


def test_another_provider_is_named_where_it_is_configured() -> None:
    index = listed(m_5=(10, 10))
    assert told(spent("p", "m-5"), index=index, p="p") == {}
    there = told(spent("p", "m-5"), index=index, p="p", other="q")["other_provider"]
    assert (there.other, there.saves_nano_usd) == ("other", 11 * DOLLAR - 1_100_000_000)


def test_a_model_that_is_free_is_no_advice() -> None:
    assert told(spent("p", "m-5"), index=listed(m_5=(10, 10), m_6=(0, 0)), p="p") == {}


def test_long_inputs_are_priced_by_the_length_of_one() -> None:
    """7 calls of 143,000 tokens are not one of a million."""
    price = INDEX.price("google", "gemini-2.5-pro", NOW)
    assert price is not None
    one = Usage(input_uncached=150_000, output_text=1000)
    many = Usage(input_uncached=1_500_000, output_text=10_000)
    assert price.total_nano_usd(many, 10) == 10 * price.cost_nano_usd(one)
    assert price.total_nano_usd(many, 1) == price.cost_nano_usd(many)
    assert price.cost_nano_usd(many) > price.total_nano_usd(many, 10)
