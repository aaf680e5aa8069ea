"""A real gateway worker in the test's own event loop, with a real collector behind it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from vedette.app.worker import Worker
from vedette.clock import SystemClock
from vedette.gateway.stages import Stage
from vedette.ingest.collector import Collector
from vedette.ingest.exchange import to_span
from vedette.metrics import Totals
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import (
    GatewaySettings,
    ProviderSettings,
    RouteSettings,
    TargetSettings,
    Timeouts,
)
from vedette.model.span import Span

WAIT_S = 30.0


class Spans:
    """The writer's place: keeps what the collector hands over."""

    def __init__(self) -> None:
        self.records: list[ExchangeRecord] = []
        self.spans: list[Span] = []
        self._changed = asyncio.Condition()

    def reduce(self, record: ExchangeRecord) -> Span:
        self.records.append(record)
        return to_span(record, key=b"k" * 32)

    async def write(self, spans: Sequence[Span]) -> int:
        async with self._changed:
            self.spans.extend(spans)
            self._changed.notify_all()
        return 0

    async def count(self, wanted: int) -> list[Span]:
        """Wait until so many spans have come."""
        async with asyncio.timeout(WAIT_S), self._changed:
            await self._changed.wait_for(lambda: len(self.spans) >= wanted)
        return self.spans


class RunningGateway:
    """What a test needs of it."""

    def __init__(
        self, worker: Worker, port: int, collector: Collector, spans: Spans,
        settings: GatewaySettings,
    ) -> None:  # fmt: skip
        self.worker = worker
        self.port = port
        self.collector = collector
        self.spans = spans
        self.settings = settings

    @property
    def url(self) -> str:
        """For clients, with /v1."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def span(self) -> Span:
        """The first span."""
        return (await self.spans.count(1))[0]


OPENAI = ("openai_chat", "openai_responses", "openai_completions", "openai_embeddings")


def provider(name: str, url: str, **changes: Any) -> ProviderSettings:
    """A provider without a key of its own and with short deadlines."""
    fields: dict[str, Any] = {
        "kind": "openai",
        "dialects": OPENAI,
        "timeouts": Timeouts(connect_s=10, first_byte_s=2, first_token_s=2, idle_s=2, total_s=20),
        **changes,
    }
    return ProviderSettings(name=name, base_url=url, **fields)


def route(model: str, *targets: tuple[str, str], **changes: Any) -> RouteSettings:
    """A fallback route over (provider, model) pairs."""
    return RouteSettings(
        model=model, targets=tuple(TargetSettings(provider=p, model=m) for p, m in targets),
        **changes,
    )  # fmt: skip


@asynccontextmanager
async def running_gateway(
    directory: Path, *providers: ProviderSettings, routes: Sequence[RouteSettings] = (),
    stages: Sequence[Stage] = (), **changes: Any,
) -> AsyncIterator[RunningGateway]:  # fmt: skip
    """Serve on a free port until the block ends; `changes` are fields of GatewaySettings."""
    collector_path = directory / "c.sock"
    settings = GatewaySettings(
        version=1,
        providers=providers,
        routes=tuple(routes),
        **{
            "default_provider": providers[0].name if providers else "",
            "collector": str(collector_path),
            "spill_dir": str(directory / "spill"),
            **changes,
        },
    )
    spans = Spans()
    collector = Collector(
        path=collector_path, spill_dir=directory / "spill", writer=spans, reduce=spans.reduce,
        totals=Totals([]), clock=SystemClock(),
    )  # fmt: skip
    await collector.start()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(512)
    listener.setblocking(False)
    worker = Worker("w0", settings, stages=stages)
    await worker.start(listener)
    try:
        port = listener.getsockname()[1]
        yield RunningGateway(worker, port, collector, spans, settings)
    finally:
        await worker.stop()
        await collector.close()
