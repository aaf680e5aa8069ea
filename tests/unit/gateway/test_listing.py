import json
from pathlib import Path

from tests.support.answers import Stall, answer, cut_after, error
from tests.support.gateway import RunningGateway, provider, route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, dial, pair
from tests.support.wire import request as raw_request


async def names(gateway: RunningGateway) -> list[str]:
    answered = await call(gateway, path="/v1/models", method="GET")
    assert answered.status == 200
    return [model["id"] for model in json.loads(answered.body)["data"]]


def listed(*ids: str) -> bytes:
    return json.dumps(
        {"data": [{"id": name, "odd": [1], "created": None} for name in ids]}
    ).encode()


async def test_routes_come_first_and_names_once(tmp_path: Path) -> None:
    async with pair(tmp_path, routes=[route("m2", ("a", "m1"))]) as (upstream, gateway):
        upstream.script(answer(listed("m1", "m2")))
        assert await names(gateway) == ["m2", "m1"]


async def test_a_list_that_failed_is_asked_for_again(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        whole = answer(listed("m1"))
        upstream.script(error(500), cut_after(whole, 90), answer(b"{"), answer(b"[]"), whole)
        for _ in range(4):
            assert await names(gateway) == []
        assert await names(gateway) == ["m1"]


async def test_the_simulated_provider_does_not_make_names_longer(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(
            tmp_path, provider("a", upstream.url), provider("sim", "", kind="sim")
        ) as gateway:
            found = await names(gateway)
            assert "m1" in found
            assert "sim/chat" in found


async def test_a_client_that_leaves_while_the_list_is_fetched_harms_nobody(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        async with dial(gateway) as client:
            upstream.script((Stall(),))
            client.send(raw_request(path="/v1/models", method="GET"))
            await upstream.received()
        await upstream.client_gone()
        assert await names(gateway) == ["m1"]
