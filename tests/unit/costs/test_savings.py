from vedette.costs.prices import PriceIndex
from vedette.costs.savings import savings
from vedette.model.ledger import LedgerSum
from vedette.model.usage import Usage

INDEX = PriceIndex.load()
NOW = 1_795_600_000_000_000_000
USAGE = Usage(input_uncached=1_000_000, output_text=100_000)


def spent(provider: str, model: str, usage: Usage = USAGE, cost: int = 1) -> LedgerSum:
    return LedgerSum(names=(provider, model), requests=7, usage=usage, cost_nano_usd=cost)


def found(*sums: LedgerSum) -> dict[str, int]:
    told = savings(sums, INDEX, lambda name: {"mine": "openai"}.get(name, name), NOW)
    assert [one.saves_nano_usd for one in told] == sorted(
        (one.saves_nano_usd for one in told), reverse=True
    )
    return {one.kind: one.saves_nano_usd for one in told}


def test_every_figure_is_the_difference_of_two_costs() -> None:
    # gpt-5: 1.25 and 10 dollars, cached 0.125; flex and batch cost half.
    assert found(spent("mine", "gpt-5")) == {
        "prompt_caching": 1_125_000_000, "flex": 1_125_000_000, "batch": 1_125_000_000,
    }  # fmt: skip


def test_who_uses_the_cache_is_not_told_to() -> None:
    usage = Usage(input_uncached=500_000, cache_read=500_000)
    assert "prompt_caching" not in found(spent("mine", "gpt-5", usage))


def test_nothing_is_said_without_a_price_or_for_less_than_a_cent() -> None:
    assert found(spent("mine", "no-such-model")) == {}
    assert found(spent("mine", "gpt-5", Usage(input_uncached=1000))) == {}
    assert found(spent("mine", "gpt-5", cost=0)) == {}
