"""The core in this process: records in at the socket, traces out at the API."""

import asyncio
import socket
from pathlib import Path

import httpx2
import pytest
from msgspec.structs import replace

from tests.support.console import make_span
from vedette.access.desk import AccessDesk
from vedette.app.core import Core
from vedette.clock import SystemClock
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import CoreSettings, ProviderSummary
from vedette.model.tenant import Allowance
from vedette.model.usage import Usage
from vedette.model.wire import Batch, Hello, frame
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

RECORD = ExchangeRecord(
    trace_id="1" * 32, span_id="2" * 16, request_id="r", start_ns=1_790_000_000_000_000_000,
    end_ns=1_790_000_001_000_000_000, method="POST", path="/v1/chat/completions",
    operation="chat", requested_model="m", provider="a", model="m", status=200,
    usage=Usage(input_uncached=3, output_text=4), cost_nano_usd=1_250_000, price_version="v",
)  # fmt: skip


def settings(folder: Path, profile: str) -> CoreSettings:
    return CoreSettings(
        version=1, profile=profile, path=str(folder / "data"), collector=str(folder / "c.sock"),
        spill_dir=str(folder / "spill"), hash_key=b"k" * 32,
        providers=(ProviderSummary(name="a", kind="openai", base_url="http://x", has_key=True),),
    )  # fmt: skip


@pytest.mark.parametrize("profile", ["lite", "memory"])
async def test_what_comes_in_at_the_socket_is_served_by_the_api(
    tmp_path: Path, profile: str
) -> None:
    core = Core(settings(tmp_path, profile))
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    await core.start(listener)
    reader, writer = await asyncio.open_unix_connection(str(tmp_path / "c.sock"))
    writer.write(frame(Hello("w0")) + frame(Batch(1, (RECORD,))))
    async with asyncio.timeout(10), httpx2.AsyncClient(base_url=base) as client:
        await reader.readexactly(4)
        (trace,) = (await client.get("/api/v1/traces")).json()["items"]
        ready = (await client.get("/health/ready")).json()
        metrics = (await client.get("/metrics")).text
        providers = (await client.get("/api/v1/providers")).json()["items"]
    assert (trace["trace_id"], trace["cost_usd"]) == ("1" * 32, "0.001250")
    assert trace["usage"]["input_total"] == 3
    assert {part["name"]: part["ok"] for part in ready["subsystems"]}["gateway"] is True
    assert "vedette_spans_committed_total 1.0" in metrics
    assert providers[0]["name"] == "a"
    writer.close()
    await writer.wait_closed()
    await core.stop()
    listener.close()


async def test_old_calls_of_every_project_are_forgotten(tmp_path: Path) -> None:
    clock = SystemClock()
    records, store = SqlRecords(tmp_path / "data", clock), SqliteSpanStore(tmp_path / "data", clock)
    desk = AccessDesk(records, clock)
    kept = desk.projects.create("kept", "default", Allowance()).value.id
    gone = desk.projects.create("gone", "default", Allowance()).value.id
    own = desk.projects.create("own", "default", Allowance(), retention_days=1).value.id
    desk.projects.delete(gone)
    owners = {number: id for number, id in enumerate(("default", kept, gone, own), start=1)}
    store.write_batch([make_span(number, project_id=id) for number, id in owners.items()])
    store.close()
    records.close()
    core = Core(
        replace(
            settings(tmp_path, "lite"), retention_days=36_500,
            project_retention_days={"default": 1, "kept": 1, gone: 1},
        )
    )  # fmt: skip
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    await core.start(listener)
    base = f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"
    async with asyncio.timeout(20), httpx2.AsyncClient(base_url=base) as client:
        for id in owners.values():
            while (await client.get(f"{base}/traces?project={id}")).json()["items"]:
                await asyncio.sleep(0.05)
    await core.stop()
    listener.close()
