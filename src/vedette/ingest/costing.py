"""What a span cost: what its sender says, else what our prices give."""

from typing import NamedTuple

from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import Price, PriceIndex
from vedette.model.semconv_kinds import PRICE_PROVIDERS
from vedette.model.span import CostSource
from vedette.model.usage import Usage

_NO_USAGE = Usage()


class Cost(NamedTuple):
    nano_usd: int | None = None
    source: CostSource = ""
    price_version: str = ""


class Costing:
    """Prices of the user and of the list, looked up by the names that spans carry."""

    def __init__(self, prices: PriceIndex, own: OwnPrices) -> None:
        self.prices = prices
        self.own = own
        """Both may be replaced at any time."""

    def cost(
        self, provider: str, models: tuple[str, ...], usage: Usage, at_ns: int,
        *, reported_nano_usd: int | None = None,
    ) -> Cost:  # fmt: skip
        """`models`: what answered and what was asked for. As in the gateway the list is asked for
        the first of them first, the user's own prices for what was asked.

        A call without token counts has an unknown cost, never none.
        """
        if reported_nano_usd is not None:
            return Cost(reported_nano_usd, "reported")
        if usage == _NO_USAGE:
            return Cost(source="unknown" if any(models) else "")
        for model in filter(None, reversed(models)):
            own = self.own.price(provider, model, at_ns) if self.own else None
            if own is not None:
                return _priced(own, usage, "configured")
        id = PRICE_PROVIDERS.get(provider, provider)
        for model in filter(None, models):
            price = self.prices.price(id, model, at_ns)
            if price is not None:
                return _priced(price, usage, self.prices.version)
        return Cost(source="unknown")


def _priced(price: Price, usage: Usage, version: str) -> Cost:
    source: CostSource = "partial" if price.unpriced_of(usage) else "priced"
    return Cost(price.cost_nano_usd(usage), source, version)
