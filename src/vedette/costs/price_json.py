"""The JSON that genai-prices publishes (`prices/data.json`), compiled to our form.

Each token bucket of `Usage` gets the rate of the most specific unit that is priced for it, so that
a model without a price for cached or audio tokens charges them as what they are made of. Prices
that hang on something other than tokens, calls and searches (pages, hours, characters) are left
out, and with them the models that have no price for tokens or calls: their cost is unknown. So is
that of a model with an empty price, unless it is marked as free. Variants by service tier, by batch
processing and by speed become the tiers of a model; those by anything else are left out.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, cast

import msgspec

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

ATTO = Decimal(10) ** 18
TIER_KEYS = frozenset({"service_tier", "processing", "speed"})
"""Parts of the request context that say in which tier a call was served."""
_MOST_USD = 10**9
_DEEPEST = 20

Dimensions = Mapping[str, str]

_INPUT = {"direction": "input"}
_OUTPUT = {"direction": "output"}
_CACHE_WRITE = {**_INPUT, "modality": "text", "token_type": "cache_write"}
_BUCKETS: tuple[Dimensions, ...] = (
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
_CACHED: tuple[Dimensions, ...] = (
    {**_INPUT, "modality": "audio", "token_type": "cache_read"},
    {**_INPUT, "modality": "image", "token_type": "cache_read"},
)
_WORDS: Mapping[str, Dimensions] = {
    "input": _INPUT, "output": _OUTPUT, "cache": _INPUT,
    "read": {"token_type": "cache_read"}, "write": {"token_type": "cache_write"},
    "5m": {"cache_ttl": "5m"}, "1h": {"cache_ttl": "1h"},
    **{name: {"modality": name} for name in ("text", "audio", "image", "video")},
    **{name: {"token_type": name} for name in ("tool", "reasoning", "citation")},
}  # fmt: skip
"""What the words of a price key such as `cache_text_read_mtok` say."""
_PER_TOKENS = 1_000_000
_PER_CALLS = 1_000
_CALLS = "requests_kcount"
_WEB, _FILES = "web_searches_kcount", "storage_searches_kcount"
_USD_PER_KSEARCH = {
    "gpt-4o-search-preview": Decimal(25), "gpt-4o-mini-search-preview": Decimal(25),
    "gpt-5-search-api": Decimal(10),
}  # fmt: skip
"""What the data lacks: https://developers.openai.com/api/docs/pricing, built-in tools."""
_BILLED_BY_CALL = ("gemini-1", "gemini-2")
"""Google bills searches of later models one by one: https://ai.google.dev/gemini-api/docs/pricing"""


class RawTier(msgspec.Struct, frozen=True):
    start: int
    price: Decimal


class RawTiers(msgspec.Struct, frozen=True):
    """A price that depends on the number of input tokens."""

    base: Decimal
    tiers: tuple[RawTier, ...] = ()


RawPrices = dict[str, Decimal | RawTiers | None]


class RawConstraint(msgspec.Struct, frozen=True):
    start_date: str | None = None
    start_time: str | None = None
    end_time: str | None = None


class RawConditional(msgspec.Struct, frozen=True):
    prices: RawPrices
    constraint: RawConstraint | None = None


class RawVariant(msgspec.Struct, frozen=True):
    when: dict[str, str]
    prices: RawPrices
    constraint: RawConstraint | None = None


class RawModel(msgspec.Struct, frozen=True):
    id: str
    match: dict[str, Any]
    name: str | None = None
    price_comments: str | None = None
    prices: Any = ()
    """`RawPrices`, or a list of `RawConditional`."""
    price_variants: tuple[RawVariant, ...] | None = None


class RawProvider(msgspec.Struct, frozen=True):
    id: str
    models: tuple[RawModel, ...] = ()
    provider_match: dict[str, Any] | None = None
    fallback_model_providers: tuple[str, ...] | None = None


_DECODER = msgspec.json.Decoder(tuple[RawProvider, ...])


def compile_json(content: bytes, version: str) -> PriceFile:
    """Raises ValueError (msgspec's errors are of that kind) for what is none."""
    return PriceFile(version, tuple(map(_provider, _DECODER.decode(content))))


