"""`vedette prices show MODEL` and `vedette prices update FILE`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption
from vedette.clock import SystemClock
from vedette.errors import NotFound

if TYPE_CHECKING:
    from vedette.costs.price_data import ModelRow, Period

_SHOW_EPILOG = """Examples:

- `vedette prices show gpt-5`

- `vedette prices show claude-sonnet-4-5 --provider aws`

Prices are in US dollars for a million tokens, and for a thousand searches of the web and in files
that the provider runs. What the configuration says under `prices` comes
first; it is not shown here."""
_UPDATE_EPILOG = """Examples:

- `vedette prices update prices.msgpack`

- `vedette prices update data.json`

FILE has the form of `vedette/costs/prices.msgpack` of any release, or is the JSON that genai-prices
publishes (`prices/data.json`). A price that it changes holds
from now on; what was called before keeps its price. A running Vedette takes it over within a
second."""
_COLUMNS = ("TIER", "FROM", "ABOVE>", *(f"{name}>" for name in (
    "INPUT", "CACHE READ", "CACHE WRITE", "WRITE 1H", "AUDIO IN", "IMAGE IN", "OUTPUT",
    "REASONING", "AUDIO OUT", "IMAGE OUT", "CACHED AUDIO", "CACHED IMAGE", "WEB/1K", "FILES/1K",
)))  # fmt: skip
_ATTO_PER_MTOK = 10**12
_ATTO_PER_1K = 10**15

ModelArgument = Annotated[str, typer.Argument(metavar="MODEL", show_default=False)]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="What models cost.")
    group.callback()(_group)
    group.command("show", epilog=_SHOW_EPILOG)(show_price)
    group.command("update", epilog=_UPDATE_EPILOG)(update_prices)
    app.add_typer(group, name="prices")


def _group() -> None:
    """What models cost."""


def show_price(
    model: ModelArgument,
    *,
    provider: Annotated[
        str, typer.Option(help="Id in the price list, such as openai, anthropic, aws, google.")
    ] = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what a model costs, by tier and day."""
    from vedette.costs.price_files import load_prices

    index = load_prices(str(_file(config)))
    ids = (provider,) if provider else index.provider_ids
    found = [(id, row) for id in ids if (row := index.find(id, model)) is not None]
    if not provider:
        # Resellers list the same names: those who make a model say its own name.
        found = [one for one in found if one[1].id == model] or found[:3]
    if not found:
        where = f" at {provider!r}" if provider else ""
        raise NotFound(f"No price of {model!r}{where} is known. Set one under `prices`.")
    rows = [row for id, model_row in found for row in _rows(id, model_row)]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    out = console()
    for id, model_row in found:
        out.print(f"{id} / {model_row.id} ({index.version})")
        table(out, _COLUMNS, [_cells(row) for row in rows if row["provider"] == id])


def update_prices(file: FileArgument, *, config: ConfigOption = None) -> None:
    """Take over newer prices from a file."""
    import msgspec

    from vedette.access.files import replace_file
    from vedette.costs.price_files import merge_prices, prices_in_force, read_prices
    from vedette.errors import StoreError

    target = _file(config)
    new = read_prices(file)
    merged = merge_prices(prices_in_force(target), new, SystemClock().now_ns())
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(target, msgspec.msgpack.encode(merged))
    except OSError as error:
        raise StoreError(f"Cannot write {str(target)!r}: {error.strerror}.") from None
    console().print(f"Prices are now those of {merged.version}.")


def _file(config: Path | None) -> Path:
    from vedette.app.snapshot import prices_file, run_paths

    return prices_file(run_paths(load_config(config).config))


def _rows(provider: str, model: "ModelRow") -> Iterator[dict[str, Any]]:
    for tier, periods in (("", model.periods), *model.tiers):
        for period in periods:
            if period.sheet is not None:
                yield from _sheet(provider, tier, period)


def _sheet(provider: str, tier: str, period: "Period") -> Iterator[dict[str, Any]]:
    from vedette.costs.price_data import BUCKETS, CACHED
    from vedette.query.times import format_time

    since = format_time(period.from_ns)[:10] if period.from_ns else ""
    sheet = period.sheet
    assert sheet is not None
    searches = {
        "web_searches": sheet.web_search_atto_usd,
        "file_searches": sheet.file_search_atto_usd,
    }
    for n, (above, rates) in enumerate(((0, sheet.rates), *sheet.tiers)):
        cached = sheet.cached[n] if sheet.cached else (rates[1], rates[1])
        named = zip((*BUCKETS, *CACHED), (*rates, *cached), strict=True)
        yield {
            "provider": provider, "tier": tier, "from": since, "above_input_tokens": above,
            "usd_per_mtok": {name: rate / _ATTO_PER_MTOK for name, rate in named},
            "usd_per_1k": {
                name: None if price is None else price / _ATTO_PER_1K
                for name, price in searches.items()
            },
        }  # fmt: skip


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    above = str(row["above_input_tokens"] or "")
    told = (*row["usd_per_mtok"].values(), *row["usd_per_1k"].values())
    prices = ("-" if price is None else f"{price:.6g}" for price in told)
    return (row["tier"] or "usual", row["from"] or "always", above, *prices)
