"""Blocking calls stay off the loop, bounded in number and time."""

import asyncio
import threading

import pytest

from vedette.api.threads import Busy, StoreThreads, TooSlow
from vedette.errors import NotFound


async def test_work_runs_in_another_thread_and_returns() -> None:
    threads = StoreThreads()
    assert await threads.run(threading.get_ident) != threading.get_ident()
    threads.close()


async def test_what_the_work_raises_comes_out() -> None:
    threads = StoreThreads()

    def fail(name: str, *, why: str) -> None:
        raise NotFound(f"{name}: {why}")

    with pytest.raises(NotFound, match="a: b"):
        await threads.run(fail, "a", why="b")
    threads.close()


async def test_too_many_calls_are_refused_and_then_taken_again() -> None:
    threads = StoreThreads(threads=1, waiting=1)
    gate = threading.Event()
    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(threads.run(gate.wait, 10)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await threads.run(gate.wait, 10)
        gate.set()
    assert [call.result() for call in calls] == [True, True]
    assert await threads.run(gate.is_set)
    threads.close()


async def test_a_call_that_hangs_is_given_up_but_keeps_its_place() -> None:
    threads = StoreThreads(threads=1, waiting=0, timeout_s=0.05)
    gate, ended = threading.Event(), threading.Event()

    def hang() -> None:
        gate.wait(10)
        ended.set()

    with pytest.raises(TooSlow):
        await threads.run(hang)
    with pytest.raises(Busy):
        await threads.run(ended.is_set)
    gate.set()
    assert await asyncio.to_thread(ended.wait, 10)
    deadline = asyncio.get_running_loop().time() + 10
    while asyncio.get_running_loop().time() < deadline:
        try:
            assert await threads.run(ended.is_set)
            break
        except Busy:
            await asyncio.sleep(0.005)
    else:
        pytest.fail("the place was not given back")
    threads.close()
