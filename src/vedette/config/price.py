"""Prices of one's own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from vedette.config.values import Section

UsdPerMtok = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class PriceConfig(Section):
    """What a model costs, in US dollars for a million tokens."""

    provider: str
    """Name of a provider."""
    model: Annotated[str, Field(min_length=1)]
    """Model as the provider knows it; `*` and `?` stand for any text and any character."""
    input_usd_per_mtok: UsdPerMtok
    """Price of input tokens."""
    output_usd_per_mtok: UsdPerMtok
    """Price of output tokens, reasoning included."""
    cache_read_usd_per_mtok: UsdPerMtok | None = None
    """Price of input tokens read from the provider's cache. Empty: that of input."""
    cache_write_usd_per_mtok: UsdPerMtok | None = None
    """Price of input tokens written to the provider's cache. Empty: that of input."""
    from_: Annotated[date | None, Field(alias="from")] = None
    """First day (UTC) on which it holds. Empty: it always did."""

    @property
    def from_ns(self) -> int:
        """When it begins to hold, in ns since the epoch."""
        if self.from_ is None:
            return 0
        start = datetime(self.from_.year, self.from_.month, self.from_.day, tzinfo=UTC)
        return int(start.timestamp()) * 1_000_000_000


def atto_per_token(usd_per_mtok: Decimal) -> int:
    """Atto-USD per token; what is finer than that is cut off."""
    return int(usd_per_mtok * 10**12)
