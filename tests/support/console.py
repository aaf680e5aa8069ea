"""A console on a loopback port over a small store, for tests of the API."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import uvicorn

from tests.support.alerting import Posted
from tests.support.drift_watch import Watching
from tests.support.probing import JUDGES
from vedette.access.desk import AccessDesk
from vedette.access.vault import Vault
from vedette.alerts.book import Book
from vedette.alerts.channels import Channels
from vedette.alerts.desk import AlertDesk
from vedette.alerts.readings import Calls, Meter
from vedette.api import create_app
from vedette.api.live import LiveFeed
from vedette.api.provider_shapes import HistoryPoint, ProviderDetail, ProviderStatus
from vedette.api.route_desk import RouteDesk
from vedette.api.schemas import SubsystemHealth
from vedette.api.services import ApiServices, ApiSettings
from vedette.app.alerting import channel_kinds
from vedette.app.cache_desk import CacheDesk
from vedette.app.evaluations import noting, open_callbacks
from vedette.app.guard import open_desk
from vedette.app.policies import open_policies
from vedette.audit.desk import AuditDesk
from vedette.audit.notes import signature_of
from vedette.audit.outbox import Outbox
from vedette.audit.outside import Outside
from vedette.clock import FakeClock
from vedette.costs.counters import Counters
from vedette.costs.spending import Spending
from vedette.drift.probes.book import ProbeBook
from vedette.drift.probes.desk import ProbeDesk
from vedette.guard.feedback import FeedbackBook
from vedette.guard.jobs import Jobs
from vedette.model.alert import Event
from vedette.model.chat import Message, TextPart
from vedette.model.exchange import Attempt
from vedette.model.settings import CacheSettings, CoreSettings, GatewaySettings
from vedette.model.span import Payload, Span, SpanEvent, ToolCall
from vedette.model.tenant import AccessSnapshot
from vedette.model.usage import Usage
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

NOW_NS = 1_700_000_000_000_000_000
DEADLINE_S = 10.0


def make_span(number: int, **changes: Any) -> Span:
    """A finished chat call that started `number` seconds before NOW_NS; ids count from `number`."""
    start_ns = NOW_NS - number * 1_000_000_000
    span = Span(
        trace_id=f"{number:032x}",
        span_id=f"{number:016x}",
        name="chat gpt-5",
        kind="llm",
        start_ns=start_ns,
        end_ns=start_ns + 250_000_000,
        status="ok",
        provider="openai",
        model="gpt-5",
        response_model="gpt-5-2025",
        usage=Usage(input_uncached=10, cache_read=4, output_text=7, reasoning=2),
        cost_nano_usd=1_250_000,
        cost_source="priced",
        ttft_ms=31.5,
        session_id="s1",
        user_id="u1",
        tags=("blue",),
        finish_reason="stop",
        tool_calls=(ToolCall(name="look", arguments={"at": 1}, id="c1"),),
        payload=Payload(
            input=(Message("user", (TextPart(content=f"question {number}"),)),),
            output=(Message("assistant", (TextPart(content="grün 木"),)),),
            attributes={"gen_ai.request.temperature": 0.5},
            events=(SpanEvent("first", start_ns + 1_000),),
            attempts=(
                Attempt(provider="openai", model="gpt-5", start_ns=start_ns, duration_ms=250.0),
            ),
            raw_request='{"model":"gpt-5"}',
            raw_response="{}",
        ),
    )
    fields = {name: getattr(span, name) for name in span.__struct_fields__}
    return Span(**(fields | changes))


@dataclass
class Parts:
    """What the services tell; tests change it while the server runs."""

    subsystems: Sequence[SubsystemHealth] = (
        SubsystemHealth(name="store", ok=True, detail={"spans": 3.0}),
    )
    providers: Sequence[ProviderStatus] = (
        ProviderStatus(
            name="a", kind="openai", base_url="http://127.0.0.1:9101/v1", has_key=True, requests=3
        ),
    )
    exposition: Callable[[], bytes] = lambda: b"# HELP vedette_up Up.\nvedette_up 1\n"
    clock: FakeClock = field(default_factory=FakeClock)
    counters: Counters = field(default_factory=Counters.private)
    posted: Posted = field(default_factory=Posted)
    """What channels were told."""
    audits_evaluations: bool = True
    events: list[Event] = field(default_factory=list)
    """What alerts were told of probes."""
    folder: Path = Path("/nowhere")
    """Where the vault lies."""

    @property
    def core(self) -> CoreSettings:
        """The cache is on."""
        purges, on = str(self.folder / "cache.purges"), CacheSettings(enabled=True)
        return CoreSettings(
            version=1, routing=GatewaySettings(version=1, purges_file=purges, cache=on),
            audit_evaluations=self.audits_evaluations, private_hosts=("127.0.0.1",),
            webhook_secret="s3cret",
        )  # fmt: skip

    def provider(self, name: str) -> ProviderDetail | None:
        """A provider with one step of history."""
        time = "2026-11-05T12:00:00.000000Z"
        return next(
            (
                ProviderDetail(
                    provider=one, start_time=time, end_time=time, step_s=30,
                    history=(HistoryPoint(time=time, attempts=3, errors=1),),
                )
                for one in self.providers
                if one.name == name
            ),
            None,
        )  # fmt: skip


@dataclass(frozen=True)
class Console:
    """A running console."""

    url: str
    client: httpx2.Client
    services: ApiServices
    parts: Parts

    def get(self, path: str, **parameters: str) -> Any:
        """The JSON of a 200 answer."""
        answer = self.client.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def problem(self, path: str, status: int, **parameters: str) -> Any:
        """The problem document of an answer with this status."""
        answer = self.client.get(path, params=parameters)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.json()


def make_services(
    parts: Parts, settings: ApiSettings, routes: RouteDesk | None = None
) -> ApiServices:
    """Services over empty stores in memory and the given parts."""
    signature = signature_of(bytes(32))
    records = SqlRecords(None, parts.clock, sealing=signature.sealing)
    outside = Outside(parts.folder / "checkpoints.jsonl", parts.folder / "heads.json")
    outbox = Outbox(parts.folder / "pending", records.audit, parts.clock)
    store = SqliteSpanStore(None, parts.clock)
    access = AccessDesk(records, parts.clock)
    guard = open_desk(parts.clock)
    note = noting(outbox, lambda: parts.core)
    policies = open_policies(CoreSettings(version=1), records, access, guard, parts.clock)

    def snapshot() -> AccessSnapshot:
        with access.book.reading() as book:
            return book.snapshot()

    return ApiServices(
        store=store,
        ledger=store.ledger,
        spending=Spending(parts.counters, store.ledger, parts.clock, snapshot=snapshot),
        records=records,
        clock=parts.clock,
        settings=settings,
        live=LiveFeed(parts.clock),
        health=lambda: parts.subsystems,
        metrics_text=lambda: parts.exposition(),
        providers=lambda: parts.providers,
        provider=parts.provider,
        routes=routes,
        version="1.2.3",
        guard=guard,
        callbacks=open_callbacks(lambda: parts.core, records, guard, note, parts.clock),
        note_verdicts=note,
        policies=policies,
        findings=store.findings,
        feedback=FeedbackBook(records, parts.clock),
        replays=Jobs(parts.clock),
        access=access,
        vault=Vault(parts.folder, parts.clock),
        cache=CacheDesk(lambda: parts.core, parts.clock, dict),
        audit=AuditDesk(
            records.audit, signature.key, outside, outbox=outbox, sealing=signature.sealing
        ),
        alerts=_alerts(parts, store, records),
        drift=Watching(records, parts.clock).looks(store),
        probes=ProbeDesk(
            ProbeBook(records, parts.clock), JUDGES, parts.clock, wake=lambda: None,
            report=parts.events.append,
        ),
    )  # fmt: skip


def _alerts(parts: Parts, store: SqliteSpanStore, records: SqlRecords) -> AlertDesk:
    """Messages go to `parts.posted`."""
    book = Book(records, parts.clock)
    channels = Channels(book, Vault(parts.folder, parts.clock), channel_kinds(parts.posted))
    return AlertDesk(book, channels, Meter([Calls(store)]), parts.clock)


@contextmanager
def run_console(*, routes: RouteDesk | None = None, **settings: Any) -> Iterator[Console]:
    """A console with these settings, gone at the end."""
    with TemporaryDirectory() as folder:
        parts = Parts(folder=Path(folder))
        chosen = replace(ApiSettings(static_dir=Path("/nowhere")), **settings)
        services = make_services(parts, chosen, routes)
        with listening(services) as port:
            url = f"http://127.0.0.1:{port}"
            with httpx2.Client(base_url=url, timeout=DEADLINE_S) as client:
                yield Console(url, client, services, parts)
        services.store.close()
        services.records.close()


@contextmanager
def listening(services: ApiServices) -> Iterator[int]:
    """The application under uvicorn in a thread; yields the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(services), log_config=None, timeout_graceful_shutdown=2, access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    give_up = time.monotonic() + DEADLINE_S
    while not server.started and thread.is_alive() and time.monotonic() < give_up:
        time.sleep(0.005)
    assert server.started, "the console did not start"
    try:
        yield listener.getsockname()[1]
    finally:
        services.live.close()
        server.should_exit = True
        thread.join(DEADLINE_S)
        listener.close()
        assert not thread.is_alive(), "the console did not stop"
