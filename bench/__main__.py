"""`python -m bench [PART ...]`: measure, keep the figures, write the tables of the docs."""

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bench import gateway, report
from bench.tools import BenchError, say

OTHERS = {
    "store": "ingest and queries of the span store",
    "http1": "the HTTP/1.1 rim alone",
    "dialects": "reading provider bytes",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts asked for; 0 when all ran."""
    options = _parser().parse_args(arguments)
    parts = options.parts or ["gateway", "store"]
    if unknown := [part for part in parts if part not in ("gateway", *OTHERS)]:
        say(f"Unknown: {', '.join(unknown)}. Known: gateway, {', '.join(OTHERS)}.")
        return 2
    failed = 0
    for part in parts:
        try:
            if part == "gateway":
                _gateway(options)
            else:
                failed += _other(part)
        except BenchError as error:
            say(f"{part}: {error}")
            failed += 1
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = "; ".join(f"{name}: {what}" for name, what in OTHERS.items())
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"gateway: Vedette and its peers; {known}"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each load")
    parser.add_argument("--only", default="", help="candidates, with commas: vedette,nginx,direct")
    parser.add_argument("--soak", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--quick", action="store_true", help="one round, short loads, no docs")
    parser.add_argument("--no-docs", action="store_true", help="leave docs/benchmarks.md alone")
    return parser


def _gateway(options: argparse.Namespace) -> None:
    names = tuple(name for name in options.only.split(",") if name)
    plan = gateway.Plan(
        rounds=options.rounds, seconds=options.seconds, names=names, soak_s=options.soak
    )
    if options.quick:
        plan = gateway.Plan(rounds=1, seconds=1.5, names=names, many_streams=False, soak_s=0)
    cells = gateway.measure(plan)
    conditions = {
        "rounds": plan.rounds,
        "seconds a load": plan.seconds,
        "soak of seconds": plan.soak_s,
    }
    tables = report.gateway_tables(cells, conditions)
    print(tables)
    result = report.gateway_result(cells, {**asdict(plan)})
    if not options.quick:
        say(f"kept in {report.save('gateway', result)}")
        if not options.no_docs:
            report.write_section("gateway", tables)


def _other(part: str) -> int:
    """A bench of another part of the code: a module with a `main()`."""
    if importlib.util.find_spec(f"bench.{part}") is None:
        say(f"bench.{part} is not there")
        return 1
    run: Callable[[], int | None] = importlib.import_module(f"bench.{part}").main
    return run() or 0


if __name__ == "__main__":
    sys.exit(main())
