"""`vedette prices`."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from vedette.cli import run
from vedette.costs.price_data import Equals, ModelRow, Period, PriceFile, ProviderRow, Sheet

Prices = Callable[..., str]


@pytest.fixture
def prices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Prices:
    config = tmp_path / "vedette.yaml"
    config.write_text(f"storage: {{path: {tmp_path / 'data'}}}\n")

    def priced(*arguments: str, code: int = 0) -> str:
        assert run(["prices", *arguments, "--config", str(config)]) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.err

    return priced


def test_a_model_is_shown_by_tier(prices: Prices) -> None:
    shown = prices("show", "gpt-5", "--provider", "openai")
    assert shown.startswith("openai / gpt-5 (genai-prices")
    usual = next(line.split() for line in shown.splitlines() if line.startswith("usual"))
    assert usual[:4] == ["usual", "always", "1.25", "0.125"]
    rows = json.loads(prices("show", "gpt-5", "--provider", "openai", "--json"))
    assert {row["tier"] for row in rows} >= {"", "flex", "priority", "batch"}
    assert "no-such" in prices("show", "no-such", code=1)


def test_newer_prices_hold_from_now_on(prices: Prices, tmp_path: Path) -> None:
    sheet = Sheet((9 * 10**12,) + (0,) * 9)
    rows = msgspec.msgpack.encode([ModelRow("gpt-5", Equals("gpt-5"), (Period(sheet),))])
    newer = PriceFile("mine 2027", (ProviderRow("openai", None, (), msgspec.Raw(rows)),))
    file = tmp_path / "new.msgpack"
    file.write_bytes(msgspec.msgpack.encode(newer))
    assert prices("update", str(file)) == "Prices are now those of mine 2027.\n"
    rates = [
        (row["from"] == "", row["usd_per_mtok"]["input_uncached"])
        for row in json.loads(prices("show", "gpt-5", "--provider", "openai", "--json"))
        if not row["tier"]
    ]
    assert rates == [(True, 1.25), (False, 9.0)]
    # Other models are as they were.
    assert "gpt-4o" in prices("show", "gpt-4o", "--provider", "openai")


def test_a_file_that_is_none_changes_nothing(prices: Prices, tmp_path: Path) -> None:
    (tmp_path / "new.msgpack").write_bytes(b"no")
    assert "no file of prices" in prices("update", str(tmp_path / "new.msgpack"), code=1)
    assert not (tmp_path / "data" / "prices.msgpack").exists()


def test_the_json_of_genai_prices_is_taken_over(prices: Prices, tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    model = {"id": "gpt-5", "match": {"equals": "gpt-5"}, "prices": {"input_mtok": 9}}
    file.write_text(json.dumps([{"id": "openai", "models": [model]}]))
    assert "Prices are now those of genai-prices 20" in prices("update", str(file))
    assert '"input_uncached": 9.0' in prices("show", "gpt-5", "--provider", "openai", "--json")
    file.write_text("[]")
    assert "names no providers" in prices("update", str(file), code=1)
