"""Where the same calls would have cost less: recommendations with the figures behind them.

From the sums of the ledger by provider and model, and the price list. Each figure is what the calls
of the period would have cost less at today's prices, for the tokens that they used:

| kind | |
|---|---|
| `flex`, `batch` | another service tier of the same model |
| `newer_model` | a newer model of the same family and size |
| `smaller_model` | the next smaller model of the family, not older |
| `other_provider` | the same model at another provider that is configured |
| `prompt_caching` | the most that the provider's prompt cache can save: if all input were read |

Another model may answer with other tokens and in another quality; that is said with the advice.
Prices that depend on the length of the input are those of the mean input.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from vedette.costs.families import family_of, is_smaller, is_successor
from vedette.costs.prices import Price, PriceIndex
from vedette.model.ledger import LedgerSum

SavingKind = Literal[
    "prompt_caching", "flex", "batch", "newer_model", "smaller_model", "other_provider"
]

_LEAST_NANO_USD = 10_000_000
"""A cent: less is not worth a word."""
_TEST = "Try it on calls of your own first: quality, length and limits may differ."
_TIERS: Mapping[Literal["flex", "batch"], str] = {
    "flex": "Send calls that may wait with service_tier flex.",
    "batch": "Send calls that may wait for hours through the provider's batch API.",
}


class Saving(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation."""

    kind: SavingKind
    provider: str
    model: str
    requests: int
    cost_nano_usd: int
    """What the calls cost: by the list, or what was paid where that is less."""
    saves_nano_usd: int
    is_upper_bound: bool = False
    other: str = ""
    """The model, or the provider, that would cost less."""
    advice: str = ""


class Savings:
    """Recommendations by one price list."""

    def __init__(self, prices: PriceIndex, price_ids: Mapping[str, str], at_ns: int) -> None:
        """`price_ids` are the configured providers and what the price list calls them."""
        self._prices = prices
        self._ids = price_ids
        self._at_ns = at_ns

    def find(self, sums: Iterable[LedgerSum]) -> tuple[Saving, ...]:
        """The largest first. `sums` are by provider and model."""
        found = [saving for one in sums for saving in self._of(one)]
        worth = (one for one in found if one.saves_nano_usd >= _LEAST_NANO_USD)
        return tuple(sorted(worth, key=lambda one: -one.saves_nano_usd))

    def _of(self, one: LedgerSum) -> Iterator[Saving]:
        provider, model = one.names
        listed = self._ids.get(provider, provider)
        usual = self._prices.price(listed, model, self._at_ns)
        if usual is None or one.cost_nano_usd <= 0:
            return
        # Who pays less than the list saves less, too.
        cost = min(usual.total_nano_usd(one.usage, one.requests), one.cost_nano_usd)
        told = Saving(
            kind="flex", provider=provider, model=model, requests=one.requests,
            cost_nano_usd=cost, saves_nano_usd=0,
        )  # fmt: skip
        yield from self._cached(one, usual, told)
        for tier, advice in _TIERS.items():
            price = self._prices.price(listed, model, self._at_ns, tier)
            if price is not None:
                yield _less(told, one, price, kind=tier, advice=advice)
        yield from self._models(one, listed, told)
        yield from self._elsewhere(one, told)

    def _cached(self, one: LedgerSum, usual: Price, told: Saving) -> Iterator[Saving]:
        """Where next to nothing is read from the provider's cache."""
        usage = one.usage
        if usage.cache_read_total * 10 > usage.input_total:
            return
        read = replace(usage, input_uncached=0, cache_read=usage.cache_read + usage.input_uncached)
        share = usage.cache_read_total / usage.input_total if usage.input_total else 0.0
        advice = (
            f"{share:.0%} of the input is read from the provider's cache: put what stays "
            "the same first, and mark it for the cache where the provider wants that."
        )
        at_most = replace(told, is_upper_bound=True)
        yield _less(at_most, replace(one, usage=read), usual, kind="prompt_caching", advice=advice)

    def _models(self, one: LedgerSum, listed: str, told: Saving) -> Iterator[Saving]:
        row = self._prices.find(listed, told.model)
        own = family_of(row.id) if row is not None else None
        if row is None or own is None:
            return
        newer, smaller = [], []
        for other in self._prices.models(listed):
            family = family_of(other.id) if other.id != row.id else None
            if family is None or (price := self._price(listed, other.id)) is None:
                continue
            less = _less(told, one, price, kind="newer_model", other=other.id)
            if 0 < less.saves_nano_usd < told.cost_nano_usd:
                if is_successor(own, family):
                    newer.append((family.version, less.saves_nano_usd, less))
                elif is_smaller(own, family):
                    smaller.append((-less.saves_nano_usd, family.version, less))
        if newer:
            best = max(newer, key=lambda found: found[:2])[2]
            yield replace(best, advice=f"{best.other} is newer and costs less. {_TEST}")
        if smaller:
            # The dearest of them is the nearest in what it can do.
            best = max(smaller, key=lambda found: found[:2])[2]
            advice = f"{best.other} is smaller and costs less. {_TEST}"
            yield replace(best, kind="smaller_model", advice=advice)

    def _elsewhere(self, one: LedgerSum, told: Saving) -> Iterator[Saving]:
        found = []
        for name, listed in self._ids.items():
            if name == told.provider or (price := self._price(listed, told.model)) is None:
                continue
            less = _less(told, one, price, kind="other_provider", other=name)
            if 0 < less.saves_nano_usd < told.cost_nano_usd:
                found.append(less)
        if found:
            best = max(found, key=lambda less: less.saves_nano_usd)
            yield replace(best, advice=f"{best.other} has the model for less. {_TEST}")

    def _price(self, listed: str, model: str) -> Price | None:
        return self._prices.price(listed, model, self._at_ns)


def savings(
    sums: Iterable[LedgerSum], prices: PriceIndex, price_ids: Mapping[str, str], at_ns: int
) -> tuple[Saving, ...]:
    """The largest first."""
    return Savings(prices, price_ids, at_ns).find(sums)


def _less(
    told: Saving, one: LedgerSum, price: Price, *, kind: SavingKind, other: str = "",
    advice: str = "",
) -> Saving:  # fmt: skip
    saves = told.cost_nano_usd - price.total_nano_usd(one.usage, one.requests)
    return replace(told, kind=kind, saves_nano_usd=saves, other=other, advice=advice)
