"""What is kept of calls that never get as far as a provider: no more than the mode allows."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import Body, call, chat

CANARY = "canary-of-the-prompt"
SAID = [{"role": "user", "content": CANARY}]
Case = tuple[Body, list[tuple[str, str]], int]
REFUSED: dict[str, Case] = {
    "no JSON": (b'{"model": "fast", "messages": "%b' % CANARY.encode(), [], 400),
    "an unknown model": (chat("nobody/m1", messages=SAID), [], 404),
    "an unknown provider": (chat("fast", messages=SAID), [("x-vedette-provider", "z")], 404),
    "a bad wish": (chat("fast", messages=SAID), [("x-vedette-timeout-s", "x")], 400),
    "no model": ({"messages": SAID}, [], 400),
}


@pytest.mark.parametrize("mode", ["none", "hash"])
@pytest.mark.parametrize("where", ["everywhere", "one route"])
@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused_is_kept_like_what_is_served(
    tmp_path: Path, name: str, where: str, mode: str
) -> None:
    body, headers, status = REFUSED[name]
    kept: dict[str, Any] = {"capture": mode} if where == "everywhere" else {}
    routes = [route("fast", ("a", "m1"), capture="" if kept else mode)]
    async with Upstream() as upstream:
        a = provider("a", upstream.url)
        settings: dict[str, Any] = {"routes": routes, "default_provider": "", **kept}
        async with running_gateway(tmp_path, a, **settings) as gateway:
            answered = await call(gateway, body, headers=headers)
            assert answered.status == status, answered.body
            span = await gateway.span()
            assert span.capture == mode
            assert CANARY not in str(span.payload)
            assert CANARY not in str(gateway.spans.records) or mode != "none"
