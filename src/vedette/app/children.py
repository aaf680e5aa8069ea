"""Child processes: started with their sockets, watched, started again when they die."""

import asyncio
import contextlib
import logging
import os
import re
import socket
import sys
from collections.abc import Sequence

from vedette.app.processes import Process
from vedette.app.wiring import Failed, Line, Order, Ready, Starting
from vedette.clock import Clock

log = logging.getLogger(__name__)

READY_S = 30.0
"""A child that gives no sign of life for this long hangs."""
_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 5.0
_SECRET = re.compile(r"_(KEYS?|TOKEN|SECRET|PASSWORD)(_|$)")
_STEADY_S = 10.0
"""A child that lived this long is not in a crash loop."""


class ChildFailed(Exception):
    """A child could not start; the message says why, for people."""


class Refused(ChildFailed):
    """The child is there and does not take the settings."""


class Child:
    """One child process. The listening socket stays open here: while the child is being
    replaced, connections wait in its queue instead of being refused."""

    def __init__(
        self,
        name: str,
        module: str,
        listener: socket.socket,
        *,
        clock: Clock,
        arguments: Sequence[str] = (),
        ready_s: float = READY_S,
    ) -> None:
        self.name = name
        self.order: Order | None = None
        self.process: Process | None = None
        self.restarts = 0
        self._module = module
        self._listener = listener
        self._arguments = arguments
        self._ready_s = ready_s
        self._clock = clock
        self._line: Line | None = None
        self._telling = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process is not None else None

    async def start(self, order: Order) -> None:
        """Start the process, give it its settings, wait until it serves. Raises ChildFailed."""
        self.order = order
        async with self._telling:
            try:
                await self._open()
            except OSError as error:
                raise ChildFailed(f"{self.name}: no new process: {error.strerror}") from error
            await self._tell(order)

    async def _open(self) -> None:
        """A process, and a line to it. Raises OSError."""
        with contextlib.ExitStack() as undo:
            ours, theirs = socket.socketpair()
            undo.enter_context(ours)
            with theirs:
                self._spawn(self._listener.fileno(), theirs.fileno())
            self._line = await Line.on(ours)
            undo.pop_all()

    def _spawn(self, *inherited: int) -> None:
        arguments = (*self._arguments, *map(str, inherited))
        self.process = Process(
            [sys.executable, "-m", self._module, *arguments], inherited=inherited,
            env=_environment(),
        )  # fmt: skip

    async def reload(self, order: Order) -> None:
        """Hand over new settings. Raises ChildFailed where the child refuses or is not there.

        A child that refuses keeps the old ones; one that is being replaced starts with the new.
        """
        before, self.order = self.order, order
        async with self._telling:
            try:
                await self._tell(order)
            except Refused:
                self.order = before
                raise

    async def keep_alive(self) -> None:
        """Start the process again whenever it ends; until cancelled."""
        wait_s = _FIRST_WAIT_S
        while True:
            assert self.process is not None
            assert self.order is not None
            started = self._clock.monotonic()
            code = await self.process.wait()
            self._hang_up()
            if self._clock.monotonic() - started > _STEADY_S:
                wait_s = _FIRST_WAIT_S
            log.error("%s ended (%s); starting it again", self.name, _meaning(code))
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
            self.restarts += 1
            try:
                await self.start(self.order)
            except ChildFailed as error:
                log.error("%s does not start: %s", self.name, error)
                # One that hangs would never be waited for to its end.
                self.kill()

    def kill(self) -> None:
        """SIGKILL, where there is a process."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()

    def terminate(self) -> None:
        """SIGTERM, where there is a process."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()

    async def stop(self, *, grace_s: float) -> None:
        """SIGTERM, then SIGKILL for what is left after the grace."""
        process = self.process
        if process is None or process.returncode is not None:
            self._hang_up()
            return
        process.terminate()
        try:
            async with asyncio.timeout(grace_s):
                await process.wait()
        except TimeoutError:
            log.error("%s did not stop in %g s and is killed", self.name, grace_s)
            self.kill()
            await process.wait()
        self._hang_up()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    async def _tell(self, order: Order) -> None:
        line = self._line
        if line is None:
            raise ChildFailed(f"{self.name} is being started again")
        try:
            async with asyncio.timeout(self._ready_s):
                await line.send(order)
            answer = await self._answer(line)
        except (OSError, TimeoutError) as error:
            raise ChildFailed(f"{self.name} does not answer") from error
        if answer is None:
            raise ChildFailed(f"{self.name} ended while starting; see its log above")
        if isinstance(answer, Failed):
            raise Refused(answer.message)

    async def _answer(self, line: Line) -> Ready | Failed | None:
        """What it says in the end. Raises TimeoutError where it says nothing for `ready_s`."""
        began = self._clock.monotonic()
        while True:
            async with asyncio.timeout(self._ready_s):
                answer = await line.receive(Ready | Failed | Starting)  # type: ignore[arg-type]
            if not isinstance(answer, Starting):
                return answer
            log.info("%s is starting for %.0f s", self.name, self._clock.monotonic() - began)


def _environment() -> dict[str, str]:
    """The children read no configuration from the environment, so no secret needs to be there."""
    return {name: value for name, value in os.environ.items() if not _SECRET.search(name)}


def _meaning(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
