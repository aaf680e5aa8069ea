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
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench import skeleton
from bench.answers import measure as measure_answers
from bench.spans import DAY_NS, DAYS, RARE_MODEL, Spans
from vedette.app.loop import spare_collector
from vedette.clock import SystemClock
from vedette.model.query import Filter, Metric, SeriesQuery
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.codec import encode_row

BATCH = 2_000
PERCENTILES: tuple[Metric, ...] = (
    "latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "cost_usd", "input_tokens",
    "output_tokens",
)  # fmt: skip
TTFT: tuple[Metric, ...] = ("ttft_p50_ms", "ttft_p95_ms", "ttft_p99_ms")


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


def measure_ingest(folder: Path, source: Spans) -> list[Figure]:
    """Fill a store without text index and one with it, and say what each cost."""
    bare = folder / "without-text"
    stores = [Filling(bare, text_index=False), Filling(folder, text_index=True)]
    count = 0
    for batch in batches(source):
        count += len(batch)
        for store in stores:
            store.write(batch)
    write_s, both_s = (store.close() for store in stores)
    without_text = disk(bare)
    shutil.rmtree(bare)
    raw = [raw_bytes(span) for span in islice(source, 10_000)]
    return [
        Figure("raw size", sum(raw) / len(raw), "B/span"),
        Figure("ingest without text index", count / write_s, "spans/CPU-s", 15_000, True),
        Figure("ingest with text index", count / both_s, "spans/CPU-s", 6_000, True),
        Figure("disk without text index", without_text / count, "B/span", 1_700),
        Figure("disk with text index", disk(folder) / count, "B/span", 2_500),
    ]


class Filling:
    """Writes as the core does, background work included, and counts the CPU seconds of it."""

    def __init__(self, folder: Path, *, text_index: bool) -> None:
        self._store = SqliteSpanStore(folder, SystemClock(), text_index=text_index)
        self._spent_s = 0.0

    def write(self, batch: list[Span]) -> None:
        started = time.process_time()
        self._store.write_batch(batch)
        while self._store.maintain():
            pass
        self._spent_s += time.process_time() - started

    def close(self) -> float:
        started = time.process_time()
        self._store.close()
        return self._spent_s + time.process_time() - started


def raw_bytes(span: Span) -> int:
    """Size of a span without compression and without field names: ids, head, payload."""
    row = encode_row(span)
    return 24 + 8 + len(row.head) + len(row.body or b"")


def disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


Query = tuple[str, Callable[[], object], float | None]
"""What is asked, how, and the CPU ms it may take."""


def measure_queries(folder: Path, source: Spans, end_ns: int, runs: int) -> list[Figure]:
    """Open the store and ask it what a console asks."""
    started = time.process_time()
    store = SqliteSpanStore(folder, SystemClock())
    opened_s = time.process_time() - started
    queries = [
        *trace_queries(store, end_ns),
        *span_queries(store),
        *text_queries(store, source, end_ns),
        *series_queries(store, end_ns),
    ]
    figures = [Figure("open", opened_s * 1000, "ms CPU", 200)]
    figures += [Figure(name, median_ms(ask, runs), "ms CPU", goal) for name, ask, goal in queries]
    answers = measure_answers(store, end_ns, min(runs, 7))
    figures += [
        Figure(question.name, cpu_ms, "ms CPU", question.goal_ms) for question, cpu_ms, _ in answers
    ]
    store.close()
    return [*figures, *skeleton_figures(min(runs, 7))]


def skeleton_figures(runs: int) -> Iterator[Figure]:
    """Of a trace in a store of its own, so the same at any size."""
    for part, cpu_ms in skeleton.measure(runs).items():
        what = "" if part == "all" else f", {part}"
        goal = skeleton.TARGET_MS if part == "all" else None
        yield Figure(f"a trace of 10,000 spans, skeleton{what}", cpu_ms, "ms CPU", goal)


def traces(store: SqliteSpanStore, filter: Filter) -> Callable[[], object]:
    return lambda: store.list_traces(filter, after=None, limit=50)


