"""Sizes and times that the gateway does not let a client or a provider exceed."""

import asyncio
import gzip
import json
from pathlib import Path

from tests.support import answers
from tests.support.answers import Stall, gated
from tests.support.rim import until
from tests.support.wire import call, chat, dial, error_of, pair
from tests.support.wire import request as raw_request
from vedette.gateway.encoding import AT_ONCE_BYTES
from vedette.model.settings import LimitSettings, Timeouts


async def test_a_body_over_the_limit_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    limits = LimitSettings(body_bytes=1000)
    async with pair(tmp_path, limits=limits) as (upstream, gateway):
        async with dial(gateway) as client:
            client.send(
                b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 104857600\r\n"
                b"content-type: application/json\r\n\r\n"
            )
            answered = await client.answer()
        assert answered.status == 413
        said = error_of(answered)
        assert said["code"] == "request_too_large"
        assert "1000 bytes" in said["message"]
        assert "limits.body_bytes" in said["message"]
        assert (await gateway.span()).status == "error"
        assert not upstream.requests


async def test_a_chunked_body_is_refused_when_it_grows_over_the_limit(tmp_path: Path) -> None:
    limits = LimitSettings(body_bytes=1000)
    async with pair(tmp_path, limits=limits) as (_, gateway), dial(gateway) as client:
        client.send(
            b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        client.send(answers._chunk(b" " * 600) * 2)
        assert (await client.answer()).status == 413


async def test_too_many_large_bodies_at_once_are_503(tmp_path: Path) -> None:
    limits = LimitSettings(buffered_bytes=1_000_000)
    async with pair(tmp_path, limits=limits) as (upstream, gateway), dial(gateway) as first:
        upstream.script(gated(answers.chat()))
        first.send(raw_request(chat(x="y" * 600_000)))
        await upstream.received()
        refused = await call(gateway, chat(x="y" * 600_000))
        assert refused.status == 503
        assert error_of(refused)["code"] == "overloaded"
        assert refused.header("retry-after") == "1"
        upstream.open_gate()
        assert (await first.answer()).status == 200
        assert (await call(gateway, chat(x="y" * 600_000))).status == 200


async def test_bodies_of_unknown_size_count_as_the_largest_until_they_are_there(
    tmp_path: Path,
) -> None:
    limits = LimitSettings(buffered_bytes=1_000_000, body_bytes=900_000)
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    large = answers._chunk(b'{"model":"a/m1","messages":[]' + b" " * 100_000)
    small = answers._chunk(b'{"model":"a/m1","messages":[]}') + b"0\r\n\r\n"
    async with (
        pair(tmp_path, limits=limits) as (_, gateway),
        dial(gateway) as first,
        dial(gateway) as second,
        dial(gateway) as third,
    ):
        first.send(head + large)
        second.send(head + large)
        answering = {asyncio.ensure_future(client.answer()) for client in (first, second)}
        done, waiting = await asyncio.wait(answering, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert [task.result().status for task in done] == [503]
        third.send(head + small)
        assert (await third.answer()).status == 200


async def test_compressed_requests_that_come_together_are_all_served(tmp_path: Path) -> None:
    limits = LimitSettings(buffered_bytes=2_000_000, body_bytes=1_000_000)
    body = gzip.compress(json.dumps(chat(note="x" * AT_ONCE_BYTES)).encode())
    async with pair(tmp_path, limits=limits) as (_, gateway):
        calls = [call(gateway, body, headers=[("content-encoding", "gzip")]) for _ in range(8)]
        assert [answered.status for answered in await asyncio.gather(*calls)] == [200] * 8


async def test_a_body_as_large_as_the_limit_passes(tmp_path: Path) -> None:
    body = json.dumps(chat(x="y" * 20_000_000)).encode()
    async with pair(tmp_path, limits=LimitSettings(body_bytes=len(body))) as (upstream, gateway):
        assert (await call(gateway, body)).status == 200
        assert (await upstream.received()).body == body.replace(b"a/m1", b"m1", 1)


async def test_an_upload_may_be_larger_than_the_limit(tmp_path: Path) -> None:
    async with pair(tmp_path, limits=LimitSettings(body_bytes=1000)) as (upstream, gateway):
        body = b"x" * 100_000
        assert (await call(gateway, body, "/v1/files", content_type="text/plain")).status == 200
        assert (await upstream.received()).body == body


async def test_a_silent_provider_of_an_upload_is_given_up(tmp_path: Path) -> None:
    timeouts = Timeouts(connect_s=1, first_byte_s=0.2, first_token_s=9, idle_s=9, total_s=9)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.script((Stall(),))
        answered = await call(gateway, b"x" * 100_000, "/v1/files", content_type="text/plain")
        assert answered.status == 504
        assert error_of(answered)["code"] == "first_byte_timeout"


async def test_a_provider_that_stops_taking_an_upload_is_given_up(tmp_path: Path) -> None:
    timeouts = Timeouts(connect_s=5, first_byte_s=30, first_token_s=30, idle_s=0.3, total_s=60)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.hold_reading()
        body = b"x" * 20_000_000
        answered = await call(gateway, body, "/v1/files", content_type="text/plain")
        assert answered.status == 504
        assert error_of(answered)["code"] == "write_timeout"
        assert (await gateway.span()).payload.attributes["error.type"] == "write_timeout"


async def test_the_answer_to_a_large_request_is_due_from_its_last_byte_on(tmp_path: Path) -> None:
    timeouts = Timeouts(connect_s=5, first_byte_s=0.3, first_token_s=0.3, idle_s=2, total_s=60)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.hold_reading()
        asked = asyncio.ensure_future(call(gateway, chat(padding="x" * 20_000_000)))
        await until(lambda: upstream.connections)
        await asyncio.wait({asked}, timeout=1)
        assert not asked.done()
        upstream.resume_reading()
        assert (await asked).status == 200


async def test_a_provider_that_takes_no_large_request_is_given_up(tmp_path: Path) -> None:
    timeouts = Timeouts(connect_s=5, first_byte_s=0.2, first_token_s=30, idle_s=0.2, total_s=60)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.hold_reading()
        answered = await call(gateway, chat(padding="x" * 20_000_000))
        assert error_of(answered)["code"] == "write_timeout"


async def test_a_whole_answer_may_take_longer_than_a_stream_to_begin(tmp_path: Path) -> None:
    """Its head comes behind its last token."""
    timeouts = Timeouts(connect_s=5, first_byte_s=0.2, whole_s=20, idle_s=20)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.script(gated(answers.chat()), (Stall(),))
        asked = asyncio.ensure_future(call(gateway, chat()))
        await upstream.received()
        answered = await call(gateway, chat(stream=True))
        assert error_of(answered)["code"] == "first_byte_timeout"
        assert not asked.done()
        upstream.open_gate()
        assert (await asked).status == 200


async def test_forms_that_name_their_model_first_need_no_room(tmp_path: Path) -> None:
    part = '--b\r\ncontent-disposition: form-data; name="'
    model = f'{part}model"\r\n\r\na/m1\r\n'.encode()
    file = f'{part}file"; filename="a"\r\n\r\n'.encode() + b"x" * 300_000 + b"\r\n"
    kind = "multipart/form-data; boundary=b"
    limits = LimitSettings(body_bytes=100_000, buffered_bytes=200_000)
    async with pair(tmp_path, limits=limits) as (_, gateway):
        for body, status in ((model + file, 200), (file + model, 503), (model + file, 200)):
            whole = body + b"--b--\r\n"
            answered = await call(gateway, whole, "/v1/audio/transcriptions", content_type=kind)
            assert answered.status == status
