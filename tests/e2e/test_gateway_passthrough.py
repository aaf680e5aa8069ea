"""Everything under /v1 that the gateway does not read: forms, files, binary answers, methods."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.answers import Gate, answer, answer_in_pieces, error, sse
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import (
    CHAT,
    call,
    chat,
    dial,
    error_of,
    pair,
    read_chunk,
    read_head,
    read_stream,
)
from tests.support.wire import request as raw_request
from vedette.model.settings import LimitSettings

FORM = "multipart/form-data; boundary=----x7"


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    """Flow control and the end of connections are the loop's business: both must do."""
    return ("asyncio", {"use_uvloop": request.param})


def form(model: str, *, file_bytes: bytes = b"RIFF\0\xff", file_first: bool = False) -> bytes:
    """A transcription request."""
    model_part = (
        f'------x7\r\nContent-Disposition: form-data; name="model"\r\n\r\n{model}\r\n'.encode()
    )
    file_part = (
        b'------x7\r\nContent-Disposition: form-data; name="file"; filename="model.wav"\r\n'
        b"Content-Type: audio/wav\r\n\r\n" + file_bytes + b"\r\n"
    )
    parts = [file_part, model_part] if file_first else [model_part, file_part]
    return b"".join(parts) + b"------x7--\r\n"


async def test_the_model_of_a_form_picks_the_provider_and_is_spliced(tmp_path: Path) -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(tmp_path, provider("a", first.url), provider("b", second.url)) as gateway,
    ):
        for file_first in (False, True):
            second.script(answer(b'{"text":"hello"}'))
            answered = await call(
                gateway, form("b/whisper-1", file_first=file_first), "/v1/audio/transcriptions",
                content_type=FORM,
            )  # fmt: skip
            assert answered.body == b'{"text":"hello"}'
            received = second.requests[-1]
            assert received.body == form("whisper-1", file_first=file_first)
            assert received.header("content-type") == FORM
            assert received.path == "/v1/audio/transcriptions"
        assert not first.requests
        span = await gateway.span()
        assert (span.provider, span.model, span.kind) == ("b", "whisper-1", "other")
        assert span.name == "POST /v1/audio/transcriptions"


