"""What tests of alerts are made of: a project with calls, rules, and a receiver that can refuse."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.span_stores import S
from tests.support.span_stores import span as make_span
from vedette.alerts.book import Book
from vedette.alerts.readings import Calls, Gauge, Meter
from vedette.clock import FakeClock
from vedette.errors import NotFound, StoreError
from vedette.model.alert import Alert, AlertRule, Line, Notice
from vedette.ports.alerts import Answer, NotDelivered
from vedette.ports.stores import Record
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

PROJECT = "default"


class Records(SqlRecords):
    """Records in memory on a disk that can go away."""

    is_away = False

    def list(
        self, project_id: str, kind: str, *, after_id: str = "", limit: int = 100
    ) -> tuple[Record, ...]:
        if self.is_away:
            raise StoreError("The disk is away.")
        return super().list(project_id, kind, after_id=after_id, limit=limit)


class World:
    """Stores in memory, and gauges that tests set."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = SqliteSpanStore(None, self.clock)
        self.records = Records(None, self.clock)
        self.book = Book(self.records, self.clock)
        self.gauges: dict[str, float] = {}
        self.meter = Meter([Calls(self.store), Gauge("budget_used", lambda _project: self.gauges)])
        self._number = 0

    def calls(
        self, count: int = 1, *, errors: int = 0, model: str = "m", ms: int = 100, ago_s: float = 1
    ) -> None:
        """Calls that began `ago_s` seconds ago; the first `errors` of them failed."""
        spans = []
        for index in range(count):
            self._number += 1
            start_ns = self.clock.now_ns() - round(ago_s * S) + index
            spans.append(make_span(
                self._number, None, start_ns=start_ns, end_ns=start_ns + ms * 1_000_000,
                model=model, provider="p", status="error" if index < errors else "ok",
            ))  # fmt: skip
        self.store.write_batch(spans)

    def close(self) -> None:
        self.store.close()
        self.records.close()


class Secrets(dict[str, str]):
    """A vault in memory."""

    def get(self, name: str, default: object = None) -> str:
        if name not in self:
            raise NotFound(f"There is no credential {name!r}.")
        return self[name]

    def set(self, name: str, secret: str) -> None:
        self[name] = secret

    def delete(self, name: str) -> None:
        self.get(name)
        del self[name]


def rule(**changes: Any) -> AlertRule:
    """More than 10 % of errors in five minutes."""
    fields: dict[str, Any] = {
        "name": "errors", "metric": "error_rate", "value": 10.0, "channels": ("hook",)
    }  # fmt: skip
    return AlertRule(**(fields | changes))


def alert(**changes: Any) -> Alert:
    """An alert that was just opened and that nobody was told of."""
    fields: dict[str, Any] = {
        "id": "a" * 18, "project_id": PROJECT, "rule_id": "r", "rule": "errors",
        "severity": "warning", "metric": "error_rate", "value": 12.5,
        "summary": "error_rate is 12.5 %", "started_ns": 1_700_000_000 * S,
        "seen_ns": 1_700_000_000 * S, "owed": ("opened",),
    }  # fmt: skip
    return Alert(**(fields | changes))


def notice(*alerts: Alert, happening: str = "opened", **changes: Any) -> Notice:
    """A message about these alerts, or about the usual one."""
    fields: dict[str, Any] = {
        "id": "n" * 32, "project_id": PROJECT, "at_ns": 1_700_000_000 * S,
        "lines": tuple(
            Line(happening=happening, alert=one, text=f"{one.rule}: {one.summary}")  # type: ignore[arg-type]
            for one in (alerts or (alert(),))
        ),
    }  # fmt: skip
    return Notice(**(fields | changes))


@dataclass
class Posted:
    """A `Post` that keeps what it is given and answers what it is told."""

    status: int = 200
    retry_after: str = ""
    is_away: bool = False
    sent: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.sent.append((url, body, dict(headers)))
        if self.is_away:
            raise NotDelivered("The receiver does not answer.")
        return Answer(self.status, b"", self.retry_after)


@dataclass
class Receiver:
    """An HTTP server that takes messages; `statuses` are what it answers, the last one for good."""

    port: int = 0
    statuses: list[int] = field(default_factory=lambda: [200])
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def wait(self, count: int, seconds: float = 30.0) -> list[tuple[str, dict[str, str], bytes]]:
        """The requests, once there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.requests) >= count, seconds), self.requests
            return list(self.requests)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with receiver.came:
                status = receiver.statuses[0]
                if len(receiver.statuses) > 1:
                    receiver.statuses.pop(0)
                receiver.requests.append((self.path, headers, body))
                receiver.came.notify_all()
            self.send_response(status)
            if status == 429:
                self.send_header("retry-after", "7")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
