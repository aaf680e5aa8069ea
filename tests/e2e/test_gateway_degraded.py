"""When our own parts fail, calls are served all the same; nothing is lost or counted twice."""

import asyncio
import json
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from tests.support import answers
from tests.support.answers import chat_stream
from tests.support.gateway import RunningGateway, provider, route
from tests.support.upstream import Upstream
from tests.support.wire import call, chat, dial, pair, read_chunk, read_head, read_stream
from tests.support.wire import request as raw_request
from vedette.gateway.breaker import FAILURES
from vedette.gateway.exchange import Exchange
from vedette.gateway.stages import Step
from vedette.model.settings import LimitSettings


class Faulty:
    """A stage that raises on both sides."""

    name = "faulty"

    def __init__(self) -> None:
        self.enter: Step | None = self._fail
        self.leave: Step | None = self._fail
        self.runs = 0

    def _fail(self, exchange: Exchange) -> None:
        self.runs += 1
        raise RuntimeError(exchange.request_id)


async def health(gateway: RunningGateway) -> dict[str, object]:
    answered = await call(gateway, path="/health/ready", method="GET")
    assert answered.status == 200
    found: dict[str, object] = json.loads(answered.body)
    return found


async def metric(gateway: RunningGateway, line: str) -> float:
    """The value behind the start of a line of /metrics; 0 where there is none."""
    said = (await call(gateway, path="/metrics", method="GET")).body.decode()
    found = [row.rpartition(" ")[2] for row in said.splitlines() if row.startswith(line)]
    return float(found[0]) if found else 0.0


async def test_a_stage_that_raises_is_passed_by_and_counted(tmp_path: Path) -> None:
    stage = Faulty()
    async with pair(tmp_path, stages=[stage]) as (_, gateway):
        assert (await health(gateway))["stages_skipped"] == []
        calls = FAILURES + 2
        for _ in range(calls):
            assert (await call(gateway, chat())).body == answers.chat_body()
        spans = await gateway.spans.count(calls)
        assert {span.status for span in spans} == {"ok"}
        assert stage.runs == FAILURES, "then its breaker opened"
        assert await metric(gateway, 'vedette_stage_failures_total{stage="faulty"}') == FAILURES
        skipped = 2 * calls - FAILURES
        assert await metric(gateway, 'vedette_stage_skips_total{stage="faulty"}') == skipped
        said = await health(gateway)
        assert said["status"] == "degraded"
        assert said["stages_skipped"] == ["faulty"]


async def test_calls_go_on_while_the_core_is_away_and_records_arrive_once(tmp_path: Path) -> None:
    async with pair(tmp_path) as (_, gateway):

        async def served(count: int) -> None:
            for _ in range(count):
                assert (await call(gateway, chat())).status == 200

        await served(5)
        await gateway.spans.count(5)
        assert (await health(gateway))["core"] == "connected"
        await gateway.collector.close()
        await served(20)
        said = await health(gateway)
        assert (said["status"], said["core"]) == ("degraded", "away")
        await gateway.collector.start()
        await served(5)
        spans = await gateway.spans.count(30)
        assert len(spans) == len({span.span_id for span in spans}) == 30
        assert await metric(gateway, 'vedette_records_total{fate="dropped"}') == 0
        assert (await health(gateway))["status"] == "ok"


async def test_records_spilled_to_disk_arrive_once(tmp_path: Path) -> None:
    """A small buffer makes them go to disk long before the core is back."""
    async with pair(tmp_path, buffer_records=8) as (_, gateway):
        await call(gateway, chat())
        await gateway.spans.count(1)
        await gateway.collector.close()
        for number in range(40):
            assert (await call(gateway, chat())).status == 200
            if number % 4 == 3:
                await until_waiting_at_most(gateway, 4)
        assert any((tmp_path / "spill").iterdir())
        await gateway.collector.start()
        spans = await gateway.spans.count(41)
        assert len({span.span_id for span in spans}) == 41
        assert await metric(gateway, 'vedette_records_total{fate="dropped"}') == 0
        assert await metric(gateway, 'vedette_records_total{fate="spilled"}') > 0


async def until_waiting_at_most(gateway: RunningGateway, count: int) -> None:
    """As the gateway's health says."""
    async with asyncio.timeout(30):
        while cast(int, (await health(gateway))["records_waiting"]) > count:
            await asyncio.sleep(0)


async def test_a_full_buffer_drops_records_and_never_calls(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"buffer_records": 3, "spill_dir": ""}
    async with pair(tmp_path, **settings) as (_, gateway):
        await gateway.collector.close()
        for _ in range(10):
            assert (await call(gateway, chat())).status == 200
        dropped = await metric(gateway, 'vedette_records_total{fate="dropped"}')
        assert dropped == 7
        assert (await health(gateway))["records_dropped"] == 7
        await gateway.collector.start()
        assert len(await gateway.spans.count(3)) == 3


# ---- reload -------------------------------------------------------------------------------------


async def test_a_reload_keeps_running_streams_and_serves_new_calls_anew(tmp_path: Path) -> None:
    async with Upstream() as newcomer, pair(tmp_path) as (upstream, gateway):
        upstream.script(chat_stream(["a", "b", "c"], usage=True, gap=answers.Gate()))
        async with dial(gateway) as client:
            body = chat(stream=True, stream_options={"include_usage": True})
            client.send(raw_request(body))
            await upstream.received()
            await gateway.worker.load(
                replace(
                    gateway.settings,
                    version=2,
                    providers=(provider("b", newcomer.url),),
                    default_provider="b",
                    routes=(route("fast", ("b", "m9")),),
                    limits=LimitSettings(body_bytes=200),
                )
            )
            assert (await call(gateway, chat("fast"))).header("x-vedette-provider") == "b"
            assert (await call(gateway, chat("a/m1"))).header("x-vedette-model") == "a/m1"
            assert (await call(gateway, chat("fast", x="y" * 300))).status == 413
            upstream.open_gate()
            await read_head(client)
            assert await read_stream(client) == b"".join(
                answers.chat_events(["a", "b", "c"], usage=True)
            )
        assert (await health(gateway))["config_version"] == 2
        spans = await gateway.spans.count(4)
        assert sum(span.provider == "a" and span.status == "ok" for span in spans) == 1


async def test_a_reload_keeps_the_connections_to_unchanged_providers(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat())
        await gateway.worker.load(replace(gateway.settings, version=2))
        await call(gateway, chat())
        assert upstream.connections == 1


async def test_stopping_lets_a_stream_finish_and_keeps_its_record(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        events = answers.chat_events(usage=True)
        script = answers.answer_in_pieces(events)
        upstream.script((*script[:4], answers.Gate(), *script[4:]))
        client.send(raw_request(chat(stream=True, stream_options={"include_usage": True})))
        await read_head(client)
        got = await read_chunk(client)
        stopping = asyncio.ensure_future(gateway.worker.stop())
        upstream.open_gate()
        got += await read_stream(client)
        await stopping
        assert got == b"".join(events)
        assert (await gateway.span()).status == "ok"


async def test_liveness_says_nothing_but_ok(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        await upstream.stop()
        answered = await call(gateway, path="/health/live", method="GET")
        assert (answered.status, json.loads(answered.body)) == (200, {"status": "ok"})
