"""Where the same calls would have cost less: recommendations with the figures behind them.

From the sums of the ledger by provider and model, and the price list. Each figure is what the calls
of the period would have cost less at today's prices: exact for another service tier, and for the
provider's prompt cache the most that it can save (if all input had been read from it).
"""

from collections.abc import Callable, Iterable

import msgspec
from msgspec.structs import replace

from vedette.costs.prices import Price, PriceIndex
from vedette.model.ledger import LedgerSum

_TIERS = ("flex", "batch")
_LEAST_NANO_USD = 10_000_000
"""A cent: less is not worth a word."""


class Saving(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation."""

    kind: str
    """`prompt_caching`, `flex` or `batch`."""
    provider: str
    model: str
    requests: int
    cost_nano_usd: int
    """What the calls cost by the list."""
    saves_nano_usd: int
    is_upper_bound: bool = False
    advice: str = ""


def savings(
    sums: Iterable[LedgerSum], prices: PriceIndex, price_id: Callable[[str], str], at_ns: int
) -> tuple[Saving, ...]:
    """The largest first. `sums` are by provider and model; `price_id` is the price list's name of a
    configured provider."""
    found: list[Saving] = []
    for one in sums:
        provider, model = one.names
        usual = prices.price(price_id(provider), model, at_ns)
        if usual is not None and one.cost_nano_usd > 0:
            found += _cached(one, usual)
            for tier in _TIERS:
                found += _tier(
                    one, usual, prices.price(price_id(provider), model, at_ns, tier), tier
                )
    worth = (one for one in found if one.saves_nano_usd >= _LEAST_NANO_USD)
    return tuple(sorted(worth, key=lambda one: -one.saves_nano_usd))


def _tier(one: LedgerSum, usual: Price, price: Price | None, tier: str) -> list[Saving]:
    if price is None:
        return []
    cost = usual.cost_nano_usd(one.usage)
    advice = {
        "flex": "Send calls that may wait with service_tier flex.",
        "batch": "Send calls that may wait for hours through the provider's batch API.",
    }[tier]
    return [
        Saving(
            kind=tier, provider=one.names[0], model=one.names[1], requests=one.requests,
            cost_nano_usd=cost, saves_nano_usd=cost - price.cost_nano_usd(one.usage), advice=advice,
        )
    ]  # fmt: skip


def _cached(one: LedgerSum, usual: Price) -> list[Saving]:
    """Where next to nothing is read from the provider's cache."""
    usage = one.usage
    if usage.cache_read * 10 > usage.input_total:
        return []
    read = replace(usage, input_uncached=0, cache_read=usage.cache_read + usage.input_uncached)
    cost = usual.cost_nano_usd(usage)
    share = usage.cache_read / usage.input_total if usage.input_total else 0.0
    return [
        Saving(
            kind="prompt_caching", provider=one.names[0], model=one.names[1],
            requests=one.requests, cost_nano_usd=cost,
            saves_nano_usd=cost - usual.cost_nano_usd(read), is_upper_bound=True,
            advice=f"{share:.0%} of the input is read from the provider's cache: put what stays "
            "the same first, and mark it for the cache where the provider wants that.",
        )
    ]  # fmt: skip
