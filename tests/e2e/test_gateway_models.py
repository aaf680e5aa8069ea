"""Which provider answers a model name, and the list of names."""

import json
from pathlib import Path

import pytest

from tests.support.answers import Stall, answer
from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream, closed_port
from tests.support.wire import call, chat, error_of, pair

NAMES = [
    ("a/m1", "a", "m1"),
    ("b/m2", "b", "m2"),
    ("b/org/m3", "b", "org/m3"),
    ("fast", "b", "m9"),
    ("claude-3", "b", "claude-3"),
    ("org/special", "b", "org/special"),
    ("meta-llama/Llama-3", "a", "meta-llama/Llama-3"),
    ("anything", "a", "anything"),
    ("a/", "a", "a/"),
    ("mod\u00e9le", "a", "mod\u00e9le"),
]


async def test_a_name_is_a_route_or_a_provider_or_a_glob_or_the_default(tmp_path: Path) -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(
            tmp_path,
            provider("a", first.url),
            provider("b", second.url, models=("claude-*", "org/special")),
            routes=[route("fast", ("b", "m9"))],
        ) as gateway,
    ):
        upstreams = {"a": first, "b": second}
        for asked, name, model in NAMES:
            upstream = upstreams[name]
            answered = await call(gateway, chat(asked))
            assert answered.status == 200, asked
            assert answered.header("x-vedette-provider") == name
            assert json.loads(upstream.requests[-1].body)["model"] == model
        assert len(first.requests) + len(second.requests) == len(NAMES)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "body"),
        (b"[]", "an array"),
        (b'{"messages":[]}', "model"),
        (b'{"model":7}', "a number"),
        (b'{"model":""}', "model"),
        (b'{"model":"a/m1",}', "byte 16"),
        (b'{"model":"a/m1"', "not valid JSON"),
        (b'\xff{"model":"a/m1"}', "not valid JSON"),
        (b'{"model":"a/m1","x":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}", "nested too deeply"),
    ],
)
async def test_a_request_that_cannot_be_read_is_told_why(
    tmp_path: Path, body: bytes, said: str
) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, body)
        assert answered.status == 400
        assert said in error_of(answered)["message"]
        assert not upstream.requests
        span = await gateway.span()
        assert span.status == "error"
        assert len(span.trace_id) == 32


async def test_the_list_names_routes_and_the_only_providers_own_names(tmp_path: Path) -> None:
    async with pair(tmp_path, routes=[route("fast", ("a", "m1"))]) as (upstream, gateway):
        answered = await call(gateway, path="/v1/models", method="GET")
        listed = json.loads(answered.body)
        assert listed["object"] == "list"
        assert [model["id"] for model in listed["data"]] == ["fast", "m1"]
        assert set(listed["data"][0]) == {"id", "object", "created", "owned_by"}
        again = await call(gateway, path="/v1/models", method="GET")
        assert again.body == answered.body
        assert len(upstream.requests) == 1, "kept for a minute"


async def test_the_list_names_the_provider_where_there_are_several(tmp_path: Path) -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(
            tmp_path,
            provider("a", first.url),
            provider("b", second.url),
            provider("down", f"http://127.0.0.1:{closed_port()}/v1"),
        ) as gateway,
    ):
        second.script(answer(b"not json"))
        answered = await call(gateway, path="/v1/models", method="GET")
        assert answered.status == 200
        assert [m["id"] for m in json.loads(answered.body)["data"]] == ["a/m1"]


async def test_a_silent_provider_does_not_hold_up_the_list(tmp_path: Path) -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(tmp_path, provider("a", first.url), provider("b", second.url)) as gateway,
    ):
        second.script((Stall(),))
        answered = await call(gateway, path="/v1/models", method="GET")
        assert [m["id"] for m in json.loads(answered.body)["data"]] == ["a/m1"]


async def test_the_list_comes_in_anthropics_shape_to_its_clients(tmp_path: Path) -> None:
    async with pair(tmp_path) as (_, gateway):
        answered = await call(
            gateway, path="/v1/models", method="GET", headers=[("anthropic-version", "2023-06-01")]
        )
        listed = json.loads(answered.body)
        assert listed["data"] == [{"type": "model", "id": "m1", "display_name": "m1"}]
        assert (listed["has_more"], listed["first_id"], listed["last_id"]) == (False, "m1", "m1")


async def test_lists_are_not_shared_between_credentials(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        for key in ("k1", "k2", "k1"):
            await call(
                gateway,
                path="/v1/models",
                method="GET",
                headers=[("authorization", f"Bearer {key}")],
            )
        assert [r.header("authorization") for r in upstream.requests] == ["Bearer k1", "Bearer k2"]


async def test_one_model_is_asked_of_its_provider(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(b'{"id":"m1"}'))
        answered = await call(gateway, path="/v1/models/m1", method="GET")
        assert answered.body == b'{"id":"m1"}'
        assert upstream.requests[0].path == "/v1/models/m1"
