"""Where calls go that name a provider, a model or nothing."""

from pathlib import Path

import pytest

from tests.support.answers import answer
from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call


@pytest.mark.parametrize(
    ("model", "headers", "asked"),
    [
        ("b/x", [], "b"),
        ("x", [], "a"),
        ("", [], "a"),
        ("fast", [], "b"),
        ("a/x", [("x-vedette-provider", "b")], "b"),
    ],
    ids=["provider", "default", "nothing", "route", "header"],
)
async def test_header_then_model_then_default_decide(
    tmp_path: Path, model: str, headers: list[tuple[str, str]], asked: str
) -> None:
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(
            tmp_path, provider("a", first.url), provider("b", second.url),
            routes=[route("fast", ("b", "m"), capture="none")],
        ) as gateway,
    ):  # fmt: skip
        for upstream in (first, second):
            upstream.respond = lambda _: answer(b"{}")
        body = {"model": model} if model else {"other": 1}
        assert (await call(gateway, body, "/v1/other", headers=headers)).status == 200
        assert (len(first.requests), len(second.requests)) == ((asked == "a"), (asked == "b"))
        span = await gateway.span()
        assert (span.provider, span.capture) == (asked, "none" if model == "fast" else "full")
