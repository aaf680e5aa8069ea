"""`vedette savings`: where the same calls would have cost less."""

from contextlib import closing
from typing import Annotated

import msgspec
import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption
from vedette.clock import SystemClock
from vedette.errors import BadRequest
from vedette.model.ledger import LedgerQuery
from vedette.query.money import format_usd
from vedette.query.times import parse_time

_EPILOG = """Examples:

- `vedette savings --from now-7d`

SAVES is what the calls would have cost less at today's list prices, with the tokens that they used;
`<` marks what is the most that can be saved. Another model may be worse: try it first."""
_COLUMNS = ("KIND", "PROVIDER", "MODEL", "CALLS>", "COST>", "SAVES>", "BY")


def register(app: typer.Typer) -> None:
    app.command("savings", epilog=_EPILOG)(show_savings)


def show_savings(
    *,
    since: Annotated[str, typer.Option("--from", help="Calls from this time on.")] = "now-30d",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show where the same calls would have cost less."""
    from vedette.app.snapshot import gateway_settings, prices_file, run_paths
    from vedette.app.spans import open_ledger
    from vedette.costs.price_files import load_prices
    from vedette.costs.savings import savings

    clock, loaded = SystemClock(), load_config(config).config
    now_ns = clock.now_ns()
    try:
        from_ns = parse_time(since, now_ns=now_ns)
    except ValueError as error:
        raise BadRequest(f"--from is {since!r}: expected {error}.") from None
    settings = gateway_settings(loaded, version=1)
    ids = {one.name: one.price_provider for one in settings.providers}
    prices = load_prices(str(prices_file(run_paths(loaded))))
    query = LedgerQuery(by=("provider", "model"), from_ns=from_ns, to_ns=now_ns)
    with closing(open_ledger(loaded, clock)) as opened:
        sums = opened.ledger.sums(query)
    found = savings(sums, prices, ids, now_ns)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    rows = [
        (
            one.kind, one.provider, one.model, str(one.requests),
            format_usd(one.cost_nano_usd) or "",
            ("<" if one.is_upper_bound else "") + (format_usd(one.saves_nano_usd) or ""),
            one.other or "-",
        )
        for one in found
    ]  # fmt: skip
    out = console()
    table(out, _COLUMNS, rows)
    for advice in dict.fromkeys(f"{one.kind} {one.model}: {one.advice}" for one in found):
        out.print(printable(advice), style="dim", soft_wrap=True)
