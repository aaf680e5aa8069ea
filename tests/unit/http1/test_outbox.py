"""What is written in one turn of the loop leaves at its end."""

import asyncio

from vedette.http1.outbox import Outbox


class Sender:
    def __init__(self, outbox: Outbox, *, again: int = 0) -> None:
        self.flushed = 0
        self._outbox = outbox
        self._again = again

    def flush(self) -> None:
        self.flushed += 1
        if self._again:
            self._again -= 1
            self._outbox.add(self)


async def test_all_who_wait_are_flushed_together_and_once() -> None:
    outbox = Outbox()
    one, two = Sender(outbox), Sender(outbox)
    outbox.add(one)
    outbox.add(two)
    assert (one.flushed, two.flushed) == (0, 0)
    await asyncio.sleep(0)
    assert (one.flushed, two.flushed) == (1, 1)
    await asyncio.sleep(0)
    assert one.flushed == 1


async def test_who_has_more_while_flushed_waits_for_the_next_turn() -> None:
    outbox = Outbox()
    one = Sender(outbox, again=1)
    outbox.add(one)
    await asyncio.sleep(0)
    assert one.flushed == 1
    await asyncio.sleep(0)
    assert one.flushed == 2
