"""The JSON that genai-prices publishes."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tools.compile_prices import published_json
from vedette.costs.price_files import NoPriceFile, read_prices
from vedette.costs.price_json import compile_json
from vedette.costs.prices import PriceIndex, shipped_prices
from vedette.model.usage import Usage

DAY_NS = 86_400 * 10**9
FROM_NS = 20_000 * DAY_NS
"""2024-10-04."""


def index(prices: Any, **fields: Any) -> PriceIndex:
    model = {"id": "m", "match": {"equals": "M"}, "prices": prices, **fields}
    content = json.dumps([{"id": "p", "name": "P", "models": [model]}]).encode()
    return PriceIndex(compile_json(content, "1"))


def cost(prices: PriceIndex, usage: Usage, at_ns: int = 0, tier: str = "") -> int | None:
    price = prices.price("p", "m", at_ns, tier)
    return None if price is None else price.cost_nano_usd(usage)


def test_what_is_published_is_what_we_ship() -> None:
    shipped = shipped_prices()
    compiled = compile_json(published_json(), shipped.version)
    assert msgspec.msgpack.encode(compiled) == msgspec.msgpack.encode(shipped)


def test_tokens_without_a_price_of_their_own_cost_what_they_are_made_of() -> None:
    prices = index({"input_mtok": 1, "cache_read_mtok": 0.1, "output_mtok": 4,
                    "output_audio_mtok": 8, "web_searches_kcount": 10})  # fmt: skip
    assert cost(prices, Usage(input_uncached=1000)) == 1_000_000
    assert cost(prices, Usage(cache_read=1000)) == 100_000
    assert cost(prices, Usage(audio_input=1000)) == 1_000_000
    assert cost(prices, Usage(reasoning=1000)) == 4_000_000
    assert cost(prices, Usage(audio_output=1000)) == 8_000_000


def test_searches_have_a_price_or_none_is_known() -> None:
    used = Usage(web_searches=2, file_searches=1)
    told = index({"input_mtok": 1, "web_searches_kcount": 10, "storage_searches_kcount": 2.5})
    assert cost(told, used) == 20_000_000 + 2_500_000
    for prices, unpriced in (
        (told, ()),
        (index({"input_mtok": 1, "web_searches_kcount": 10}), ("file_searches",)),
        (index({"input_mtok": 1}), ("web_searches", "file_searches")),
        # Who is paid by the call runs the searches for that.
        (index({"input_mtok": 1, "requests_kcount": 5}), ("file_searches",)),
    ):
        price = prices.price("p", "m", 0)
        assert price is not None
        assert price.unpriced_of(used) == unpriced


def test_sound_from_the_cache_by_length() -> None:
    long = {"base": 1, "tiers": [{"start": 100, "price": 2}]}
    prices = index({"input_mtok": 9, "cache_read_mtok": 3, "cache_audio_read_mtok": long})
    assert cost(prices, Usage(cache_read_audio=100)) == 100_000
    assert cost(prices, Usage(cache_read_audio=101)) == 202_000
    assert cost(prices, Usage(cache_read_audio=10, cache_read_image=91)) == 20_000 + 273_000


def test_prices_by_length_by_day_and_by_call() -> None:
    long = {"base": 1, "tiers": [{"start": 1000, "price": 2}]}
    prices = index([
        {"prices": {"input_mtok": long, "requests_kcount": 5}},
        {"prices": {"input_mtok": 3}, "constraint": {"start_date": "2024-10-04"}},
    ])  # fmt: skip
    assert cost(prices, Usage(input_uncached=1000)) == 1_000_000 + 5_000_000
    assert cost(prices, Usage(input_uncached=1001)) == 2_002_000 + 5_000_000
    assert cost(prices, Usage(input_uncached=1000), FROM_NS - 1) == 6_000_000
    assert cost(prices, Usage(input_uncached=1000), FROM_NS) == 3_000_000


def test_prices_by_the_time_of_day() -> None:
    off = {"start_time": "16:30:00Z", "end_time": "00:30:00Z"}
    prices = index(
        [{"prices": {"input_mtok": 2}}, {"prices": {"input_mtok": 1}, "constraint": off}]
    )
    usage, hour = Usage(input_uncached=1000), 3600 * 10**9
    assert [cost(prices, usage, at * hour) for at in (0, 12, 17)] == [
        1_000_000, 2_000_000, 1_000_000,
    ]  # fmt: skip


def test_a_variant_is_a_tier() -> None:
    flex = {"when": {"service_tier": "flex"}, "prices": {"input_mtok": 1}}
    other = {"when": {"region": "eu"}, "prices": {"input_mtok": 9}}
    prices = index({"input_mtok": 2, "output_mtok": 4}, price_variants=[flex, other])
    assert cost(prices, Usage(input_uncached=1000), tier="flex") == 1_000_000
    assert cost(prices, Usage(output_text=1000), tier="flex") == 4_000_000
    assert cost(prices, Usage(input_uncached=1000), tier="eu") == 2_000_000


def test_what_has_no_price_for_tokens_is_unknown() -> None:
    assert cost(index({"pages_kcount": 1}), Usage()) is None
    assert cost(index({}), Usage()) is None
    assert cost(index({}, name="M (free)"), Usage(input_uncached=1000)) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"[", b"{}", b"[1]", b'[{"id":"p","models":[{"id":"m"}]}]',
        b'[{"id":"p","models":[{"id":"m","match":{},"prices":{}}]}]',
        b'[{"id":"p","models":[{"id":"m","match":{"like":"x"},"prices":{}}]}]',
        b'[{"id":"p","models":[{"id":"m","match":{"equals":"m"},"prices":{"input_mtok":-1}}]}]',
        b'[{"id":"p","models":[{"id":"m","match":{"equals":"m"},"prices":{"input_mtok":1e99}}]}]',
        b'[{"id":"p","models":[{"id":"m","match":{"equals":"m"},"prices":{"input_mtok":"x"}}]}]',
        b'[{"id":"p","models":[{"id":"m","match":{"equals":"m"},"prices":[{"prices":{},'
        b'"constraint":{"start_date":"soon"}}]}]}]',
        b'[{"id":"p","provider_match":' + b'{"or":[' * 40 + b"]}" * 40 + b"}]",
        b"[" * 5000,
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    file.write_bytes(content)
    with pytest.raises(NoPriceFile):
        read_prices(file)
