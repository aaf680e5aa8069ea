"""How often streams are looked at."""

import asyncio
from collections.abc import Callable

from vedette.clock import FakeClock
from vedette.guard.pace import LONGEST_S, PAUSE_S, TOGETHER, Pace

SECOND = 30.0


class Streams:
    """Streams that are looked at, and when."""

    def __init__(self, cost_s: float = 0.0) -> None:
        self.clock = FakeClock()
        self.pace = Pace(self.clock)
        self.looks: list[int] = []
        self.cost_s = cost_s

    def look(self, number: int) -> Callable[[], None]:
        def look() -> None:
            self.looks.append(number)
            self.clock.advance(self.cost_s)

        return look

    async def until(self, looks: int) -> None:
        async with asyncio.timeout(SECOND):
            while len(self.looks) < looks:
                await asyncio.sleep(0.001)


async def test_a_stream_is_looked_at_at_once_and_then_with_others() -> None:
    streams = Streams()
    one, other = streams.look(1), streams.look(2)
    streams.pace.soon(one)
    assert streams.looks == [1]
    for _ in range(3):
        streams.pace.soon(other)
        streams.pace.soon(one)
    assert streams.looks == [1]
    await streams.until(3)
    assert streams.looks == [1, 2, 1]


async def test_where_nobody_has_looked_for_a_while_the_next_look_is_at_once() -> None:
    streams = Streams()
    streams.pace.soon(streams.look(1))
    async with asyncio.timeout(SECOND):
        number = 2
        while len(streams.looks) < number:
            await asyncio.sleep(2 * PAUSE_S)
            streams.pace.soon(streams.look(number))
    assert streams.looks == [1, 2]


async def test_of_many_some_are_looked_at_and_the_others_after_a_rest() -> None:
    streams = Streams()
    streams.pace.soon(streams.look(0))
    streams.cost_s = 0.1
    for number in range(1, 2 * TOGETHER):
        streams.pace.soon(streams.look(number))
    before = asyncio.get_running_loop().time()
    await streams.until(TOGETHER + 1)
    await streams.until(2 * TOGETHER)
    # Each look has taken a tenth of a second of a clock that stands still otherwise.
    assert asyncio.get_running_loop().time() - before > LONGEST_S - 0.01
    assert streams.looks == [*range(2 * TOGETHER)]


async def test_a_look_that_fails_ends_no_other() -> None:
    streams, failed = Streams(), []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: failed.append(what))

    def fails() -> None:
        raise OSError

    streams.pace.soon(streams.look(1))
    streams.pace.soon(fails)
    streams.pace.soon(streams.look(2))
    await streams.until(2)
    assert streams.looks == [1, 2]
    assert failed


def test_another_loop_goes_on() -> None:
    streams = Streams()

    async def once(number: int) -> None:
        streams.pace.soon(streams.look(number))

    for number in (1, 2):
        asyncio.run(once(number))
    assert streams.looks == [1, 2]
