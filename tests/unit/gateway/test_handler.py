import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.answers import chat, gated
from tests.support.gateway import running_gateway
from tests.support.wire import call, dial, error_of, pair
from tests.support.wire import chat as chat_request
from tests.support.wire import request as raw_request


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"messages":[]}'])
async def test_what_is_no_call_leaves_a_record_and_asks_nobody(tmp_path: Path, body: bytes) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, body)
        assert answered.status == 400
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 400
        assert span.payload.attempts == ()
        assert answered.header("x-vedette-attempts") == "0"
        assert not upstream.requests


async def test_without_providers_the_answer_says_so(tmp_path: Path) -> None:
    async with running_gateway(tmp_path) as gateway:
        answered = await call(gateway, chat_request("m"))
        assert answered.status == 404
        assert "Providers: none" in error_of(answered)["message"]
        answered = await call(gateway, path="/v1/files", method="GET")
        assert answered.status == 404
        assert "Known: none" in error_of(answered)["message"]


async def test_a_form_for_an_unknown_provider_is_a_404(tmp_path: Path) -> None:
    async with pair(tmp_path, default_provider="") as (upstream, gateway):
        answered = await call(gateway, b"x", "/v1/files", content_type="text/plain")
        assert answered.status == 404
        assert (await gateway.span()).status == "error"
        assert not upstream.requests


async def test_bytes_held_are_given_back(tmp_path: Path) -> None:
    """However a call ends: whole, refused, left."""
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat_request())
        await call(gateway, b"{")
        upstream.script(gated(chat()))
        async with dial(gateway) as client:
            client.send(raw_request(chat_request()))
            await upstream.received(2)
        await gateway.spans.count(3)
        said = (await call(gateway, path="/metrics", method="GET")).body
        assert b"http_server_active_requests 0" in said


async def test_a_head_that_was_let_in_is_let_in_by_the_snapshot_alone(tmp_path: Path) -> None:
    """A key is checked once for a head that comes again, but anew after every reload."""
    key = ("authorization", "Bearer k1")
    sent = raw_request(chat_request(), headers=[key])
    other = raw_request(chat_request(), headers=[("authorization", "Bearer k2")])
    keys = {name: (hashlib.sha256(name.encode()).hexdigest(),) for name in ("k1", "k2")}
    async with pair(tmp_path, api_keys=keys["k1"]) as (_, gateway), dial(gateway) as client:
        for snapshot, good, bad in (("k1", sent, other), ("k2", other, sent)):
            settings = replace(gateway.settings, version=2, api_keys=keys[snapshot])
            await gateway.worker.load(settings)
            for _ in range(4):
                for request, status in ((good, 200), (bad, 401)):
                    client.send(request)
                    assert (await client.answer()).status == status


async def test_each_call_of_a_known_head_keeps_its_own_trace(tmp_path: Path) -> None:
    traces = [f"{number:032x}" for number in range(1, 6)]
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        for trace in traces:
            parent = ("traceparent", f"00-{trace}-00f067aa0ba902b7-01")
            client.send(raw_request(chat_request(), headers=[parent]))
            assert (await client.answer()).status == 200
        spans = await gateway.spans.count(len(traces))
        assert [span.trace_id for span in spans] == traces
        sent = [request.header("traceparent") for request in upstream.requests]
        assert sent == [f"00-{span.trace_id}-{span.span_id}-01" for span in spans]
