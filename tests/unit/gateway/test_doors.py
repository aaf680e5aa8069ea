import hashlib
import json
from pathlib import Path

import pytest

from tests.support.answers import answer
from tests.support.wire import call, dial, error_of, pair


async def test_the_sign_on_the_door(tmp_path: Path) -> None:
    async with pair(tmp_path) as (_, gateway):
        answered = await call(gateway, path="/", method="GET")
        assert json.loads(answered.body) == {"name": "vedette", "api": "/v1"}


@pytest.mark.parametrize("path", ["/", "/health/live", "/health/ready", "/metrics", "/v1/models"])
async def test_head_is_get_without_the_body(tmp_path: Path, path: str) -> None:
    async with pair(tmp_path) as (_, gateway), dial(gateway) as client:
        client.send(f"HEAD {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode() * 2)
        for _ in range(2):
            answered = await client.answer(bodiless=True)
            assert answered.status == 200
            assert int(answered.header("content-length") or 0) > 0


async def test_metrics_are_prometheus_text_behind_the_key(tmp_path: Path) -> None:
    keys = (hashlib.sha256(b"k").hexdigest(),)
    async with pair(tmp_path, api_keys=keys) as (_, gateway):
        refused = await call(gateway, path="/metrics", method="GET")
        assert error_of(refused)["code"] == "invalid_api_key"
        said = await call(gateway, path="/metrics", method="GET", headers=[("x-api-key", "k")])
        assert (said.header("content-type") or "").startswith("text/plain; version=0.0.4")
        assert b"# TYPE gen_ai_client_operation_duration_seconds histogram" in said.body


async def test_an_empty_list_has_anthropics_shape_too(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        await upstream.stop()
        answered = await call(
            gateway, path="/v1/models", method="GET", headers=[("anthropic-version", "x")]
        )
        assert json.loads(answered.body) == {
            "data": [], "has_more": False, "first_id": None, "last_id": None,
        }  # fmt: skip


async def test_clients_of_ollama_and_gemini_find_the_models(tmp_path: Path) -> None:
    async with pair(tmp_path) as (_, gateway):
        tags = json.loads((await call(gateway, path="/api/tags", method="GET")).body)
        assert "m1" in [model["name"] for model in tags["models"]]
        assert "version" in json.loads(
            (await call(gateway, path="/api/version", method="GET")).body
        )
        shown = await call(gateway, {"model": "m1"}, "/api/show")
        assert shown.status == 200
        listed = json.loads((await call(gateway, path="/v1beta/models", method="GET")).body)
        assert "models/m1" in [model["name"] for model in listed["models"]]


async def test_a_key_in_the_query_opens_too(tmp_path: Path) -> None:
    keys = (hashlib.sha256(b"k&1").hexdigest(),)
    async with pair(tmp_path, api_keys=keys) as (_, gateway):
        path = "/v1beta/models?key=k%261"
        assert (await call(gateway, path=path, method="GET")).status == 200
        assert (await call(gateway, path="/v1beta/models?key=no", method="GET")).status == 401


@pytest.mark.parametrize("path", ["/v1/models", "/v1beta/models"])
@pytest.mark.parametrize("shape", ["openai", "google"])
async def test_the_list_comes_in_googles_shape_to_its_client(
    tmp_path: Path, path: str, shape: str
) -> None:
    lists = {
        "openai": b'{"data":[{"id":"m1"},{"id":"m2"}]}',
        "google": b'{"models":[{"name":"models/m1"},{"name":"m2"},7]}',
    }
    async with pair(tmp_path) as (upstream, gateway):
        upstream.respond = lambda _: answer(lists[shape])
        answered = await call(gateway, path=path, method="GET", headers=[("x-goog-api-key", "k")])
        models = json.loads(answered.body)["models"]
        assert [model["name"] for model in models] == ["models/m1", "models/m2"]
