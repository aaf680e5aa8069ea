"""Probes through a real gateway, on a schedule."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.answers import chat, error
from tests.support.gateway import RunningGateway
from tests.support.probing import probe
from tests.support.served import until
from tests.support.upstream import Upstream
from tests.support.wire import pair
from vedette.access.desk import AccessDesk
from vedette.app.models import OwnGateway
from vedette.app.probing import GatewayAsks, Probing, judges
from vedette.clock import SystemClock
from vedette.drift.probes.asking import Asked
from vedette.errors import ConfigError
from vedette.model.alert import Event
from vedette.model.probe import ConfiguredProbe, Probe, RunStatus
from vedette.model.settings import AccessSettings, CoreSettings, DriftSettings
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

KEY = b"k" * 32
BODY = {"model": "a/m1", "messages": [{"role": "user", "content": "Well?"}]}


def asks_of(url: str) -> GatewayAsks:
    return GatewayAsks(OwnGateway(lambda: url, KEY), SystemClock())


@asynccontextmanager
async def asking(folder: Path) -> AsyncIterator[tuple[Upstream, RunningGateway, GatewayAsks]]:
    closed = AccessSettings(require_key=True)
    async with pair(folder, hash_key=KEY, access=closed) as (upstream, gateway):
        yield upstream, gateway, asks_of(gateway.url.removesuffix("/v1"))


async def ask(asks: GatewayAsks, *, timeout_s: float = 30) -> Asked:
    return await asyncio.to_thread(
        asks, "p1", BODY, probe="größe", trace_id="ab" * 16, timeout_s=timeout_s
    )


async def test_a_question_is_a_call_that_can_be_told_apart(tmp_path: Path) -> None:
    async with asking(tmp_path) as (upstream, gateway, asks):
        upstream.respond = lambda _: chat("It is Paris.")
        asked = await ask(asks)
        span = await gateway.span()
    assert asked.said is not None
    assert asked.said.text == "It is Paris."
    assert asked.said.output_tokens
    assert asked.version
    assert span.tags == ("vedette.probe", "probe:größe")
    assert (span.project_id, span.trace_id) == ("p1", "ab" * 16)
    assert upstream.requests[0].header("x-vedette-ours") is None


async def test_what_is_no_answer(tmp_path: Path) -> None:
    async with asking(tmp_path) as (upstream, _, asks):
        upstream.respond = lambda _: error(400)
        assert "status 400 (provider)" in (await ask(asks)).error
    assert (await ask(asks)).error
    assert (await ask(asks_of(""))).error == "there is no gateway to ask"


class Watch:
    """The probes of a core over a gateway."""

    def __init__(self, gateway_url: str, *probes: Probe, run_probes: bool = True) -> None:
        self.clock = SystemClock()
        self.records = SqlRecords(None, self.clock)
        self.events: list[Event] = []
        drift = DriftSettings(
            run_probes=run_probes,
            probes=tuple(ConfiguredProbe(project="default", probe=one) for one in probes),
        )
        settings = CoreSettings(version=1, gateway_url=gateway_url, hash_key=KEY, drift=drift)
        self.probing = Probing(
            self.records, SqliteSpanStore(None, self.clock),
            AccessDesk(self.records, self.clock).projects,
            OwnGateway(lambda: gateway_url, KEY), self.clock,
            settings=lambda: settings, report=self.events.append,
        )  # fmt: skip

    async def ended(self, name: str, count: int = 1) -> list[RunStatus]:
        """The statuses of so many runs, the oldest first."""

        def found() -> list[RunStatus] | None:
            recent = self.probing.desk.get("default", name).state.recent
            return [one.status for one in recent] if len(recent) >= count else None

        return await asyncio.to_thread(
            lambda: until(found, 60, lambda: str(self.probing.desk.get("default", name).state))
        )


async def test_it_runs_what_is_due_and_what_is_wanted(tmp_path: Path) -> None:
    async with asking(tmp_path) as (upstream, gateway, _):
        upstream.respond = lambda _: chat("It is Paris.")
        watch = Watch(gateway.url.removesuffix("/v1"), probe("filed", models=("a/m1",)))
        watch.probing.start()
        assert await watch.ended("filed") == ["passed"]
        wrong = probe("wrong", models=("a/m1",), expect={"exact": "Lyon"}, every_minutes=600)
        await asyncio.to_thread(watch.probing.desk.add, "default", wrong)
        assert await watch.ended("wrong") == ["failed"]
        await asyncio.to_thread(watch.probing.desk.run_now, "default", "wrong")
        assert await watch.ended("wrong", 2) == ["failed", "failed"]
        await asyncio.to_thread(watch.probing.stop)
        asked = len(upstream.requests)
    assert asked == 3
    assert {one.group for one in watch.events} == {"wrong"}
    assert json.loads(upstream.requests[0].body)["stream"] is False


def test_a_probe_of_the_file_that_cannot_be_ends_the_start() -> None:
    watch = Watch("http://127.0.0.1:1", probe("bad", expect={"regex": "("}))
    with pytest.raises(ConfigError, match=r"drift\.probes: 'bad': expect\.regex"):
        watch.probing.start()


def test_a_machine_may_leave_probes_to_others() -> None:
    watch = Watch("http://127.0.0.1:1", probe(), run_probes=False)
    watch.probing.start()
    assert watch.probing.desk.get("default", "capital").kept.origin == "file"
    watch.probing.stop()


def test_the_checks_are_those_of_the_detectors() -> None:
    checks = judges()
    assert "uuid" in checks.formats
    assert checks.finds("b+", "abc")
    assert checks.schema_problems({"type": "object"}, [])
