"""Newer prices as a file: data, not code.

A price file has the form of the one that comes with Vedette (`vedette/costs/prices.msgpack` of any
release), or is the JSON that genai-prices publishes (`prices/data.json`). Taken over, it keeps the
history: a price that it changes holds from that moment on, and what was called before keeps its
price.
"""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from vedette.costs.price_data import ModelRow, Period, PriceFile, ProviderRow
from vedette.costs.price_json import compile_json
from vedette.costs.prices import PriceIndex, shipped_prices
from vedette.errors import BadRequest

MOST_BYTES = 64 * 1_048_576
_MODELS = msgspec.msgpack.Decoder(tuple[ModelRow, ...])
_FILE = msgspec.msgpack.Decoder(PriceFile)


class NoPriceFile(BadRequest):
    """A file that holds no prices."""

    code = "invalid_price_file"


def read_prices(path: Path) -> PriceFile:
    """Raises NoPriceFile for what cannot be read or is none, down to the last model."""
    try:
        content = _content(path)
        if content.lstrip()[:1] in (b"[", b"{"):
            return _from_json(path, content)
        found = _FILE.decode(content)
        for provider in found.providers:
            _MODELS.decode(provider.models)
    except OSError as error:
        raise NoPriceFile(f"Cannot read {str(path)!r}: {error.strerror}.") from None
    except msgspec.MsgspecError as error:
        raise NoPriceFile(f"{str(path)!r} is no file of prices: {error}.") from None
    return found


def _content(path: Path) -> bytes:
    told = path.stat()
    if not stat.S_ISREG(told.st_mode) or told.st_size > MOST_BYTES:
        raise NoPriceFile(f"{str(path)!r} is no file of at most {MOST_BYTES >> 20} MiB.")
    return path.read_bytes()


def _from_json(path: Path, content: bytes) -> PriceFile:
    """Its version is the day on which the file was written: it names none itself."""
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    try:
        found = compile_json(content, f"genai-prices {day}")
    except (ValueError, ArithmeticError, RecursionError) as error:
        message = f"{str(path)!r} is not the JSON that genai-prices publishes: {error}."
        raise NoPriceFile(message) from None
    if not found.providers:
        raise NoPriceFile(f"{str(path)!r} names no providers.")
    return found


def load_prices(path: str) -> PriceIndex:
    """The prices of a file where there is one that is good, else those of this version."""
    file = Path(path) if path else None
    if file is not None and file.exists():
        try:
            return PriceIndex(read_prices(file))
        except NoPriceFile:
            return PriceIndex.load()
    return PriceIndex.load()


class PriceWatch:
    """Newer prices, taken over while a process runs."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None

    def load(self) -> PriceIndex:
        """What is in force now."""
        self._seen = self._mark()
        return load_prices(self._path)

    def changed(self) -> PriceIndex | None:
        """The prices if the file is another than the last time."""
        mark = self._mark() if self._path else None
        if mark == self._seen:
            return None
        return self.load()

    def _mark(self) -> tuple[int, int] | None:
        try:
            stat = os.stat(self._path)
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino


def prices_in_force(path: Path) -> PriceFile:
    """What was taken over before, else what comes with this version. Raises NoPriceFile."""
    return read_prices(path) if path.exists() else shipped_prices()


def merge_prices(old: PriceFile, new: PriceFile, from_ns: int) -> PriceFile:
    """The new prices, each of which that differs holding from a moment on; nothing is forgotten."""
    before = {provider.id: provider for provider in old.providers}
    merged = [
        _merge_provider(before.pop(provider.id, None), provider, from_ns)
        for provider in new.providers
    ]
    return replace(new, providers=(*merged, *before.values()))


def _merge_provider(old: ProviderRow | None, new: ProviderRow, from_ns: int) -> ProviderRow:
    if old is None:
        return new
    before = {model.id: model for model in _MODELS.decode(old.models)}
    models = [
        _merge_model(before.pop(model.id, None), model, from_ns)
        for model in _MODELS.decode(new.models)
    ]
    rows = msgspec.msgpack.encode([*models, *before.values()])
    return replace(new, models=msgspec.Raw(rows))


def _merge_model(old: ModelRow | None, new: ModelRow, from_ns: int) -> ModelRow:
    if old is None:
        return new
    tiers_before = dict(old.tiers)
    tiers = tuple(
        (tier, _merge_periods(tiers_before.pop(tier, ()), periods, from_ns))
        for tier, periods in new.tiers
    )
    return replace(
        new,
        periods=_merge_periods(old.periods, new.periods, from_ns),
        tiers=(*tiers, *tiers_before.items()),
    )


def _merge_periods(
    old: tuple[Period, ...], new: tuple[Period, ...], from_ns: int
) -> tuple[Period, ...]:
    """The old periods, then the new ones that hold now or later."""
    if new[: len(old)] == old and _is_dated(new[len(old) :]):
        return new
    if any(period.daily_ns is not None for period in (*old, *new)):
        # Times of day cannot be told apart by date: the new prices hold at once.
        return new
    before, now = _current(old, from_ns), _current(new, from_ns)
    later = [period for period in new if (period.from_ns or 0) > from_ns]
    if now is not None and (before is None or before.sheet != now.sheet):
        later.insert(0, replace(now, from_ns=from_ns))
    kept = tuple(period for period in old if (period.from_ns or 0) <= from_ns)
    return (*kept, *later)


def _current(periods: tuple[Period, ...], at_ns: int) -> Period | None:
    return next((one for one in reversed(periods) if (one.from_ns or 0) <= at_ns), None)


def _is_dated(periods: tuple[Period, ...]) -> bool:
    return all(period.from_ns is not None for period in periods)
