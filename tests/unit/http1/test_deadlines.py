"""The ticker, with a clock that the test moves."""

import math

from tests.support.rim import until
from vedette.clock import FakeClock, SystemClock
from vedette.http1.deadlines import Deadlines


class Item:
    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.expirations = 0

    def expired(self) -> None:
        self.expirations += 1
        self.deadline = math.inf


def test_only_what_is_due_expires_and_only_once() -> None:
    clock = FakeClock()
    deadlines = Deadlines(clock)
    soon, later, never = Item(1.0), Item(5.0), Item(math.inf)
    for item in (soon, later, never):
        deadlines.add(item)
    for _ in range(3):
        clock.advance(0.9)
        deadlines.check()
    assert [item.expirations for item in (soon, later, never)] == [1, 0, 0]


def test_a_deadline_moves_by_assignment() -> None:
    clock = FakeClock()
    deadlines, item = Deadlines(clock), Item(1.0)
    deadlines.add(item)
    item.deadline = 10.0
    clock.advance(5)
    deadlines.check()
    assert item.expirations == 0
    clock.advance(5)
    deadlines.check()
    assert item.expirations == 1


def test_what_was_discarded_never_expires() -> None:
    clock = FakeClock()
    deadlines, item = Deadlines(clock), Item(1.0)
    deadlines.add(item)
    assert len(deadlines) == 1
    deadlines.discard(item)
    deadlines.discard(item)
    clock.advance(9)
    deadlines.check()
    assert (len(deadlines), item.expirations) == (0, 0)


async def test_it_ticks_by_itself_until_it_is_stopped() -> None:
    clock = SystemClock()
    deadlines, item = Deadlines(clock), Item(clock.monotonic())
    deadlines.add(item)
    deadlines.start()
    deadlines.start()
    await until(lambda: item.expirations == 1)
    deadlines.stop()
    item.deadline = clock.monotonic()
    other, later = Deadlines(clock), Item(clock.monotonic() + 0.15)
    other.add(later)
    other.start()
    await until(lambda: later.expirations == 1)  # two ticks on
    other.stop()
    assert item.expirations == 1


def test_one_that_fails_to_expire_holds_up_no_other() -> None:
    class Broken(Item):
        def expired(self) -> None:
            raise LookupError("nobody foresaw this")

    clock = FakeClock()
    deadlines, others = Deadlines(clock), [Item(1.0) for _ in range(20)]
    for item in (*others[:10], Broken(1.0), *others[10:]):
        deadlines.add(item)
    clock.advance(2)
    deadlines.check()
    assert [item.expirations for item in others] == [1] * 20


async def test_futures_are_those_of_the_running_loop() -> None:
    deadlines = Deadlines(FakeClock())
    waited = [deadlines.future(), deadlines.future()]
    for number, future in enumerate(waited):
        future.set_result(number)
        assert await future == number


async def test_it_rests_while_there_is_nothing_and_wakes_for_the_first() -> None:
    clock = SystemClock()
    deadlines, item = Deadlines(clock), Item(math.inf)
    deadlines.start()
    assert not deadlines.is_ticking
    for _ in range(2):
        deadlines.add(item)
        assert deadlines.is_ticking
        item.deadline = clock.monotonic()
        expired = item.expirations + 1
        await until(lambda expired=expired: item.expirations == expired)
        deadlines.discard(item)
        await until(lambda: not deadlines.is_ticking)
    deadlines.stop()
    deadlines.add(item)
    assert not deadlines.is_ticking
