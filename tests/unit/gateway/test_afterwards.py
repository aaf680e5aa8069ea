"""A record waits for what is said late, and is kept meanwhile."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from tests.support import calls
from vedette.app.reduction import Reduction
from vedette.clock import SystemClock
from vedette.gateway.afterwards import LINGER_S, Afterwards
from vedette.gateway.directory import Plan
from vedette.gateway.exchange import Capture, Exchange
from vedette.gateway.identify import Caller
from vedette.gateway.pending import PendingCalls
from vedette.gateway.stages import Stages, Step
from vedette.model.pending import SUFFIX, RuleOrigin
from vedette.model.policy import Policy


class Says:
    """Says its word when it may."""

    late_rules: tuple[Policy, Mapping[str, RuleOrigin]] = (Policy(name="p", rules=()), {})

    def __init__(self, exchange: Exchange) -> None:
        self.may = asyncio.Event()
        self._exchange = exchange

    async def look_afterwards(self) -> None:
        await self.may.wait()
        self._exchange.note("vedette.guard.afterwards", "flag")


class Left:
    """The stage that sees who left."""

    name = "left"

    def __init__(self) -> None:
        self.states: list[str] = []
        self.enter: Step | None = None
        self.leave: Step | None = self._leave

    def _leave(self, exchange: Exchange) -> None:
        self.states.append((exchange.attributes or {})["vedette.guard.afterwards"])


def made(place: Path) -> tuple[Afterwards, Left]:
    left, clock = Left(), SystemClock()
    afterwards = Afterwards(Stages([left], clock), clock)
    afterwards.pending = PendingCalls(place, worker="w", reduce=Reduction(b"k" * 32))
    return afterwards, left


async def until_kept(place: Path) -> None:
    async with asyncio.timeout(20):
        while not list(place.glob(f"w/*{SUFFIX}")):
            await asyncio.sleep(LINGER_S)


async def until_left(left: Left) -> None:
    async with asyncio.timeout(20):
        while not left.states:
            await asyncio.sleep(LINGER_S)


def answered() -> Exchange:
    one = calls.exchange()
    one.span_id, one.plan = "b7ad6b7169203331", Plan(targets=())
    one.caller, one.capture = Caller("0af7651916cd43dd8448eb211c80319c"), Capture(100)
    return one


async def test_what_is_said_at_once_is_not_kept(tmp_path: Path) -> None:
    afterwards, left = made(tmp_path)
    one = answered()
    says = Says(one)
    says.may.set()
    afterwards.leave(one, says)
    await until_left(left)
    assert (left.states, list(tmp_path.iterdir())) == (["flag"], [])


async def test_what_takes_longer_is_kept_and_said_all_the_same(tmp_path: Path) -> None:
    afterwards, left = made(tmp_path)
    one = answered()
    says = Says(one)
    afterwards.leave(one, says)
    await until_kept(tmp_path)
    assert left.states == []
    says.may.set()
    await until_left(left)
    assert left.states == ["flag"]


async def test_who_is_told_to_end_leaves_it_to_the_core(tmp_path: Path) -> None:
    afterwards, left = made(tmp_path)
    one = answered()
    afterwards.leave(one, Says(one))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await afterwards.drain()
    assert left.states == []
    assert len(list(tmp_path.glob(f"w/*{SUFFIX}"))) == 1


async def test_without_a_disk_the_record_goes_as_it_is(tmp_path: Path) -> None:
    afterwards, left = made(tmp_path)
    afterwards.pending = PendingCalls(None, worker="w", reduce=Reduction(b"k" * 32))
    one = answered()
    one.note("vedette.guard.afterwards", "none")
    afterwards.leave(one, Says(one))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await afterwards.drain()
    assert left.states == ["none"]