def _provider(provider: RawProvider) -> ProviderRow:
    models = [_model(model) for model in provider.models]
    match = provider.provider_match
    return ProviderRow(
        id=provider.id,
        clause=_clause(match) if match else None,
        fallbacks=provider.fallback_model_providers or (),
        models=msgspec.Raw(msgspec.msgpack.encode(models)),
    )


def _model(model: RawModel) -> ModelRow:
    is_plain = isinstance(model.prices, dict)
    bases: tuple[RawConditional, ...] = (
        (RawConditional(msgspec.convert(model.prices, RawPrices, strict=False)),)
        if is_plain
        else msgspec.convert(model.prices, tuple[RawConditional, ...], strict=False)
    )
    periods = [_period(model, base) for base in bases]
    return ModelRow(
        model.id, _clause(model.match), tuple(periods) or (Period(None),), _tiers(model, bases)
    )


def _tiers(
    model: RawModel, bases: tuple[RawConditional, ...]
) -> tuple[tuple[str, tuple[Period, ...]], ...]:
    """The periods of each service tier, to come after those of the model."""
    by_tier: dict[str, list[RawVariant]] = {}
    for variant in model.price_variants or ():
        (key, value), *more = variant.when.items() or (("", ""),)
        if key in TIER_KEYS and not more and value != "default":
            by_tier.setdefault(value, []).append(variant)
    return tuple((tier, _tier(model, bases, found)) for tier, found in sorted(by_tier.items()))


def _tier(
    model: RawModel, bases: tuple[RawConditional, ...], variants: list[RawVariant]
) -> tuple[Period, ...]:
    """One period from each day on which the price of the model or of the tier changes."""
    if any(base.constraint and base.constraint.start_time for base in bases):
        return ()
    first = min(map(_start_ns, variants))
    starts = sorted({_start_ns(one) for one in variants} | {_start_ns(one) for one in bases})
    periods = []
    for at in (start for start in starts if start >= first):
        base = ([one for one in bases if _start_ns(one) <= at] or [bases[0]])[-1]
        told: RawPrices = {}
        for variant in (one for one in variants if _start_ns(one) <= at):
            for key, price in variant.prices.items():
                if price is not None:
                    told.setdefault(key, price)
        periods.append(Period(_sheet(model, {**base.prices, **told}), from_ns=at))
    return tuple(periods)


def _start_ns(dated: RawConditional | RawVariant) -> int:
    """When it begins to hold; 0 where it always did."""
    if dated.constraint is None or dated.constraint.start_date is None:
        return 0
    return _midnight_ns(dated.constraint.start_date)


def _period(model: RawModel, conditional: RawConditional) -> Period:
    sheet, constraint = _sheet(model, conditional.prices), conditional.constraint
    if constraint is None:
        return Period(sheet)
    if constraint.start_date is not None:
        return Period(sheet, from_ns=_midnight_ns(constraint.start_date))
    if constraint.start_time is None or constraint.end_time is None:
        return Period(sheet)
    return Period(sheet, daily_ns=(_time_ns(constraint.start_time), _time_ns(constraint.end_time)))


def _midnight_ns(day: str) -> int:
    return round(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp()) * 10**9


def _time_ns(text: str) -> int:
    """Nanoseconds since midnight UTC."""
    value = time.fromisoformat(text)
    offset = value.utcoffset()
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return (seconds - (round(offset.total_seconds()) if offset else 0)) % 86_400 * 10**9