async def test_a_form_of_the_default_provider_is_not_touched(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        body = form("whisper-1", file_bytes=bytes(range(256)) * 1000)
        await call(gateway, body, "/v1/audio/transcriptions", content_type=FORM)
        assert (await upstream.received()).body == body


@pytest.mark.parametrize("path", ["/v1/audio/transcriptions", "/v1/images/edits"])
async def test_the_model_may_stand_behind_a_large_file(tmp_path: Path, path: str) -> None:
    """As the Node client sends it, whose users write `file` first."""
    part = '--XYZ\r\ncontent-disposition: form-data; name="'
    file = part.encode() + b'file"; filename="a.mp3"\r\n\r\n' + b"x" * 900_000 + b"\r\n"

    def late(model: bytes) -> bytes:
        return file + part.encode() + b'model"\r\n\r\n' + model + b"\r\n--XYZ--\r\n"

    kind = "multipart/form-data; boundary=XYZ"
    async with pair(tmp_path, default_provider="") as (upstream, gateway):
        answered = await call(gateway, late(b"a/whisper-1"), path, content_type=kind)
        assert answered.status == 200
        assert (await upstream.received()).body == late(b"whisper-1")
        span = await gateway.span()
        assert (span.provider, span.model) == ("a", "whisper-1")


async def test_json_lines_are_no_json(tmp_path: Path) -> None:
    lines = b'{"custom_id": "1"}\n{"custom_id": "2"}\n'
    async with pair(tmp_path, limits=LimitSettings(body_bytes=10)) as (upstream, gateway):
        answered = await call(gateway, lines, "/v1/files", content_type="application/jsonl")
        assert answered.status == 200
        assert (await upstream.received()).body == lines


async def test_a_chunked_form_stays_chunked(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        client.send(
            b"POST /v1/audio/transcriptions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n"
            b"content-type: " + FORM.encode() + b"\r\n\r\n"
        )
        body = form("a/whisper-1", file_bytes=b"x" * 100_000)
        for at in range(0, len(body), 999):
            client.send(answers._chunk(body[at : at + 999]))
        client.send(b"0\r\n\r\n")
        assert (await client.answer()).status == 200
        received = await upstream.received()
        assert received.header("transfer-encoding") == "chunked"
        assert received.body == form("whisper-1", file_bytes=b"x" * 100_000)


async def test_an_upload_is_held_back_by_the_provider_not_in_memory(tmp_path: Path) -> None:
    size = 50_000_000
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.hold_reading()
        head = (
            f"POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\n"
            f"content-length: {size}\r\n\r\n"
        )
        client.writer.transport.set_write_buffer_limits(high=0)
        client.send(head.encode())
        piece = bytes(range(256)) * 256
        sent = 0

        async def pump() -> None:
            nonlocal sent
            while sent < size:
                client.send(piece[: size - sent])
                await client.writer.drain()
                sent = min(size, sent + len(piece))

        pumping = asyncio.ensure_future(pump())
        last = -1
        while sent != last:
            last = sent
            await asyncio.wait({pumping}, timeout=0.3)
        assert sent < 16_000_000, "kernel buffers and our own bounded ones"
        upstream.resume_reading()
        await pumping
        assert (await client.answer()).status == 200
        received = await upstream.received()
        assert len(received.body) == size
        assert received.body[:65536] == piece
        assert received.header("content-length") == str(size)
        span = await gateway.span()
        assert span.payload.attributes["http.request.body.size"] == size


async def test_an_upload_that_expects_continue_gets_it(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        client.send(
            b"POST /v1/files HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n"
            b"content-type: text/plain\r\n\r\n"
        )
        assert (await client.answer()).status == 100
        client.send(b"hello")
        assert (await client.answer()).status == 200
        received = await upstream.received()
        assert received.body == b"hello"
        assert received.header("expect") is None


async def test_a_provider_may_answer_before_the_upload_is_over(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(error(413, message="too much"), early=True)
        client.send(
            b"POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n"
            b"content-length: 1000000\r\n\r\n" + b"x" * 1000
        )
        answered = await client.answer()
        assert answered.status == 413
        assert error_of(answered)["message"] == "too much"
        assert await client.rest() == b"", "the connection cannot be used for another request"
        assert (await call(gateway, chat())).status == 200


async def test_an_upload_never_rides_on_a_connection_that_may_be_stale(tmp_path: Path) -> None:
    """Its body cannot be sent twice."""
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat())
        answered = await call(gateway, b"x" * 300_000, "/v1/files", content_type="text/plain")
        assert answered.status == 200
        assert upstream.requests[-1].body == b"x" * 300_000
        assert upstream.requests[-1].connection == 1


async def test_a_provider_that_fails_during_an_upload_is_a_502(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script((answers.Reset(),), early=True)
        client.send(
            b"POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n"
            b"content-length: 1000000\r\n\r\n" + b"x" * 1000
        )
        answered = await client.answer()
        assert answered.status == 502
        assert answered.header("x-vedette-error-source") == "gateway"
        assert (await gateway.span()).status == "error"


async def test_a_binary_answer_passes_piece_by_piece(tmp_path: Path) -> None:
    pieces = [b"ID3\0\xff", b"\0" * 5, bytes(range(256))]
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        script = answer_in_pieces(pieces, content_type="audio/mpeg", gap=Gate("0"))
        steps = list(script)
        steps[3], steps[5] = Gate("1"), Gate("2")
        upstream.script(tuple(steps))
        client.send(raw_request({"model": "a/tts-1", "input": "Hi"}, "/v1/audio/speech"))
        await upstream.received()
        for number, piece in enumerate(pieces):
            upstream.open_gate(str(number))
            if number == 0:
                status, headers = await read_head(client)
                assert (status, headers["content-type"]) == (200, "audio/mpeg")
            assert await read_chunk(client) == piece
        assert json.loads(upstream.requests[0].body)["model"] == "tts-1"
        upstream.open_gate("0")
        assert await read_chunk(client) == b""


async def test_a_binary_answer_that_breaks_off_is_cut(tmp_path: Path) -> None:
    script = answers.cut_after(answer(b"x" * 1000, content_type="audio/mpeg"), 500)
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(script)
        client.send(raw_request({"model": "a/tts-1", "input": "Hi"}, "/v1/audio/speech"))
        with pytest.raises(asyncio.IncompleteReadError):
            await client.answer()
        span = await gateway.span()
        assert span.status == "error"
        assert span.payload.attributes["error.type"] == "closed_early"


OTHERS: list[tuple[str, str]] = [
    ("GET", "/v1/files/file-1"),
    ("GET", "/v1/files/file-1/content?purpose=a%2Fb&x=1"),
    ("DELETE", "/v1/files/file-1"),
    ("GET", "/v1/responses/resp_1"),
    ("POST", "/v1/batches"),
    ("PATCH", "/v1/assistants/a"),
    ("PUT", "/v1/whatever/is/new"),
    ("OPTIONS", "/v1/files"),
    ("GET", "/v1/files/a%20b%2Fc"),
    ("GET", "/v1/chat/completions/chatcmpl-1"),
]


@pytest.mark.parametrize(("method", "path"), OTHERS)
async def test_any_other_path_and_method_passes(tmp_path: Path, method: str, path: str) -> None:
    body = b'{"odd": 1}' if method in ("POST", "PATCH", "PUT") else b""
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(b'{"ok" :true}', 203))
        answered = await call(gateway, body, path, method=method)
        assert (answered.status, answered.body) == (203, b'{"ok" :true}')
        received = await upstream.received()
        assert (received.method, received.target.decode()) == (method, path)
        assert received.body == body
        if not body:
            assert received.header("content-length") is None
            assert received.header("transfer-encoding") is None
        span = await gateway.span()
        assert (span.kind, span.status) == ("other", "ok")


async def test_another_provider_can_be_named_for_a_pass_through(tmp_path: Path) -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(tmp_path, provider("a", first.url), provider("b", second.url)) as gateway,
    ):
        how: dict[str, Any] = {"path": "/v1/files", "method": "GET"}
        await call(gateway, headers=[("x-vedette-provider", "b")], **how)
        assert (len(first.requests), len(second.requests)) == (0, 1)
        refused = await call(gateway, headers=[("x-vedette-provider", "c")], **how)
        assert refused.status == 404
        assert "Known: a, b" in error_of(refused)["message"]


async def test_head_requests_have_no_body(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        client.send(b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\n")
        assert (await client.answer(bodiless=True)).status == 200
        client.send(b"HEAD /v1/files/x HTTP/1.1\r\nhost: x\r\n\r\n")
        answered = await client.answer(bodiless=True)
        assert answered.status == 200
        client.send(raw_request(chat()))
        assert (await client.answer()).body == answers.chat_body()
        assert upstream.requests[0].method == "HEAD"


async def test_stored_completions_are_listed_by_the_provider(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        assert (await call(gateway, path=f"{CHAT}?limit=2", method="GET")).status == 200
        assert upstream.requests[0].target == b"/v1/chat/completions?limit=2"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD"])
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/embeddings", "/v1/responses"])
async def test_a_wrong_method_is_told_the_right_one(tmp_path: Path, method: str, path: str) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, path=path, method=method)
        assert answered.status == 405
        assert answered.header("allow") == "POST"
        if method != "HEAD":
            assert error_of(answered)["code"] == "method_not_allowed"
        said = (await call(gateway, path="/metrics", method="GET")).body
        assert b'http_server_refused_total{reason="method_not_allowed"} 1' in said
        assert not upstream.requests


@pytest.mark.parametrize(
    "path", ["/nothing", "/v1/", "/v1/../etc", "/v1/files/%2e%2e/x", "/v2/chat"]
)
async def test_what_is_not_ours_is_not_forwarded(tmp_path: Path, path: str) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, path=path, method="GET")
        assert answered.status == 404
        assert error_of(answered)["code"] == "not_found"
        assert not upstream.requests


async def test_paths_without_version_and_with_a_slash_are_served(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        for path in ("/chat/completions", "/v1/chat/completions/"):
            assert (await call(gateway, chat(), path)).status == 200
            assert upstream.requests[-1].path == "/v1/chat/completions"


# ---- responses, embeddings ----------------------------------------------------------------------

RESPONSE = {
    "id": "resp_1", "object": "response", "status": "completed", "model": "m1-2026",
    "output": [{"type": "message", "role": "assistant", "id": "m", "status": "completed",
                "content": [{"type": "output_text", "text": "Hello.", "annotations": []}]}],
    "usage": {"input_tokens": 11, "input_tokens_details": {"cached_tokens": 4},
              "output_tokens": 6, "output_tokens_details": {"reasoning_tokens": 2},
              "total_tokens": 17},
}  # fmt: skip


async def test_responses_are_recorded_with_usage(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        body = json.dumps(RESPONSE).encode()
        upstream.script(answer(body))
        answered = await call(gateway, {"model": "a/m1", "input": "Hi"}, "/v1/responses")
        assert answered.body == body
        usage = (await gateway.span()).usage
        assert (usage.input_total, usage.cache_read) == (11, 4)
        assert (usage.output_total, usage.reasoning) == (6, 2)


async def test_streamed_responses_are_recorded_with_usage(tmp_path: Path) -> None:
    shapes: list[tuple[str, dict[str, Any]]] = [
        ("response.created", {"response": {**RESPONSE, "status": "in_progress", "usage": None,
                                           "output": []}}),
        ("response.output_text.delta", {"item_id": "m", "output_index": 0, "content_index": 0,
                                        "delta": "Hello."}),
        ("response.completed", {"response": RESPONSE}),
    ]  # fmt: skip
    events = [
        sse(json.dumps({"type": kind, "sequence_number": number, **rest}).encode(), kind)
        for number, (kind, rest) in enumerate(shapes)
    ]
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(answer_in_pieces(events))
        body = {"model": "a/m1", "input": "Hi", "stream": True}
        client.send(raw_request(body, "/v1/responses"))
        await read_head(client)
        assert await read_stream(client) == b"".join(events)
        assert json.loads(upstream.requests[0].body) == {**body, "model": "m1"}
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (11, 6)
        assert (span.status, span.ttft_ms is not None) == ("ok", True)


async def test_embeddings_are_recorded_with_usage(tmp_path: Path) -> None:
    body = b'{"object":"list","data":[],"model":"e1","usage":{"prompt_tokens":2,"total_tokens":2}}'
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(body))
        answered = await call(gateway, {"model": "a/e1", "input": "Hi"}, "/v1/embeddings")
        assert answered.body == body
        span = await gateway.span()
        assert (span.kind, span.usage.input_total, span.usage.output_total) == ("embedding", 2, 0)
