"""Prices of one's own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from vedette.config.values import Section
from vedette.model.settings import OwnPrice

UsdPerMtok = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
UsdPer1k = UsdPerMtok


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
    audio_input_usd_per_mtok: UsdPerMtok | None = None
    """Price of sound in the input. Empty: that of input."""
    audio_output_usd_per_mtok: UsdPerMtok | None = None
    """Price of sound in the output. Empty: that of output."""
    cache_read_audio_usd_per_mtok: UsdPerMtok | None = None
    """Price of sound read from the provider's cache. Empty: that of other tokens read from it."""
    web_search_usd_per_1k: UsdPer1k | None = None
    """Price of a thousand searches of the web that the provider runs. Empty: not known."""
    file_search_usd_per_1k: UsdPer1k | None = None
    """Price of a thousand searches in files kept by the provider. Empty: not known."""
    from_: Annotated[date | None, Field(alias="from")] = None
    """First day (UTC) on which it holds. Empty: it always did."""

    @property
    def from_ns(self) -> int:
        """When it begins to hold, in ns since the epoch."""
        if self.from_ is None:
            return 0
        start = datetime(self.from_.year, self.from_.month, self.from_.day, tzinfo=UTC)
        return int(start.timestamp()) * 1_000_000_000


def own_price(price: PriceConfig) -> OwnPrice:
    """The row as the gateway and the intake take it."""

    def token(name: str) -> int | None:
        return _atto(getattr(price, f"{name}_usd_per_mtok"), 10**12)

    return OwnPrice(
        provider=price.provider,
        model=price.model,
        input_atto_usd=token("input") or 0,
        output_atto_usd=token("output") or 0,
        cache_read_atto_usd=token("cache_read"),
        cache_write_atto_usd=token("cache_write"),
        audio_input_atto_usd=token("audio_input"),
        audio_output_atto_usd=token("audio_output"),
        cache_read_audio_atto_usd=token("cache_read_audio"),
        web_search_atto_usd=_atto(price.web_search_usd_per_1k, 10**15),
        file_search_atto_usd=_atto(price.file_search_usd_per_1k, 10**15),
        from_ns=price.from_ns,
    )


def _atto(usd: Decimal | None, per_usd: int) -> int | None:
    """Atto-USD of one; what is finer than that is cut off."""
    return None if usd is None else int(usd * per_usd)
