from pathlib import Path

import msgspec
import pytest

from vedette.costs.price_data import Equals, ModelRow, Period, PriceFile, ProviderRow, Sheet
from vedette.costs.price_files import (
    NoPriceFile,
    PriceWatch,
    load_prices,
    merge_prices,
    prices_in_force,
    read_prices,
)
from vedette.costs.prices import PriceIndex, shipped_prices
from vedette.model.usage import Usage

NOW = 1_800_000_000_000_000_000
ONE = Usage(input_uncached=1)


def period(rate: int, from_ns: int | None = None) -> Period:
    return Period(Sheet((rate * 10**9,) + (0,) * 9), from_ns=from_ns)


def file(version: str, **models: tuple[Period, ...]) -> PriceFile:
    rows = [ModelRow(name, Equals(name), periods) for name, periods in models.items()]
    raw = msgspec.Raw(msgspec.msgpack.encode(rows))
    return PriceFile(version, (ProviderRow("p", None, (), raw),))


def cost(prices: PriceFile, model: str, at_ns: int) -> int | None:
    price = PriceIndex(prices).price("p", model, at_ns)
    return None if price is None else price.cost_nano_usd(ONE)


def test_a_new_price_holds_from_now_on_and_the_old_one_before() -> None:
    merged = merge_prices(file("1", a=(period(1),)), file("2", a=(period(2),)), NOW)
    assert merged.version == "2"
    assert [cost(merged, "a", at) for at in (0, NOW - 1, NOW)] == [1, 1, 2]
    again = merge_prices(merged, file("3", a=(period(3),)), NOW + 10)
    assert [cost(again, "a", NOW + at) for at in (-1, 5, 10)] == [1, 2, 3]


def test_a_price_can_go_back_and_come_twice() -> None:
    first, second = file("1", a=(period(1),)), file("2", a=(period(2),))
    merged = merge_prices(first, second, NOW)
    twice = merge_prices(merged, second, NOW + 5)
    assert twice.providers[0].models == merged.providers[0].models
    back = merge_prices(twice, first, NOW + 10)
    assert [cost(back, "a", NOW + at) for at in (-1, 9, 10)] == [1, 2, 1]


def test_what_is_the_same_changes_nothing() -> None:
    old = file("1", a=(period(1), period(2, NOW - 5)))
    merged = merge_prices(old, file("2", a=(period(1), period(2, NOW - 5))), NOW)
    assert merged.providers[0].models == old.providers[0].models


def test_a_price_announced_for_later_waits() -> None:
    new = file("2", a=(period(1), period(7, NOW + 100)))
    merged = merge_prices(file("1", a=(period(1),)), new, NOW)
    assert [cost(merged, "a", NOW + at) for at in (0, 99, 100)] == [1, 1, 7]
    moved = merge_prices(file("1", a=(period(3),)), new, NOW)
    assert [cost(moved, "a", NOW + at) for at in (-1, 0, 100)] == [3, 1, 7]


def test_models_come_and_none_is_forgotten() -> None:
    merged = merge_prices(file("1", a=(period(1),)), file("2", b=(period(2),)), NOW)
    assert (cost(merged, "a", NOW), cost(merged, "b", 0)) == (1, 2)


def test_the_shipped_prices_merge_with_themselves() -> None:
    shipped = shipped_prices()
    index = PriceIndex(merge_prices(shipped, shipped, NOW))
    for model in ("gpt-5", "gpt-4o"):
        for tier in ("", "flex"):
            mine = index.price("openai", model, NOW, tier)
            theirs = PriceIndex(shipped).price("openai", model, NOW, tier)
            usage = Usage(*range(1, 11))
            assert mine is not None
            assert theirs is not None
            assert mine.cost_nano_usd(usage) == theirs.cost_nano_usd(usage)


def test_what_is_no_price_file_is_refused_and_never_used(tmp_path: Path) -> None:
    path = tmp_path / "prices.msgpack"
    with pytest.raises(NoPriceFile):
        read_prices(path)
    assert prices_in_force(path).version == load_prices(str(path)).version
    broken = PriceFile("x", (ProviderRow("p", None, (), msgspec.Raw(b"\xc1")),))
    for content in (b"hello", msgspec.msgpack.encode(broken)[:-3]):
        path.write_bytes(content)
        with pytest.raises(NoPriceFile):
            read_prices(path)
        assert load_prices(str(path)).version == PriceIndex.load().version
    path.write_bytes(msgspec.msgpack.encode(file("mine", a=(period(1),))))
    assert load_prices(str(path)).version == "mine"
    assert load_prices("").version == PriceIndex.load().version


def test_newer_prices_are_seen_once(tmp_path: Path) -> None:
    path = tmp_path / "prices.msgpack"
    watch = PriceWatch(str(path))
    shipped = watch.load()
    assert watch.changed() is None
    path.write_bytes(msgspec.msgpack.encode(file("mine", a=(period(1),))))
    newer = watch.changed()
    assert newer is not None
    assert newer.version == "mine"
    assert watch.changed() is None
    path.unlink()
    again = watch.changed()
    assert again is not None
    assert again.version == shipped.version
    assert PriceWatch("").changed() is None
