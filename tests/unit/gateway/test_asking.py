"""What a provider is sent."""

import json
from pathlib import Path

from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat


async def test_another_target_is_asked_what_the_first_cannot_express(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        claude = provider("a", one.url, kind="anthropic", dialects=("anthropic",))
        routes = [route("fast", ("a", "m1"), ("b", "m2"))]
        async with running_gateway(
            tmp_path, claude, provider("b", other.url), routes=routes
        ) as gateway:
            answered = await call(gateway, chat("fast", n=2))
            assert answered.status == 200
            assert answered.header("x-vedette-provider") == "b"
            assert one.requests == []


async def test_what_nobody_can_express_is_refused_by_name(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        claude = provider("a", upstream.url, kind="anthropic", dialects=("anthropic",))
        async with running_gateway(tmp_path, claude) as gateway:
            answered = await call(gateway, chat("a/m", n=2))
            error = json.loads(answered.body)["error"]
            assert (answered.status, error["param"]) == (400, "n")
            assert upstream.requests == []


async def test_what_only_advises_is_left_out_and_named(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        claude = provider("a", upstream.url, kind="anthropic", dialects=("anthropic",))
        async with running_gateway(tmp_path, claude) as gateway:
            answered = await call(gateway, chat("a/m", seed=7))
            assert "seed" not in json.loads(upstream.requests[0].body)
            assert answered.header("x-vedette-dropped") == "seed"
            span = await gateway.span()
            assert span.payload.attributes["vedette.dropped"] == "seed"
            assert span.payload.attributes["vedette.provider.dialect"] == "anthropic"


async def test_thoughts_of_another_provider_are_left_out_even_in_its_own_dialect(
    tmp_path: Path,
) -> None:
    async with Upstream() as upstream:
        claude = provider("a", upstream.url, kind="anthropic", dialects=("anthropic",))
        async with running_gateway(tmp_path, claude) as gateway:
            thought = {"type": "thinking", "thinking": "Hm.", "signature": "vdt:gemini:abc"}
            messages = [
                {"role": "user", "content": "Hi"},
                {"role": "assistant", "content": [thought, {"type": "text", "text": "Hello."}]},
                {"role": "user", "content": "And?"},
            ]
            body = {"model": "a/m", "max_tokens": 9, "messages": messages}
            await call(gateway, body, "/v1/messages")
            sent = upstream.requests[0].body
            assert b"vdt:" not in sent
            assert b"Hello." in sent
