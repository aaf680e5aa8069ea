"""A child process that signals of the terminal do not reach.

Ctrl-C and a hang-up go to all processes of a terminal. What a child does then is for the supervisor
to say, from its first moment on: before it could ignore a signal itself, its interpreter would have
printed a traceback. So these signals are blocked for it, which it inherits; uvloop would undo that.
"""

import asyncio
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

_OF_TERMINALS = frozenset({signal.SIGINT, signal.SIGHUP})


class Process:
    """One process, from its start to its end."""

    def __init__(
        self, command: Sequence[str], *, inherited: Sequence[int], env: Mapping[str, str]
    ) -> None:
        """Start it with the `inherited` files. Raises OSError."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINALS)
        try:
            self._process = subprocess.Popen(  # noqa: S603 # our own modules
                command, pass_fds=inherited, env=env
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        threading.Thread(target=self._watch, name=f"process {self.pid}", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; below zero where a signal ended it."""
        return self._process.returncode

    async def wait(self) -> int:
        """The return code, once it has ended."""
        await self._ended.wait()
        return self._process.wait()

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def _watch(self) -> None:
        self._process.wait()
        # Where the loop is closed nobody waits.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._ended.set)
