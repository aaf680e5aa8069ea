"""Requests that begin well and go wrong behind their head, while a provider is being asked."""

import asyncio
from pathlib import Path

import pytest

from tests.support import answers
from tests.support.rim import until
from tests.support.wire import call, chat, dial, pair
from vedette.model.settings import LimitSettings
from vedette.model.span import Span

QUICK = LimitSettings(body_read_s=0.3)
UPLOAD = b"POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n"
CHUNKED = UPLOAD + b"transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"
LONG = UPLOAD + b"content-length: 1000000\r\n\r\n" + b"x" * 1000


def told(span: Span) -> tuple[str, object, object]:
    """What the record says of the end."""
    attributes = span.payload.attributes
    return span.status, attributes["http.response.status_code"], attributes["error.type"]


def uploads_under_way() -> int:
    return sum(task.get_name() == "upload" for task in asyncio.all_tasks())


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/embeddings"])
async def test_a_body_that_stops_is_no_success(tmp_path: Path, path: str) -> None:
    async with pair(tmp_path, limits=QUICK) as (upstream, gateway), dial(gateway) as client:
        head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        client.send(head.encode() + b"content-length: 1000\r\n\r\n{")
        assert (await client.answer()).status == 408
        span = await gateway.span()
        assert told(span) == ("error", 408, "request_timeout")
        assert len(span.trace_id) == 32
        assert not upstream.requests


async def test_an_upload_that_stops_is_given_up_at_the_provider(tmp_path: Path) -> None:
    async with pair(tmp_path, limits=QUICK) as (upstream, gateway), dial(gateway) as client:
        client.send(LONG)
        assert (await client.answer()).status == 408
        await upstream.client_gone()
        span = await gateway.span()
        assert told(span) == ("error", 408, "request_timeout")
        assert [attempt.error for attempt in span.payload.attempts] == ["request_timeout"]
        await until(lambda: uploads_under_way() == 0)


async def test_a_bad_chunk_in_an_upload_closes_the_providers_connection(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        client.send(CHUNKED)
        await upstream.until(lambda: any(r.body == b"hello" for r in upstream.requests))
        client.send(b"zz\r\n")
        assert (await client.answer()).status == 400
        await upstream.client_gone()
        assert told(await gateway.span()) == ("error", 400, "invalid_http")
        await until(lambda: uploads_under_way() == 0)


async def test_the_rest_of_an_upload_that_was_answered_early_is_let_go(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        async with dial(gateway) as client:
            upstream.script(answers.error(413, message="too much"), early=True)
            client.send(LONG)
            assert (await client.answer()).status == 413
        await until(lambda: uploads_under_way() == 0)
        assert (await call(gateway, chat())).status == 200


async def test_leaving_in_the_middle_of_an_upload_is_no_failure_of_ours(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        async with dial(gateway) as client:
            client.send(LONG)
            await upstream.until(lambda: any(r.body for r in upstream.requests))
        await upstream.client_gone()
        await gateway.span()
        assert not caplog.records
