"""Which price holds for a call, and what the call cost.

Money is integer nano-USD, computed from integer rates in atto-USD per token: no float anywhere.
What has no known price has none: `None`, never zero.
"""

import re
from datetime import date
from importlib.resources import files

import msgspec

from vedette.costs.price_data import (
    ModelRow,
    Period,
    PriceFile,
    ProviderRow,
    Sheet,
    matches,
)
from vedette.model.usage import Usage

LOCAL_PROVIDERS = frozenset(
    (
        "local", "ollama", "vllm", "sglang", "tgi", "shimmy", "llama.cpp", "llamacpp", "llama-cpp",
        "lmstudio", "sim",
    )
)  # fmt: skip
"""Kinds that run on one's own machine: their tokens cost nothing."""

AllRates = tuple[int, int, int, int, int, int, int, int, int, int, int, int]
"""`Rates`, then those of `CACHED`."""
_MEMO_SIZE = 8192
_DAY_NS = 86_400_000_000_000
_ATTO_PER_NANO = 1_000_000_000
_COMPACT_DATE = re.compile(r"(-)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)")


class Price:
    """The price of one model for one period; immutable."""

    __slots__ = ("_by_call", "_file_search", "_rates", "_request", "_tiers", "_web_search")

    def __init__(self, sheet: Sheet) -> None:
        all_rates = (sheet.rates, *(rates for _, rates in sheet.tiers))
        cached = sheet.cached
        if len(cached) != len(all_rates):
            cached = tuple((rates[1], rates[1]) for rates in all_rates)
        self._rates: AllRates = (*sheet.rates, *cached[0])
        self._request = sheet.request_atto_usd
        tiers: list[tuple[int, AllRates]] = [
            (start, (*rates, *more))
            for (start, rates), more in zip(sheet.tiers, cached[1:], strict=True)
        ]
        self._tiers = tuple(reversed(tiers))
        self._web_search, self._file_search = sheet.web_search_atto_usd, sheet.file_search_atto_usd
        self._by_call = sheet.searches_by_call

    def cost_nano_usd(self, usage: Usage) -> int:
        """What a call with this usage cost, rounded half up to a nano-dollar.

        Without what has no known price: see `unpriced_of`.
        """
        rates = self._rates_for(usage.input_total) if self._tiers else self._rates
        beside = self._request
        if usage.web_searches or usage.file_searches:
            beside += self._searched(usage, 1)
        return _nano_usd(rates, usage, beside)

    def unpriced_of(self, usage: Usage) -> tuple[str, ...]:
        """The fields of a usage that no price is known for, though the model has one."""
        if not (usage.web_searches or usage.file_searches):
            return ()
        known = {"web_searches": self._web_search, "file_searches": self._file_search}
        return tuple(
            name for name, price in known.items() if price is None and getattr(usage, name)
        )

    def _searched(self, usage: Usage, calls: int) -> int:
        web = min(usage.web_searches, calls) if self._by_call else usage.web_searches
        return web * (self._web_search or 0) + usage.file_searches * (self._file_search or 0)

    def total_nano_usd(self, usage: Usage, calls: int) -> int:
        """What so many calls cost that used this much together; where the price depends on the
        length of the input, by their mean."""
        rates = self._rates_for(usage.input_total // (calls or 1))
        return _nano_usd(rates, usage, self._request * calls + self._searched(usage, calls))

    def plain_nano_usd(self, given: int, made: int) -> int:
        """What so many uncached input tokens and output tokens would cost, without rounding up."""
        rates = self._rates_for(given) if self._tiers else self._rates
        return (given * rates[0] + made * rates[6] + self._request) // _ATTO_PER_NANO

    def _rates_for(self, input_tokens: int) -> AllRates:
        for start, rates in self._tiers:
            if input_tokens > start:
                return rates
        return self._rates


def _nano_usd(rates: AllRates, usage: Usage, beside_atto_usd: int) -> int:
    """Of the tokens and of what is paid beside them, rounded half up."""
    atto = (
        usage.input_uncached * rates[0]
        + usage.cache_read * rates[1]
        + usage.output_text * rates[6]
        + usage.reasoning * rates[7]
        + beside_atto_usd
    )
    if usage.cache_write or usage.cache_write_1h or usage.audio_input or usage.image_input:
        atto += (
            usage.cache_write * rates[2]
            + usage.cache_write_1h * rates[3]
            + usage.audio_input * rates[4]
            + usage.image_input * rates[5]
        )
    if usage.cache_read_audio or usage.cache_read_image:
        atto += usage.cache_read_audio * rates[10] + usage.cache_read_image * rates[11]
    if usage.audio_output or usage.image_output:
        atto += usage.audio_output * rates[8] + usage.image_output * rates[9]
    return (atto + _ATTO_PER_NANO // 2) // _ATTO_PER_NANO


class _Dated:
    """The prices of a model that change with the day or the hour."""

    __slots__ = ("_periods",)

    def __init__(self, periods: tuple[Period, ...]) -> None:
        self._periods = tuple((period, _to_price(period.sheet)) for period in reversed(periods))

    def at(self, at_ns: int) -> Price | None:
        for period, price in self._periods:
            if _holds(period, at_ns):
                return price
        return self._periods[-1][1]


def _to_price(sheet: Sheet | None) -> Price | None:
    return None if sheet is None else Price(sheet)


def _holds(period: Period, at_ns: int) -> bool:
    if period.from_ns is not None:
        return at_ns >= period.from_ns
    if period.daily_ns is None:
        return True
    start, end = period.daily_ns
    time_ns = at_ns % _DAY_NS
    if end < start:
        return time_ns >= start or time_ns < end
    return start <= time_ns < end


def shipped_prices() -> PriceFile:
    """The price file that comes with this version of Vedette."""
    data = files("vedette.costs").joinpath("prices.msgpack").read_bytes()
    return msgspec.msgpack.decode(data, type=PriceFile)


class PriceIndex:
    """Finds prices by provider and model name.

    The rules are those of genai-prices 0.2: provider by id or its clause, then its models in
    order, then those of the providers it resells, then all again with a compact date in the name
    written with dashes. Answers are remembered, at most `_MEMO_SIZE` of them.
    """

    def __init__(self, data: PriceFile) -> None:
        self.version = data.version
        """Of the price data: where it is from and when it was compiled."""
        self._providers = {row.id: row for row in data.providers}
        self._models: dict[str, tuple[ModelRow, ...]] = {}
        self._memo: dict[tuple[str, str, str], Price | _Dated | None] = {}
        nothing = Sheet((0,) * 10, web_search_atto_usd=0, file_search_atto_usd=0)
        self._free = Price(nothing)

    @classmethod
    def load(cls) -> "PriceIndex":
        """The prices that come with this version of Vedette."""
        return cls(shipped_prices())

    def price(self, provider: str, model: str, at_ns: int, tier: str = "") -> Price | None:
        """The price of `model` at `provider` at that time; None where it is not known.

        `provider` is an id or alias of the price data, or the kind of a local provider. Both
        names are case-insensitive. Where a service tier has no price of its own, the usual one
        holds.
        """
        key = (provider, model, tier)
        try:
            found = self._memo[key]
        except KeyError:
            found = self._remember(key)
        return found.at(at_ns) if found.__class__ is _Dated else found  # type: ignore[return-value]

    @property
    def provider_ids(self) -> tuple[str, ...]:
        return tuple(self._providers)

    def find(self, provider: str, model: str) -> ModelRow | None:
        """What the data says of a model; None for one that it does not know."""
        row = self._find_provider(provider.strip().lower())
        name = model.lower()
        if row is None or not name:
            return None
        return self._find_model(row, name) or self._find_model(row, _dash_date(name))

    def models(self, provider: str) -> tuple[ModelRow, ...]:
        """Those that a provider lists itself."""
        row = self._find_provider(provider.strip().lower())
        return () if row is None else self._models_of(row.id)

    def _remember(self, key: tuple[str, str, str]) -> Price | _Dated | None:
        if len(self._memo) >= _MEMO_SIZE:
            self._memo.clear()
        provider, model, tier = key
        found = self._memo[key] = self._find(provider.strip().lower(), model.lower(), tier)
        return found

    def _find(self, provider: str, model: str, tier: str) -> Price | _Dated | None:
        if provider in LOCAL_PROVIDERS:
            return self._free
        found = self.find(provider, model)
        if found is None:
            return None
        periods = found.periods
        if tier:
            periods += dict(found.tiers).get(tier, ())
        if len(periods) == 1:
            return _to_price(periods[0].sheet)
        return _Dated(periods)

    def _find_provider(self, name: str) -> ProviderRow | None:
        if not name:
            return None
        if (row := self._providers.get(name)) is not None:
            return row
        for row in self._providers.values():
            if row.clause is not None and matches(row.clause, name):
                return row
        return None

    def _find_model(self, provider: ProviderRow, name: str) -> ModelRow | None:
        for id in (provider.id, *provider.fallbacks):
            for model in self._models_of(id):
                if matches(model.clause, name):
                    return model
        return None

    def _models_of(self, id: str) -> tuple[ModelRow, ...]:
        if (models := self._models.get(id)) is None:
            raw = self._providers[id].models if id in self._providers else b"\x90"
            models = msgspec.msgpack.decode(raw, type=tuple[ModelRow, ...])
            self._models[id] = models
        return models


def _dash_date(name: str) -> str:
    """`gpt-5.2-20251211` as `gpt-5.2-2025-12-11`; an impossible date is left as it is."""

    def dash(match: re.Match[str]) -> str:
        try:
            day = date(int(match[2]), int(match[3]), int(match[4]))
        except ValueError:
            return match[0]
        return f"-{day.isoformat()}"

    return _COMPACT_DATE.sub(dash, name)
