"""What the skeleton of a trace of 10,000 spans costs, part by part: `python -m bench.skeleton`.

The page of a trace asks for all spans without their payloads. CPU time of this process, median on
a warm store in memory: the rows read and made spans (store), the spans put into the shapes of the
API (shapes), the shapes written (JSON). `bench.store` has these rows in its table.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from bench.spans import Spans
from vedette.app.loop import spare_collector
from vedette.clock import SystemClock
from vedette.model.span import Span
from vedette.query.payloads import MAX_SPANS, trace_with_payloads
from vedette.stores.spans.sqlite import SqliteSpanStore

TARGET_MS = 300.0
_TRACE = "5e" * 16
_ROOT = f"{1:016x}"
_BATCH = 500
_RUNS = 9

Answer = TypeVar("Answer")


def spans(end_ns: int) -> Iterator[Span]:
    """One trace: those of the store bench, all below the first."""
    for number, span in enumerate(Spans(MAX_SPANS, end_ns=end_ns)):
        start_ns = end_ns + number * 10**6
        yield replace(
            span, trace_id=_TRACE, span_id=f"{number + 1:016x}", start_ns=start_ns,
            parent_span_id=_ROOT if number else "", end_ns=start_ns + span.end_ns - span.start_ns,
        )  # fmt: skip


def measure(runs: int = _RUNS) -> Mapping[str, float]:
    """CPU ms of each part, and of all."""
    clock = SystemClock()
    store = SqliteSpanStore(None, clock)
    trace = list(spans(clock.now_ns()))
    for start in range(0, len(trace), _BATCH):
        store.write_batch(trace[start : start + _BATCH])
    try:
        stored, _ = _timed(lambda: store.trace_spans("default", _TRACE, payload=False), runs)
        whole, detail = _timed(
            lambda: trace_with_payloads(store, "default", _TRACE, payload=False), runs
        )
        written, _ = _timed(lambda: msgspec.json.encode(detail), runs)
    finally:
        store.close()
    parts = {"store": stored, "shapes": whole - stored, "JSON": written}
    return {**parts, "all": whole + written}


def _timed(ask: Callable[[], Answer], runs: int) -> tuple[float, Answer]:
    answer = ask()
    times = []
    for _ in range(runs):
        started = time.process_time_ns()
        answer = ask()
        times.append((time.process_time_ns() - started) / 1e6)
    return statistics.median(times), answer


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.skeleton", description=__doc__)
    parser.add_argument("--runs", type=int, default=_RUNS)
    args = parser.parse_args()
    spare_collector()
    for part, cpu_ms in measure(args.runs).items():
        print(f"{part:<8} {cpu_ms:>8.1f} ms")


if __name__ == "__main__":
    main()
