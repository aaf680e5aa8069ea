"""`python -m bench [PART ...]`: measure, keep the figures, write the tables of the docs."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench import gateway, report
from bench.tools import RESULTS, BenchError, say

OTHERS = {
    "store": "ingest and queries of the span store",
    "skeleton": "a trace of 10,000 spans without payloads, part by part",
    "http1_loopback": "the HTTP/1.1 rim alone",
    "hotpath": "the gateway's Python without sockets",
    "limits": "keys, limits and budgets of a call",
    "cache": "hits of a repeating workload",
    "meanings": "wrong answers of the semantic cache",
    "dialects": "reading the bytes of providers",
    "translation": "calls between dialects",
    "guard": "detectors and policies",
    "ingest": "spans of others, from the wire to the disk",
    "sdk": "what the Python SDK costs a call and a chunk, beside other instrumentations",
    "drift": "delay and false alarms of drift detection",
}
QUICK_SPANS = 20_000


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
            elif part == "store":
                _store(options)
            elif part == "translation" and not (options.quick or options.no_docs):
                _module(part, "--docs")
            else:
                _module(part)
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
    parser.add_argument("--only", default="", help="candidates, with commas: direct,nginx,vedette")
    parser.add_argument("--soak", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--spans", default="100000,1000000", help="sizes of the store, with commas")
    parser.add_argument("--quick", action="store_true", help="one short round; keeps nothing")
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
    conditions = f"{plan.rounds} rounds, {plan.seconds:g} s a load, {plan.soak_s:g} s of soak"
    tables = report.gateway_tables(cells, conditions)
    print(tables)
    if options.quick:
        return
    say(f"kept in {report.save('gateway', report.gateway_result(cells, asdict(plan)))}")
    if not options.no_docs:
        report.write_section("gateway", tables)


def _store(options: argparse.Namespace) -> None:
    sizes = [int(size) for size in options.spans.split(",")]
    results: dict[int, Path] = {}
    RESULTS.mkdir(parents=True, exist_ok=True)
    for size in [QUICK_SPANS] if options.quick else sizes:
        say(f"store: {size:,} spans")
        results[size] = RESULTS / f"store_{size}.json"
        _module("store", "--spans", str(size), "--json", str(results[size]))
    if options.quick:
        results[QUICK_SPANS].unlink()
    elif not options.no_docs:
        report.write_section("store", report.store_table(results))


def _module(name: str, *arguments: str) -> None:
    """Another bench, as a program of its own: its figures are those of a fresh process."""
    if not (Path(__file__).with_name(f"{name}.py")).exists():
        raise BenchError(f"bench/{name}.py is not there")
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *arguments], check=False)
    if done.returncode:
        raise BenchError(f"bench.{name} ended with status {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
