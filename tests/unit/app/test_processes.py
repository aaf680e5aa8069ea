import asyncio
import os
import signal
import sys

import pytest

from tests.support.rim import BOTH_LOOPS
from vedette.app.processes import Process

pytestmark = pytest.mark.anyio

SLEEP = ("sleep", "600")


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


async def test_its_end_is_told() -> None:
    process = Process(["sh", "-c", "exit 7"], inherited=(), env=os.environ)
    async with asyncio.timeout(30):
        assert await process.wait() == 7
    assert process.returncode == 7


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
async def test_what_the_terminal_sends_does_not_end_it(number: signal.Signals) -> None:
    process = Process(SLEEP, inherited=(), env=os.environ)
    os.kill(process.pid, number)
    assert process.returncode is None
    process.terminate()
    async with asyncio.timeout(30):
        assert await process.wait() == -signal.SIGTERM


async def test_it_can_be_killed() -> None:
    process = Process(SLEEP, inherited=(), env=os.environ)
    process.kill()
    async with asyncio.timeout(30):
        assert await process.wait() == -signal.SIGKILL


async def test_it_gets_the_files_that_are_left_to_it_and_no_others() -> None:
    ours, theirs = os.pipe()
    try:
        look = f"import os; os.fstat({theirs}); os.fstat({ours})"
        process = Process([sys.executable, "-c", look], inherited=(ours, theirs), env=os.environ)
        async with asyncio.timeout(30):
            assert await process.wait() == 0
        process = Process([sys.executable, "-c", look], inherited=(theirs,), env=os.environ)
        async with asyncio.timeout(30):
            assert await process.wait() == 1
    finally:
        os.close(ours)
        os.close(theirs)


async def test_a_command_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        Process(["/no/such/command"], inherited=(), env=os.environ)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
