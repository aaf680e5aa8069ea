"""Compile the data of the genai-prices package to `src/vedette/costs/prices.msgpack`.

Run after an update of genai-prices: `python tools/compile_prices.py --date 2026-11-21`. The package
holds the data as Python objects; here they are written as the JSON that genai-prices publishes,
which `vedette.costs.price_json` reads.
"""

import argparse
from datetime import date, time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from genai_prices import types
from genai_prices.data import providers

from vedette.costs.price_data import PriceFile
from vedette.costs.price_json import compile_json

TARGET = Path(__file__).parent.parent / "src" / "vedette" / "costs" / "prices.msgpack"


def compile_prices(date: str) -> PriceFile:
    """The whole file; `date` is written into its version."""
    return compile_json(published_json(), f"genai-prices {version('genai-prices')} {date}")


def published_json() -> bytes:
    """The data as genai-prices publishes it."""
    return msgspec.json.encode([_plain(provider) for provider in providers])


def _plain(value: Any) -> Any:
    match value:
        case types.ModelPrice():
            return {key: _plain(price) for key, price in vars(value).items() if price is not None}
        case Decimal():
            # As a number, digit for digit.
            return msgspec.Raw(str(value).encode())
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return [_plain(part) for part in value]
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case None | str() | int() | float() | bool():
            return value
    return {
        key.rstrip("_"): _plain(part)
        for key, part in vars(value).items()
        if part is not None and key != "extractors"
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--date", required=True, help="day of the data, YYYY-MM-DD")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    options.target.write_bytes(msgspec.msgpack.encode(compile_prices(options.date)))


if __name__ == "__main__":
    main()
