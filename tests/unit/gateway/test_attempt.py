"""One try, against scripted providers: how it ends and what is noted of it."""

import asyncio
from pathlib import Path

import pytest

from tests.support.answers import Reset, Script, Stall, chat, error, stalled_after
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, pair
from tests.support.wire import chat as chat_request
from vedette.gateway.attempt import Failure
from vedette.model.settings import Timeouts

QUICK = Timeouts(connect_s=0.3, first_byte_s=0.2, first_token_s=0.2, idle_s=0.2, total_s=3)

ENDS: dict[str, tuple[Script, str, int]] = {
    "answered": (chat(), "", 200),
    "refused": (error(400), "http_400", 400),
    "reset": ((Reset(),), "reset", 0),
    "silent": ((Stall(),), "first_byte_timeout", 0),
    "stalled": (stalled_after(chat(), 200), "idle_timeout", 200),
}


@pytest.mark.parametrize(("script", "code", "status"), ENDS.values(), ids=ENDS.keys())
async def test_an_attempt_notes_how_it_ended(
    tmp_path: Path, script: Script, code: str, status: int
) -> None:
    async with pair(tmp_path, provider_settings={"timeouts": QUICK}) as (upstream, gateway):
        upstream.script(script)
        await call(gateway, chat_request())
        (attempt,) = (await gateway.span()).payload.attempts
        assert (attempt.provider, attempt.model) == ("a", "m1")
        assert (attempt.error, attempt.status) == (code, status)
        assert (attempt.first_byte_ms is None) is (status == 0)
        assert attempt.provider_request_id == ("req_test" if status == 200 else "")


async def test_no_place_in_the_pool_is_a_failure_of_its_own(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        settings = provider("a", upstream.url, timeouts=QUICK, max_connections=1)
        async with running_gateway(tmp_path, settings) as gateway:
            upstream.script((Stall(),), (Stall(),))
            answered = await asyncio.gather(*(call(gateway, chat_request()) for _ in range(3)))
            spans = await gateway.spans.count(3)
            codes = {span.payload.attempts[0].error for span in spans}
            assert "first_byte_timeout" in codes
            assert codes <= {"first_byte_timeout", "pool_exhausted"}
            assert all(one.status in (200, 502, 504) for one in answered)


def test_only_timeouts_are_timeouts() -> None:
    assert Failure(code="idle_timeout").is_timeout
    assert not Failure(code="http_504", status=504).is_timeout
