"""A door of the core for HTTP."""

import asyncio
import contextlib
from collections.abc import Iterator

import uvicorn

LOOK_S = 1.0


class Door(uvicorn.Server):
    """Leaves the signals to the core, and looks around once a second instead of ten times: for the
    time that it tells, and whether it shall close. `leave` is heard at once."""

    def __init__(self, config: uvicorn.Config, *, look_s: float = LOOK_S) -> None:
        super().__init__(config)
        self._look_s = look_s
        self._leaving = asyncio.Event()

    def leave(self) -> None:
        """Take no more; what runs may end."""
        self.should_exit = True
        self._leaving.set()

    async def main_loop(self) -> None:
        # To the tick 0 belongs the time.
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._look_s):
                    await self._leaving.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
