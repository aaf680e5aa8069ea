"""Which answers are held, listened to, or passed on."""

from pathlib import Path

import pytest

from tests.support.answers import answer, chat_body
from tests.support.wire import call, chat, dial, error_of, pair
from tests.support.wire import request as raw_request


@pytest.mark.parametrize(
    "content_type", ["application/json", "APPLICATION/JSON; charset=utf-8", "application/jsonl"]
)
async def test_json_is_sent_whole_with_its_length(tmp_path: Path, content_type: str) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(chat_body(), content_type=content_type, framing="chunked"))
        answered = await call(gateway, chat())
        assert answered.header("content-length") == str(len(chat_body()))
        assert answered.header("content-type") == content_type


async def test_an_answer_without_content_has_none(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(answer(b"", 204))
        client.send(raw_request(path="/v1/files/x", method="DELETE") + raw_request(chat()))
        assert (await client.answer()).status == 204
        assert (await client.answer()).body == chat_body()


async def test_a_redirect_is_the_clients_to_follow(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(b"", 307, headers=[("location", "/v1/elsewhere")]))
        answered = await call(gateway, path="/v1/files/x", method="GET")
        assert (answered.status, answered.header("location")) == (307, "/v1/elsewhere")
        assert len(upstream.requests) == 1


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("body", [b"", b" \n", chat_body()[:200], b"<html>Welcome</html>"])
async def test_what_is_no_json_is_no_answer(tmp_path: Path, body: bytes, stream: bool) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        # Only the end of the connection says where this body ends.
        upstream.script(answer(body, framing="close"))
        answered = await call(gateway, chat(stream=stream))
        assert (answered.status, error_of(answered)["code"]) == (502, "invalid_answer")
        assert (await gateway.span()).status == "error"


async def test_a_null_of_a_path_that_is_not_read_passes(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(b"", content_type="application/json"))
        answered = await call(gateway, path="/v1/files/x", method="DELETE")
        assert (answered.status, answered.body) == (200, b"")