def trace_queries(store: SqliteSpanStore, end_ns: int) -> Iterator[Query]:
    page = store.list_traces(Filter(), after=None, limit=50)
    deep = store.list_traces(Filter(to_ns=end_ns - 26 * DAY_NS), after=None, limit=1)
    first = page.items[0]
    yield "50 traces", traces(store, Filter()), 5
    for name, start in (("second page", page.next), ("26 days back", deep.next)):
        yield f"50 traces, {name}", partial(store.list_traces, Filter(), after=start, limit=50), 5
    filters: list[tuple[str, Filter, float | None]] = [
        ("common model", Filter(model="model-00"), 5),
        ("rare model", Filter(model=RARE_MODEL), 5),
        ("unknown model", Filter(model="nope"), 5),
        ("one user", Filter(user_id=first.user_id), 5),
        ("one session", Filter(session_id=first.session_id), 5),
        ("errors", Filter(status="error"), 5),
        ("rare model with error", Filter(model=RARE_MODEL, status="error"), None),
        ("cost over 0.15 $", Filter(min_cost_nano_usd=150_000_000), None),
        ("longer than an hour (none)", Filter(min_latency_ms=3.6e6), None),
    ]
    for name, filter, goal in filters:
        yield f"50 traces, {name}", traces(store, filter), goal


def span_queries(store: SqliteSpanStore) -> Iterator[Query]:
    dear = Filter(min_cost_nano_usd=19_900_000)
    rows = store.list_traces(Filter(), after=None, limit=200).items
    largest = max(rows, key=lambda row: row.span_count)
    yield "50 spans", partial(store.list_spans, Filter(), after=None, limit=50), 5
    yield (
        "50 spans, cost over 0.0199 $",
        partial(store.list_spans, dear, after=None, limit=50),
        None,
    )
    yield (
        f"trace of {largest.span_count} spans with payload",
        partial(store.trace_spans, "default", largest.trace_id, payload=True),
        5,
    )


def text_queries(store: SqliteSpanStore, source: Spans, end_ns: int) -> Iterator[Query]:
    week_ns = end_ns - 7 * DAY_NS
    for name, text in (
        ("phrase", source.phrase),
        ("common word", source.common),
        ("unknown word", f"{source.common} nobody"),
        ("common word three times", " ".join([source.common] * 3)),
    ):
        yield f"50 traces, {name}, 7 days", traces(store, Filter(text=text, from_ns=week_ns)), 20
    rare = Filter(text=source.common, model=RARE_MODEL, from_ns=week_ns)
    yield "50 traces, common word, rare model, 7 days", traces(store, rare), 20
    yield "50 traces, phrase, all time", traces(store, Filter(text=source.phrase)), None


def series_queries(store: SqliteSpanStore, end_ns: int) -> Iterator[Query]:
    models = SeriesQuery(
        from_ns=end_ns - DAYS * DAY_NS,
        to_ns=end_ns,
        bucket_s=3600,
        metrics=PERCENTILES,
        group_by="model",
    )
    total = msgspec.structs.replace(models, group_by="")
    ttft = msgspec.structs.replace(models, metrics=(*PERCENTILES, *TTFT))
    yield "30 days hourly by model: p50/95/99, cost, tokens", partial(store.series, models), 100
    yield "the same with ttft p50/95/99", partial(store.series, ttft), None
    yield "30 days hourly, one line", partial(store.series, total), 100
    facets = partial(store.facets, "default", from_ns=models.from_ns, to_ns=end_ns)
    yield "facets of 30 days", facets, None


def median_ms(ask: Callable[[], object], runs: int) -> float:
    """CPU of the thread that asks: behind it the store may still add up what was written."""
    ask()
    times = []
    for _ in range(runs):
        started = time.thread_time_ns()
        ask()
        times.append((time.thread_time_ns() - started) / 1e6)
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
    spare_collector()
    try:
        figures = [] if (folder / "spans.lock").exists() else measure_ingest(folder, source)
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
