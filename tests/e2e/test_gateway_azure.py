"""Azure behind the gateway: by deployment and by model, with keys and with tokens of Entra."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anthropic
import openai
import pytest

from tests.support import answers
from tests.support.answers import Script
from tests.support.gateway import OPENAI, RunningGateway, provider, route, running_gateway
from tests.support.upstream import Received, Upstream

DATED = "2024-10-21"
HI: Any = [{"role": "user", "content": "hi"}]
TOKEN_PATH = "/tenant/oauth2/v2.0/token"
CLIENT = {"tenant_id": "tenant", "client_id": "app", "client_secret": "hunter2"}


def play(request: Received) -> Script:
    """Azure's paths, and those of Entra."""
    if request.path == TOKEN_PATH:
        return answers.answer(b'{"token_type":"Bearer","expires_in":3599,"access_token":"eyJ0"}')
    _, _, path = request.path.rpartition("/openai")
    if path.startswith("/deployments/"):
        path = "/" + path.split("/", 3)[3]
    path = path.removeprefix("/v1")
    return answers.polite(request.method, f"/v1{path}", request.body)


@asynccontextmanager
async def azure(
    directory: Path, options: dict[str, str], **changes: Any
) -> AsyncIterator[tuple[RunningGateway, Upstream]]:
    async with Upstream() as upstream:
        upstream.respond = play
        root = upstream.url.removesuffix("/v1")
        if "client_secret" in options:
            options = {**options, "authority": root}
        fields = {"kind": "azure", "dialects": OPENAI, "auth": "api-key", "api_key": "key"}
        target = provider("az", f"{root}/openai/v1", options=options, **{**fields, **changes})
        routes = [route("gpt-4o", ("az", "my gpt"))]
        async with running_gateway(directory, target, routes=routes) as gateway:
            yield gateway, upstream


def client(gateway: RunningGateway) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=gateway.url, api_key="theirs", max_retries=0)


async def test_calls_are_addressed_by_deployment(tmp_path: Path) -> None:
    async with azure(tmp_path, {"api_version": DATED}) as (gateway, upstream), client(gateway) as c:
        said = await c.chat.completions.create(model="gpt-4o", messages=HI)
        assert said.choices[0].message.content
        stream = await c.chat.completions.create(model="az/other", messages=HI, stream=True)
        assert [chunk async for chunk in stream]
        await c.embeddings.create(model="az/embed", input="a", encoding_format="float")
        targets = [request.target.decode() for request in upstream.requests]
        assert targets == [
            f"/openai/deployments/my%20gpt/chat/completions?api-version={DATED}",
            f"/openai/deployments/other/chat/completions?api-version={DATED}",
            f"/openai/deployments/embed/embeddings?api-version={DATED}",
        ]
        for request in upstream.requests:
            assert request.header("api-key") == "key"
            assert request.header("authorization") is None


async def test_without_a_version_the_model_stands_in_the_body(tmp_path: Path) -> None:
    async with azure(tmp_path, {}) as (gateway, upstream), client(gateway) as c:
        await c.chat.completions.create(model="gpt-4o", messages=HI)
        (request,) = upstream.requests
        assert request.target == b"/openai/v1/chat/completions"
        assert json.loads(request.body)["model"] == "my gpt"


async def test_other_dialects_are_translated_to_a_deployment(tmp_path: Path) -> None:
    async with (
        azure(tmp_path, {"api_version": DATED}) as (gateway, upstream),
        anthropic.AsyncAnthropic(
            base_url=gateway.url.removesuffix("/v1"), api_key="theirs", max_retries=0
        ) as c,
    ):
        said = await c.messages.create(model="gpt-4o", messages=HI, max_tokens=9)
        assert said.content[0].type == "text"
        target = upstream.requests[0].target.decode()
        assert target == f"/openai/deployments/my%20gpt/chat/completions?api-version={DATED}"


async def test_a_token_is_fetched_once_and_stands_instead_of_any_key(tmp_path: Path) -> None:
    async with azure(tmp_path, CLIENT, api_key="") as (gateway, upstream), client(gateway) as c:
        for _ in range(3):
            await c.chat.completions.create(model="gpt-4o", messages=HI)
        asked, *calls = upstream.requests
        assert asked.path == TOKEN_PATH
        assert b"client_secret=hunter2" in asked.body
        assert [request.path for request in calls] == ["/openai/v1/chat/completions"] * 3
        for request in calls:
            assert request.header_values("authorization") == ["Bearer eyJ0"]
            assert request.header("api-key") is None


async def test_where_entra_gives_no_token_the_client_is_told(tmp_path: Path) -> None:
    async with azure(tmp_path, CLIENT, api_key="") as (gateway, upstream), client(gateway) as c:
        refusal = b'{"error":"invalid_client","error_description":"AADSTS7000215: tenant hunter2"}'
        upstream.respond = lambda _: answers.answer(refusal, 401)
        with pytest.raises(openai.APIStatusError) as raised:
            await c.chat.completions.create(model="gpt-4o", messages=HI)
        assert raised.value.status_code == 502
        assert "check its credentials" in raised.value.message
        assert "hunter2" not in raised.value.message
