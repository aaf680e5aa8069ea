"""What answers of the API cost in a store of this size: `python -m bench.answers DIR`.

The console's own application is asked in this process, without a socket, what the pages of the
console ask when they are opened: CPU time of the process, from the request to the last byte of
the answer, median on a warm store. "Now" is the end of the spans. `bench.store` has these rows in
its table.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec

from bench.spans import DAY_NS
from vedette.api import create_app
from vedette.api.live import LiveFeed
from vedette.api.services import ApiServices, ApiSettings
from vedette.clock import FakeClock, SystemClock
from vedette.costs.price_files import load_prices
from vedette.costs.savings import savings
from vedette.model.query import Filter
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

AT_MOST_MS, HARDEST_MS = 100.0, 150.0
_RUNS = 7
_HEAD = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": ""}


class Question(NamedTuple):
    """What a page asks, and the CPU ms the answer may cost; None where no page depends on it."""

    name: str
    path: str
    goal_ms: float | None = AT_MOST_MS


class Answer(NamedTuple):
    """A question, and what the answer cost."""

    question: Question
    cpu_ms: float
    bytes: int


def questions(store: SqliteSpanStore) -> list[Question]:
    """What the pages ask; who is asked for stands in the newest trace."""
    newest = store.list_traces(Filter(), after=None, limit=200).items
    first, largest = newest[0], max(newest, key=lambda row: row.span_count)
    users = [row.user_id for row in newest]
    busiest = max(users, key=users.count)
    spans_of: list[dict[str, Any]] = [{"from": f"now-{days}d"} for days in (1, 7, 30)]
    day, week, month = spans_of

    def ask(
        name: str, path: str, goal_ms: float | None = AT_MOST_MS, **parameters: Any
    ) -> Question:
        return Question(f"api: {name}", f"/api/v1/{path}?{urlencode(parameters)}", goal_ms)

    return [
        ask("traces", "traces", limit=100),
        ask("traces, with errors", "traces", limit=100, status="error"),
        ask("traces, a name", "traces", limit=100, filter='name = "guard_7"'),
        ask("traces, a name that is not there", "traces", limit=100, filter='name = "nope"'),
        ask("traces, an attribute", "traces", limit=100, filter='attributes."app.1" = "nope"'),
        ask("traces, many tokens", "traces", limit=100, filter="tokens > 3750"),
        ask("values of menus", "facets", **month),
        ask("counts beside the list", "facet-counts", HARDEST_MS),
        ask("counts, a day", "facet-counts", HARDEST_MS, **day),
        ask("counts, with errors", "facet-counts", HARDEST_MS, status="error"),
        ask("counts, a model", "facet-counts", HARDEST_MS, model="model-03"),
        ask("counts, a name", "facet-counts", HARDEST_MS, filter='name = "guard_7"'),
        ask("totals beside the list", "traces-summary", HARDEST_MS),
        ask("a trace of 30 spans", f"traces/{largest.trace_id}", payload="false"),
        ask("sessions", "sessions", limit=50),
        ask("sessions, with errors", "sessions", limit=50, status="error"),
        ask("sessions, a model", "sessions", limit=50, model="model-03"),
        ask("a session", f"sessions/{quote(first.session_id)}"),
        ask("end users", "end-users", limit=50),
        ask("end users, with errors", "end-users", limit=50, status="error"),
        ask("end users, a model", "end-users", HARDEST_MS, limit=50, model="model-03"),
        ask("end users, a week", "end-users", limit=50, **week),
        ask("the busiest user", f"end-users/{quote(busiest)}", HARDEST_MS),
        ask("totals of a month", "metrics/summary", **month),
        ask("charts of a day", "metrics/series", **day),
        ask("charts of a month", "metrics/series", **month),
        ask("charts of a month by model", "metrics/series", group_by="model", **month),
        ask("a chart by user, a day", "metrics/series", None, group_by="user", **day),
        ask("spending by model", "usage", by="model"),
        ask("spending by model and day", "usage", by="model,day"),
        ask("spending by user", "usage", by="user", top=200),
        ask("spending by user and day", "usage", by="user,day", top=8),
        ask("spending by tag and day", "usage", by="tag,day"),
        ask("spending by session", "usage", HARDEST_MS, by="session", top=200),
        ask("spending by session and day", "usage", HARDEST_MS, by="session,day", top=8),
        ask("spending of a user by model", "usage", by="model", user=busiest),
        ask("savings", "savings"),
    ]  # fmt: skip


def measure(store: SqliteSpanStore, end_ns: int, runs: int = _RUNS) -> list[Answer]:
    """Ask everything."""
    clock = FakeClock(end_ns)
    records = SqlRecords(None, clock)
    prices = load_prices("")
    services = ApiServices(
        store=store, ledger=store.ledger, findings=store.findings, records=records, clock=clock,
        settings=ApiSettings(), live=LiveFeed(clock), health=tuple, metrics_text=bytes,
        providers=tuple, version="bench",
        savings=lambda sums: savings(sums, prices, {"provider-0": "openai"}, end_ns),
    )  # fmt: skip
    app = create_app(services)
    try:
        return asyncio.run(_ask_all(app, questions(store), runs))
    finally:
        records.close()


async def _ask_all(app: Any, asked: Iterable[Question], runs: int) -> list[Answer]:
    answers = []
    for question in asked:
        size = await _ask(app, question.path)
        times = []
        for _ in range(runs):
            started = time.process_time_ns()
            await _ask(app, question.path)
            times.append((time.process_time_ns() - started) / 1e6)
        answers.append(Answer(question, statistics.median(times), size))
    return answers


async def _ask(app: Any, address: str) -> int:
    """Bytes of the answer; raises ValueError where it is not 200."""
    path, _, query = address.partition("?")
    scope = _HEAD | {
        "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1),
        "server": ("localhost", 1),
    }  # fmt: skip
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in said)
    if said[0]["status"] != 200:
        raise ValueError(f"{address}: {said[0]['status']} {msgspec.json.decode(body)}")
    return len(body)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.answers", description=__doc__)
    parser.add_argument("dir", type=Path, help="a store that `bench.store --dir` has filled")
    parser.add_argument("--runs", type=int, default=_RUNS)
    args = parser.parse_args()
    store = SqliteSpanStore(args.dir, SystemClock())
    end_ns = SystemClock().now_ns() // DAY_NS * DAY_NS
    for question, cpu_ms, size in measure(store, end_ns, args.runs):
        is_met = question.goal_ms is None or cpu_ms <= question.goal_ms
        mark = "" if is_met else f"  over {question.goal_ms:g}"
        print(f"{question.name:<44} {cpu_ms:>9.2f} ms {size / 1000:>9.1f} kB{mark}")
    store.close()


if __name__ == "__main__":
    main()
