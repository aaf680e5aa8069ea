"""Background tasks are kept alive, counted when they fail, and drained."""

import asyncio
import errno
import logging

import pytest

from vedette.errors import StoreError
from vedette.tasks import Tasks, Troubles


async def test_spawned_task_runs_under_its_name() -> None:
    tasks = Tasks()
    ran = asyncio.Event()

    async def work() -> None:
        ran.set()

    task = tasks.spawn(work(), name="indexer")
    await asyncio.wait_for(ran.wait(), 30)
    assert task.get_name() == "indexer"


async def test_failure_is_logged_and_counted_and_harms_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tasks = Tasks()

    async def fail() -> None:
        raise ValueError("broken")

    with caplog.at_level(logging.ERROR, logger="vedette.tasks"):
        await asyncio.wait({tasks.spawn(fail(), name="indexer")}, timeout=5)
    assert tasks.failures == 1
    assert "indexer failed: ValueError" in caplog.text


async def test_drain_cancels_what_still_runs_and_counts_no_failure() -> None:
    tasks = Tasks()
    task = tasks.spawn(asyncio.Event().wait(), name="waits for ever")
    await tasks.drain()
    assert task.cancelled()
    assert tasks.failures == 0


async def test_drain_gives_up_on_a_task_that_does_not_end() -> None:
    tasks = Tasks()
    started, release = asyncio.Event(), asyncio.Event()

    async def stubborn() -> None:
        started.set()
        try:
            await release.wait()
        except asyncio.CancelledError:
            await release.wait()

    task = tasks.spawn(stubborn(), name="stubborn")
    await asyncio.wait_for(started.wait(), 30)
    await tasks.drain(timeout_s=0.01)
    assert not task.done()
    release.set()
    await asyncio.wait_for(task, 30)


async def test_drain_of_nothing_returns() -> None:
    await asyncio.wait_for(Tasks().drain(), 30)


async def test_kept_task_goes_on_after_failures_that_are_said_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tasks, fourth = Tasks(), asyncio.Event()
    rounds = 0

    async def look() -> None:
        nonlocal rounds
        rounds += 1
        if rounds < 4:
            raise OSError(errno.ENOSPC, "No space left on device", "/a/secret/place")
        fourth.set()
        await asyncio.Event().wait()

    with caplog.at_level(logging.INFO, logger="vedette.tasks"):
        tasks.keep(look, name="looking", first_pause_s=0.001, steady_s=0.05)
        await asyncio.wait_for(fourth.wait(), 20)
        assert tasks.troubles.now() == {"looking": "OSError: No space left on device"}
        while tasks.troubles.now():
            await asyncio.sleep(0.01)
    assert [record.message for record in caplog.records] == [
        "looking fails: OSError: No space left on device", "looking works again",
    ]  # fmt: skip
    assert [(one.labels, one.value) for one in tasks.troubles.samples()] == [(("looking",), 3)]
    assert tasks.failures == 3
    await tasks.drain()


async def test_kept_task_that_comes_to_its_end_is_not_begun_again() -> None:
    tasks = Tasks()
    rounds = 0

    async def once() -> None:
        nonlocal rounds
        rounds += 1

    await asyncio.wait_for(tasks.keep(once, name="once"), 20)
    assert rounds == 1
    assert tasks.troubles.now() == {}


async def test_kept_task_outlives_what_it_waits_for() -> None:
    tasks, again = Tasks(), asyncio.Event()
    given_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    given_up.cancel()
    waits = [given_up]

    async def look() -> None:
        if waits:
            await waits.pop()
        again.set()
        await asyncio.Event().wait()

    task = tasks.keep(look, name="looking", first_pause_s=0.001)
    await asyncio.wait_for(again.wait(), 20)
    assert tasks.troubles.now() == {"looking": "CancelledError"}
    await tasks.drain()
    assert task.cancelled()


async def test_drain_ends_a_kept_task_while_it_pauses() -> None:
    tasks = Tasks()

    async def fail() -> None:
        raise ValueError("broken")

    task = tasks.keep(fail, name="failing", first_pause_s=3_600)
    while not tasks.troubles.now():
        await asyncio.sleep(0.01)
    await asyncio.wait_for(tasks.drain(timeout_s=20), 30)
    assert task.cancelled()


def test_what_is_noted_is_not_raised_and_is_said_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    troubles = Troubles()
    for _ in range(3):
        with troubles.noted("keys"):
            raise StoreError("The store is locked.")
        with troubles.noted("prices"):
            raise KeyError("a name")
        with troubles.noted("routes"):
            pass
    assert troubles.now() == {"keys": "The store is locked.", "prices": "KeyError"}
    assert len(caplog.records) == 2
    with troubles.noted("keys"):
        pass
    assert troubles.now() == {"prices": "KeyError"}


def test_who_is_told_to_stop_is_not_held_up_by_noting() -> None:
    with pytest.raises(KeyboardInterrupt), Troubles().noted("keys"):
        raise KeyboardInterrupt
