"""Compile the data of the genai-prices package to `src/vedette/costs/prices.msgpack`.

Run after an update of genai-prices: `python tools/compile_prices.py --date 2026-11-21`.

Each token bucket of `Usage` gets the rate of the most specific unit that is priced for it, so that
a model without a price for cached or audio tokens charges them as what they are made of. Prices
that hang on something other than tokens and calls (pages, hours, characters, searches) are left
out, and with them the models that have no other: their cost is unknown. So is that of a model with
an empty price, unless it is marked as free. Variants by service tier, by batch processing and by
speed become the tiers of a model; those by anything else are left out.
"""

import argparse
from datetime import UTC, date, datetime, time
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
TIER_KEYS = frozenset({"service_tier", "processing", "speed"})
"""Parts of the request context that say in which tier a call was served."""

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
    clause = compile_clause(model.match)
    return ModelRow(model.id, clause, tuple(periods) or (Period(None),), compile_tiers(model))


def compile_tiers(model: types.ModelInfo) -> tuple[tuple[str, tuple[Period, ...]], ...]:
    """The periods of each service tier, to come after those of the model."""
    by_tier: dict[str, list[types.PriceVariant]] = {}
    for variant in model.price_variants or ():
        (key, value), *more = variant.when.items()
        if key in TIER_KEYS and not more and value != "default":
            by_tier.setdefault(value, []).append(variant)
    return tuple((tier, compile_tier(model, found)) for tier, found in sorted(by_tier.items()))


def compile_tier(model: types.ModelInfo, variants: list[types.PriceVariant]) -> tuple[Period, ...]:
    """One period from each day on which the price of the model or of the tier changes."""
    bases = (
        [types.ConditionalPrice(prices=model.prices)]
        if isinstance(model.prices, types.ModelPrice)
        else model.prices
    )
    if any(isinstance(base.constraint, types.TimeOfDateConstraint) for base in bases):
        return ()
    first = min(map(start_ns, variants))
    starts = sorted({start_ns(one) for one in variants} | {start_ns(one) for one in bases})
    periods = []
    for at in (start for start in starts if start >= first):
        base = [one for one in bases if start_ns(one) <= at][-1]
        told: dict[str, Any] = {}
        for variant in (one for one in variants if start_ns(one) <= at):
            for key, price in vars(variant.prices).items():
                if price is not None:
                    told.setdefault(key, price)
        merged = types.ModelPrice()
        merged.__dict__.update({**vars(base.prices), **told})
        periods.append(Period(compile_sheet(model, merged), from_ns=at))
    return tuple(periods)


def start_ns(dated: types.ConditionalPrice | types.PriceVariant) -> int:
    """When it begins to hold; 0 where it always did."""
    if not isinstance(dated.constraint, types.StartDateConstraint):
        return 0
    return midnight_ns(dated.constraint.start_date)


def midnight_ns(day: date) -> int:
    return round(datetime.combine(day, time(), UTC).timestamp()) * 10**9


def compile_period(model: types.ModelInfo, conditional: types.ConditionalPrice) -> Period:
    sheet = compile_sheet(model, conditional.prices)
    match conditional.constraint:
        case types.StartDateConstraint(start):
            return Period(sheet, from_ns=midnight_ns(start))
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