def _sheet(model: RawModel, priced: RawPrices) -> Sheet | None:
    """The rates of one price; None where it says nothing about tokens or calls."""
    prices = {key: value for key, value in priced.items() if value is not None}
    if not prices and _is_free(model):
        return Sheet((0,) * 10)
    tokens = {key: value for key, value in prices.items() if _dimensions(key) is not None}
    if not tokens and _CALLS not in prices:
        return None
    starts = sorted(
        {
            tier.start
            for value in tokens.values()
            if isinstance(value, RawTiers)
            for tier in value.tiers
        }
    )
    per_call = prices.get(_CALLS, Decimal(0))
    rates = tuple(_rates(tokens, start) for start in (None, *starts))
    cached = tuple(_cached(tokens, start) for start in (None, *starts))
    # Who is paid by the call runs the searches for that.
    web = prices.get(_WEB, _USD_PER_KSEARCH.get(model.id, Decimal(0) if per_call else None))
    return Sheet(
        rates=rates[0],
        tiers=tuple(zip(starts, rates[1:], strict=True)),
        request_atto_usd=_to_atto(_at_tier(per_call, None), _PER_CALLS),
        cached=() if cached == tuple((one[1], one[1]) for one in rates) else cached,
        web_search_atto_usd=_per_search(web),
        file_search_atto_usd=_per_search(prices.get(_FILES)),
        searches_by_call=model.id.startswith(_BILLED_BY_CALL),
    )


def _per_search(price: Decimal | RawTiers | None) -> int | None:
    return None if price is None else _to_atto(_at_tier(price, None), _PER_CALLS)


def _is_free(model: RawModel) -> bool:
    words = f"{model.id} {model.name or ''} {model.price_comments or ''}".lower()
    return any(
        mark in words for mark in (":free", "(free)", "free of charge", "in the subscription")
    )


def _dimensions(price_key: str) -> Dimensions | None:
    """What a price is for; None where that is not tokens."""
    stem = price_key.removesuffix("_mtok")
    words = [_WORDS.get(word) for word in stem.split("_")]
    if stem == price_key or None in words:
        return None
    return {name: value for word in words if word for name, value in word.items()}


def _rates(tokens: Mapping[str, Decimal | RawTiers], start: int | None) -> Rates:
    return cast(Rates, tuple(_rate(tokens, bucket, start) for bucket in _BUCKETS))


def _cached(tokens: Mapping[str, Decimal | RawTiers], start: int | None) -> tuple[int, int]:
    sound, picture = (_rate(tokens, bucket, start) for bucket in _CACHED)
    return sound, picture


def _rate(tokens: Mapping[str, Decimal | RawTiers], bucket: Dimensions, start: int | None) -> int:
    """The rate of the most specific priced unit that holds the tokens of this bucket."""
    holding = [
        (len(unit), "token_type" in unit, key)
        for key in tokens
        if (unit := _dimensions(key)) is not None and unit.items() <= bucket.items()
    ]
    if not holding:
        return 0
    best = max(holding, key=lambda one: one[:2])[2]
    return _to_atto(_at_tier(tokens[best], start), _PER_TOKENS)


def _at_tier(value: Decimal | RawTiers, start: int | None) -> Decimal:
    """The price for more than `start` input tokens; the base price for None."""
    if not isinstance(value, RawTiers):
        return value
    price = value.base
    for tier in sorted(value.tiers, key=lambda tier: tier.start):
        if start is not None and tier.start <= start:
            price = tier.price
    return price


def _to_atto(price: Decimal, per: int) -> int:
    """USD per `per` units as atto-USD per unit.

    Rounded to a whole atto-USD: only float dirt in the data (0.18000000000000002) is finer.
    """
    if not price.is_finite() or not 0 <= price <= _MOST_USD:
        raise ValueError(f"{price} is no price")
    return round(price * ATTO / per)


_TEXTS = {
    "equals": Equals, "starts_with": StartsWith, "ends_with": EndsWith, "contains": Contains,
}  # fmt: skip


def _clause(match: Mapping[str, Any], depth: int = 0) -> Clause:
    (kind, value), *more = match.items() or (("", ""),)
    if more or depth > _DEEPEST:
        raise ValueError("a rule that matches names is none")
    if isinstance(value, str) and kind in _TEXTS:
        return cast(Clause, _TEXTS[kind](value.lower()))
    if isinstance(value, str) and kind == "regex":
        return Regex(value)
    if isinstance(value, list) and kind in ("or", "and"):
        parts = tuple(_clause(msgspec.convert(part, dict[str, Any]), depth + 1) for part in value)
        return AnyOf(parts) if kind == "or" else AllOf(parts)
    raise ValueError(f"{kind[:40]!r} is no rule that matches names")
