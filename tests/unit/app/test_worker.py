"""What only the whole worker shows; the data plane has its own tests."""

from pathlib import Path

import httpx2
import pytest

from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream

pytestmark = pytest.mark.anyio

CHAT = {"model": "fast", "messages": [{"role": "user", "content": "Hi"}]}


async def test_a_new_snapshot_is_taken_and_pools_are_kept(tmp_path: Path) -> None:
    async with Upstream() as upstream, httpx2.AsyncClient() as client:
        a = provider("a", upstream.url)
        async with running_gateway(tmp_path, a) as gateway:
            url = gateway.url + "/chat/completions"
            body = {**CHAT, "model": "a/m1"}
            assert (await client.post(url, json=body)).status_code == 200
            assert (await client.post(url, json={**body, "model": "b/m1"})).status_code == 200
            assert upstream.requests[-1].body.count(b"b/m1") == 1
            from msgspec.structs import replace

            await gateway.worker.load(
                replace(gateway.settings, version=2, routes=(route("fast", ("a", "m2")),))
            )
            assert (await client.post(url, json=CHAT)).status_code == 200
            assert b'"m2"' in upstream.requests[-1].body
            assert upstream.connections == 1
            ready = await client.get(gateway.url.removesuffix("/v1") + "/health/ready")
            assert ready.json()["config_version"] == 2


async def test_the_workers_metrics_name_what_it_did(tmp_path: Path) -> None:
    async with Upstream() as upstream, httpx2.AsyncClient() as client:
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            body = {**CHAT, "model": "a/m1"}
            await client.post(gateway.url + "/chat/completions", json=body)
            text = (await client.get(gateway.url.removesuffix("/v1") + "/metrics")).text
    assert 'http_server_requests_total{operation="chat",status_code="200"} 1.0' in text
    assert 'vedette_gateway_attempts_total{outcome="ok",provider="a"} 1.0' in text
    assert "http_server_open_connections" in text
    assert 'vedette_records_total{fate="dropped"} 0.0' in text
