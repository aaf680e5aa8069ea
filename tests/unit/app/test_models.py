"""Models that the console asks through the gateway."""

import asyncio
from pathlib import Path

import pytest

from tests.support.answers import chat, error
from tests.support.wire import call, pair
from tests.support.wire import chat as asking
from vedette.app.models import GatewayModels, NoModelAnswer, OwnGateway, models_of
from vedette.gateway.identify import own_token
from vedette.model.policy import Action, Policy, Rule
from vedette.model.settings import AccessSettings, GuardSettings

KEY = b"k" * 32
QUESTION = [{"role": "user", "content": "Well?"}]
BLOCK_ALL = GuardSettings(
    policy=Policy(
        name="p",
        rules=(
            Rule(
                name="r", detector="keywords", options={"words": ["well"]},
                actions=(Action(kind="block"),),
            ),
        ),
    )
)  # fmt: skip


def own(url: str, key: bytes = KEY) -> OwnGateway:
    return OwnGateway(lambda: url, key)


async def test_they_are_asked_in_the_name_of_a_project_and_unguarded(tmp_path: Path) -> None:
    closed = AccessSettings(require_key=True)
    async with pair(tmp_path, hash_key=KEY, guard=BLOCK_ALL, access=closed) as (upstream, gateway):
        upstream.respond = lambda _: chat("Well.")
        models = models_of(own(gateway.url.removesuffix("/v1")))("p1")
        assert models is not None
        said = await asyncio.to_thread(models.chat, "a/m1", QUESTION, timeout_s=20)
        span = await gateway.span()
        stranger = await call(gateway, asking(), headers=[("x-vedette-ours", own_token(b"other"))])
    assert said == "Well."
    assert span.project_id == "p1"
    assert stranger.status == 401
    assert upstream.requests[0].header("x-vedette-ours") is None


async def test_what_is_no_answer_is_an_error(tmp_path: Path) -> None:
    async with pair(tmp_path, hash_key=KEY) as (upstream, gateway):
        upstream.respond = lambda _: error(400)
        models = GatewayModels(own(gateway.url.removesuffix("/v1")), "p1")
        with pytest.raises(NoModelAnswer, match="400"):
            await asyncio.to_thread(models.chat, "a/m1", QUESTION, timeout_s=20)


def test_without_a_gateway_there_are_none() -> None:
    assert models_of(own(""))("p") is None
    assert models_of(own("http://127.0.0.1:1", key=b""))("p") is None
