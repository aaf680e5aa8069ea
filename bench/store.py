"""Ingest and query figures of the span store: `python -m bench.store --spans 100000`.

CPU time of this process throughout, so figures of a busy machine compare. Ingest is `write_batch`
with decoded spans, then the text index; queries are the median of `--runs` on a warm store.
`--check` ends with status 1 where a target of TARGETS.md is missed.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.spans import DAY_NS, DAYS, RARE_MODEL, Spans
from vedette.clock import SystemClock
from vedette.model.query import Filter, Metric, SeriesQuery
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore

BATCH = 1_000
PERCENTILES: tuple[Metric, ...] = (
    "latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "cost_usd", "input_tokens",
    "output_tokens",
)  # fmt: skip


class Figure(NamedTuple):
    """One measured number and what it should be."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target


def batches(spans: Iterable[Span]) -> Iterable[list[Span]]:
    stream = iter(spans)
    while batch := list(islice(stream, BATCH)):
        yield batch


def measure_ingest(folder: Path, source: Spans, end_ns: int) -> list[Figure]:
    """Fill a store and say what it cost."""
    store = SqliteSpanStore(folder, SystemClock())
    write_s = text_s = 0.0
    count = raw = 0
    without_text = 0
    for batch in batches(source):
        raw += sum(len(msgspec.msgpack.encode(span)) for span in batch)
        count += len(batch)
        started = time.process_time()
        store.write_batch(batch)
        write_s += time.process_time() - started
    store.close()
    without_text = disk(folder)
    store = SqliteSpanStore(folder, SystemClock())
    started = time.process_time()
    while store.maintain():
        pass
    text_s = time.process_time() - started
    store.close()
    with_text = disk(folder)
    return [
        Figure("raw size (msgpack)", raw / count, "B/span"),
        Figure("ingest without text index", count / write_s, "spans/CPU-s", 15_000, True),
        Figure("ingest with text index", count / (write_s + text_s), "spans/CPU-s", 6_000, True),
        Figure("disk without text index", without_text / count, "B/span", 1_700),
        Figure("disk with text index", with_text / count, "B/span", 2_500),
    ]


def disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def measure_queries(folder: Path, source: Spans, end_ns: int, runs: int) -> list[Figure]:
    """Open the store and ask it what a console asks."""
    started = time.process_time()
    store = SqliteSpanStore(folder, SystemClock())
    opened_s = time.process_time() - started
    week = Filter(from_ns=end_ns - 7 * DAY_NS)
    page = store.list_traces(Filter(), after=None, limit=50)
    deep = store.list_traces(Filter(to_ns=end_ns - 26 * DAY_NS), after=None, limit=1)
    rows = store.list_traces(Filter(), after=None, limit=200).items
    largest = max(rows, key=lambda row: row.span_count)

    def traces(filter: Filter) -> Callable[[], object]:
        return lambda: store.list_traces(filter, after=None, limit=50)

    def with_(**fields: object) -> Filter:
        return msgspec.structs.replace(week, **fields)

    series = SeriesQuery(
        from_ns=end_ns - DAYS * DAY_NS,
        to_ns=end_ns,
        bucket_s=3600,
        metrics=PERCENTILES,
        group_by="model",
    )
    total = msgspec.structs.replace(series, group_by="")
    ttft = msgspec.structs.replace(
        series, metrics=(*PERCENTILES, "ttft_p50_ms", "ttft_p95_ms", "ttft_p99_ms")
    )
    user = page.items[0].user_id
    queries: list[tuple[str, Callable[[], object], float | None]] = [
        ("list 50 traces", traces(Filter()), 5),
        ("list 50 traces, page 2", lambda: store.list_traces(Filter(), after=page.next, limit=50), 5),
        ("list 50 traces, 26 days back",
         lambda: store.list_traces(Filter(), after=deep.next, limit=50), 5),
        ("list 50 traces, common model", traces(Filter(model="model-00")), 5),
        ("list 50 traces, rare model", traces(Filter(model=RARE_MODEL)), 5),
        ("list 50 traces, unknown model", traces(Filter(model="nope")), 5),
        ("list 50 traces, one user", traces(Filter(user_id=user)), 5),
        ("list 50 traces, one session", traces(Filter(session_id=page.items[0].session_id)), 5),
        ("list 50 traces, errors", traces(Filter(status="error")), 5),
        ("list 50 traces, rare model with error", traces(Filter(model=RARE_MODEL, status="error")), None),
        ("list 50 traces, cost over 0.15 $", traces(Filter(min_cost_nano_usd=150_000_000)), None),
        ("list 50 traces, longer than an hour", traces(Filter(min_latency_ms=3.6e6)), None),
        ("list 50 spans", lambda: store.list_spans(Filter(), after=None, limit=50), 5),
        ("list 50 spans, cost over 0.0199 $",
         lambda: store.list_spans(Filter(min_cost_nano_usd=19_900_000), after=None, limit=50), None),
        ("trace of %d spans with payload" % largest.span_count,
         lambda: store.trace_spans("default", largest.trace_id, payload=True), 5),
        ("phrase, 7 days", traces(with_(text=source.phrase)), 20),
        ("phrase, all time", traces(Filter(text=source.phrase)), None),
        ("common word, 7 days", traces(with_(text=source.common)), 20),
        ("phrase no one wrote, 7 days", traces(with_(text=f"{source.common} nobody")), 20),
        ("two common words that never meet, 7 days", traces(with_(text=f"{source.common} {source.common} {source.common}")), 20),
        ("phrase and rare model, 7 days", traces(with_(text=source.common, model=RARE_MODEL)), 20),
        ("30 days hourly p50/95/99, cost, tokens by model", lambda: store.series(series), 100),
        ("same with ttft p50/95/99", lambda: store.series(ttft), None),
        ("30 days hourly, one line", lambda: store.series(total), 100),
        ("facets of 30 days", lambda: store.facets("default", from_ns=series.from_ns, to_ns=end_ns), None),
    ]  # fmt: skip
    figures = [Figure("open", opened_s * 1000, "ms CPU", 200)]
    figures += [Figure(name, median_ms(ask, runs), "ms CPU", goal) for name, ask, goal in queries]
    store.close()
    return figures


def median_ms(ask: Callable[[], object], runs: int) -> float:
    ask()
    times = []
    for _ in range(runs):
        started = time.process_time_ns()
        ask()
        times.append((time.process_time_ns() - started) / 1e6)
    return statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.store", description=__doc__)
    parser.add_argument("--spans", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--dir", type=Path, help="keep the store here, use it when it is there")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    folder = args.dir or Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    end_ns = SystemClock().now_ns() // DAY_NS * DAY_NS
    source = Spans(args.spans, end_ns=end_ns)
    try:
        figures = [] if (folder / "spans.lock").exists() else measure_ingest(folder, source, end_ns)
        figures += measure_queries(folder, source, end_ns, args.runs)
    finally:
        if args.dir is None:
            shutil.rmtree(folder)
    for figure in figures:
        goal = (
            ""
            if figure.target is None
            else f"{'>=' if figure.at_least else '<='} {figure.target:g}"
        )
        mark = "" if figure.is_met else "  MISSED"
        print(f"{figure.name:<50} {figure.value:>12.2f} {figure.unit:<12} {goal}{mark}")
    if args.json:
        args.json.write_text(json.dumps([figure._asdict() for figure in figures], indent=1) + "\n")
    return int(args.check and not all(figure.is_met for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
