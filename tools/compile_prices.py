"""Compile the data of the genai-prices package to `src/vedette/costs/prices.msgpack`.

Run after an update of genai-prices: `python tools/compile_prices.py --date 2026-11-21`.

Each token bucket of `Usage` gets the rate of the most specific unit that is priced for it, so that
a model without a price for cached or audio tokens charges them as what they are made of. Prices
that hang on something other than tokens and calls (pages, hours, characters, searches) are left
out, and with them the models that have no other: their cost is unknown. So is that of a model with
an empty price, unless it is marked as free. Variants by request context (batch, service tier) are
left out too.
"""

import argparse
from datetime import UTC, datetime, time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import msgspec
from genai_prices import types
from genai_prices.data import providers
from genai_prices.data_units import unit_data

from vedette.costs.price_data import (
    AllOf,
    AnyOf,
    Clause,
    Contains,
    EndsWith,
    Equals,
    ModelRow,
    Period,
    PriceFile,
    ProviderRow,
    Rates,
    Regex,
    Sheet,
    StartsWith,
)

TARGET = Path(__file__).parent.parent / "src" / "vedette" / "costs" / "prices.msgpack"
ATTO = Decimal(10) ** 18

_INPUT = {"family": "tokens", "direction": "input"}
_OUTPUT = {"family": "tokens", "direction": "output"}
_CACHE_WRITE = {**_INPUT, "modality": "text", "token_type": "cache_write"}
BUCKET_DIMENSIONS: tuple[dict[str, str], ...] = (
    {**_INPUT, "modality": "text"},
    {**_INPUT, "modality": "text", "token_type": "cache_read"},
    {**_CACHE_WRITE, "cache_ttl": "5m"},
    {**_CACHE_WRITE, "cache_ttl": "1h"},
    {**_INPUT, "modality": "audio"},
    {**_INPUT, "modality": "image"},
    {**_OUTPUT, "modality": "text"},
    {**_OUTPUT, "modality": "text", "token_type": "reasoning"},
    {**_OUTPUT, "modality": "audio"},
    {**_OUTPUT, "modality": "image"},
)
UNITS: dict[str, dict[str, Any]] = {unit["price_key"]: unit for unit in unit_data.values()}


def compile_prices(date: str) -> PriceFile:
    """The whole file; `date` is written into its version."""
    rows = tuple(compile_provider(provider) for provider in providers)
    return PriceFile(f"genai-prices {version('genai-prices')} {date}", rows)


def compile_provider(provider: types.Provider) -> ProviderRow:
    models = [compile_model(model) for model in provider.models]
    return ProviderRow(
        id=provider.id,
        clause=compile_clause(provider.provider_match) if provider.provider_match else None,
        fallbacks=tuple(provider.fallback_model_providers or ()),
        models=msgspec.Raw(msgspec.msgpack.encode(models)),
    )


def compile_model(model: types.ModelInfo) -> ModelRow:
    if isinstance(model.prices, types.ModelPrice):
        periods = [Period(compile_sheet(model, model.prices))]
    else:
        periods = [compile_period(model, conditional) for conditional in model.prices]
    return ModelRow(model.id, compile_clause(model.match), tuple(periods) or (Period(None),))


def compile_period(model: types.ModelInfo, conditional: types.ConditionalPrice) -> Period:
    sheet = compile_sheet(model, conditional.prices)
    match conditional.constraint:
        case types.StartDateConstraint(start):
            midnight = datetime.combine(start, time(), UTC)
            return Period(sheet, from_ns=round(midnight.timestamp()) * 10**9)
        case types.TimeOfDateConstraint(start, end):
            return Period(sheet, daily_ns=(time_ns(start), time_ns(end)))
        case _:
            return Period(sheet)


def time_ns(value: time) -> int:
    """Nanoseconds since midnight UTC."""
    offset = value.utcoffset()
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return (seconds - (round(offset.total_seconds()) if offset else 0)) % 86_400 * 10**9


def compile_sheet(model: types.ModelInfo, price: types.ModelPrice) -> Sheet | None:
    """The rates of one price; None where it says nothing about tokens or calls."""
    prices = {key: value for key, value in vars(price).items() if value is not None}
    if not prices and is_free(model):
        return Sheet((0,) * 10)
    tokens = {key: value for key, value in prices.items() if family(key) == "tokens"}
    if not tokens and "requests_kcount" not in prices:
        return None
    starts = sorted(
        {
            tier.start
            for value in tokens.values()
            if isinstance(value, types.TieredPrices)
            for tier in value.tiers
        }
    )
    per_call = prices.get("requests_kcount", Decimal(0))
    return Sheet(
        rates=compile_rates(tokens, None),
        tiers=tuple((start, compile_rates(tokens, start)) for start in starts),
        request_atto_usd=to_atto(per_call, UNITS["requests_kcount"]["per"]),
    )


def is_free(model: types.ModelInfo) -> bool:
    words = f"{model.id} {model.name or ''} {model.price_comments or ''}".lower()
    return any(
        mark in words for mark in (":free", "(free)", "free of charge", "in the subscription")
    )


def family(price_key: str) -> str:
    return cast(str, UNITS[price_key]["dimensions"]["family"])


def compile_rates(tokens: dict[str, Any], start: int | None) -> Rates:
    rates = tuple(bucket_rate(tokens, bucket, start) for bucket in BUCKET_DIMENSIONS)
    return cast(Rates, rates)


def bucket_rate(tokens: dict[str, Any], bucket: dict[str, str], start: int | None) -> int:
    """The rate of the most specific priced unit that holds the tokens of this bucket."""
    holding = [key for key in tokens if UNITS[key]["dimensions"].items() <= bucket.items()]
    if not holding:
        return 0
    best = max(
        holding,
        key=lambda key: (
            len(UNITS[key]["dimensions"]),
            "token_type" in UNITS[key]["dimensions"],
        ),
    )
    return to_atto(at_tier(tokens[best], start), UNITS[best]["per"])


def at_tier(value: Decimal | types.TieredPrices, start: int | None) -> Decimal:
    """The price for more than `start` input tokens; the base price for None."""
    if not isinstance(value, types.TieredPrices):
        return value
    price = value.base
    for tier in value.tiers:
        if start is not None and tier.start <= start:
            price = tier.price
    return price


def to_atto(price: Decimal, per: int) -> int:
    """USD per `per` units as atto-USD per unit.

    Rounded to a whole atto-USD: only float dirt in the data (0.18000000000000002) is finer.
    """
    return round(price * ATTO / per)


def compile_clause(clause: Any) -> Clause:
    match clause:
        case types.ClauseEquals(text):
            return Equals(text.lower())
        case types.ClauseStartsWith(text):
            return StartsWith(text.lower())
        case types.ClauseEndsWith(text):
            return EndsWith(text.lower())
        case types.ClauseContains(text):
            return Contains(text.lower())
        case types.ClauseRegex(pattern):
            return Regex(pattern)
        case types.ClauseOr(clauses):
            return AnyOf(tuple(compile_clause(part) for part in clauses))
        case types.ClauseAnd(clauses):
            return AllOf(tuple(compile_clause(part) for part in clauses))
        case _:
            raise TypeError(f"Unknown clause {clause!r}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--date", required=True, help="day of the data, YYYY-MM-DD")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    options.target.write_bytes(msgspec.msgpack.encode(compile_prices(options.date)))


if __name__ == "__main__":
    main()
