"""Access tokens are fetched once and renewed in time."""

import asyncio

import pytest

from tests.support.answers import answer, error
from tests.support.upstream import Upstream
from vedette.clock import FakeClock
from vedette.gateway.fetching import Fetcher
from vedette.gateway.tokens import Tokens, TokenUnavailable
from vedette.http1.deadlines import Deadlines
from vedette.model.settings import ProviderSettings
from vedette.ports.provider import Token, TokenRequest
from vedette.providers.openai import Provider
from vedette.tasks import Tasks


class Granted(Provider):
    """A provider whose token endpoint is the test's."""

    url = ""

    def token_request(self, now_s: float) -> TokenRequest | None:
        return TokenRequest(self.url, [(b"content-type", b"text/plain")], b"grant")

    def read_token(self, body: bytes) -> Token:
        return Token(body.decode(), 1000.0)


def granted(upstream: Upstream) -> Granted:
    provider = Granted(ProviderSettings(name="a", kind="openai", base_url="http://up:1/v1"))
    provider.url = upstream.url + "/token?x=1"
    return provider


async def test_one_fetch_serves_all_until_it_is_time() -> None:
    clock = FakeClock()
    deadlines, tasks = Deadlines(clock), Tasks()
    tokens = Tokens(clock, Fetcher(clock, deadlines), deadlines, tasks)
    async with Upstream() as upstream:
        upstream.script(answer(b"t1", 200), answer(b"t2", 200))
        provider = granted(upstream)
        first = await asyncio.gather(*(tokens.header(provider) for _ in range(5)))
        assert set(first) == {(b"authorization", b"Bearer t1")}
        assert len(upstream.requests) == 1
        assert upstream.requests[0].target == b"/v1/token?x=1"
        assert upstream.requests[0].body == b"grant"
        clock.advance(900)
        assert await tokens.header(provider) == (b"authorization", b"Bearer t1"), "still good"
        await upstream.received(2)
        await upstream.answered(1)
        while await tokens.header(provider) != (b"authorization", b"Bearer t2"):
            await asyncio.sleep(0)
        tokens.close()
    await tasks.drain()


async def test_no_token_is_an_error_that_names_the_provider() -> None:
    clock = FakeClock()
    deadlines, tasks = Deadlines(clock), Tasks()
    tokens = Tokens(clock, Fetcher(clock, deadlines), deadlines, tasks)
    async with Upstream() as upstream:
        upstream.script(error(401), answer(b"t1", 200))
        with pytest.raises(TokenUnavailable, match="'a'"):
            await tokens.header(granted(upstream))
        assert await tokens.header(granted(upstream)) == (b"authorization", b"Bearer t1")
        tokens.close()
    await tasks.drain()
