"""Background tasks are kept alive, counted when they fail, and drained."""

import asyncio
import logging

import pytest

from vedette.tasks import Tasks


async def test_spawned_task_runs_under_its_name() -> None:
    tasks = Tasks()
    ran = asyncio.Event()

    async def work() -> None:
        ran.set()

    task = tasks.spawn(work(), name="indexer")
    await asyncio.wait_for(ran.wait(), 5)
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
    await asyncio.wait_for(started.wait(), 5)
    await tasks.drain(timeout_s=0.01)
    assert not task.done()
    release.set()
    await asyncio.wait_for(task, 5)


async def test_drain_of_nothing_returns() -> None:
    await asyncio.wait_for(Tasks().drain(), 5)
