"""The simulated provider on a real port, in a thread, for clients that block."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from vedette.clock import SystemClock
from vedette.http1.deadlines import Deadlines
from vedette.sim.server import start_sim


@contextmanager
def running_sim() -> Iterator[str]:
    """The base URL of a sim provider that runs while the block does."""
    started = threading.Event()
    box: dict[str, str] = {}
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        clock = SystemClock()
        deadlines = Deadlines(clock)
        deadlines.start()
        sim = await start_sim(clock=clock, deadlines=deadlines)
        box["url"] = sim.url
        started.set()
        await over.wait()
        await sim.close()
        deadlines.stop()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield box["url"]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
