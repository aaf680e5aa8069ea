import asyncio

import pytest

from vedette.clock import SystemClock
from vedette.ingest.backlog import AHEAD_BYTES, GROUP_BYTES, GROUP_RECORDS, Backlog
from vedette.model.exchange import ExchangeRecord
from vedette.model.wire import Batch
from vedette.tasks import Tasks

CLOCK = SystemClock()
HOUR_S = 3600.0
pytestmark = pytest.mark.anyio

RECORD = ExchangeRecord(
    trace_id="1" * 32, span_id="1" * 16, request_id="r", start_ns=1, end_ns=2, method="POST",
    path="/", operation="other",
)  # fmt: skip


def batch(number: int, records: int = 1) -> Batch:
    return Batch(number, (RECORD,) * records)


def numbers(group: list[Batch]) -> list[int]:
    return [one.number for one in group]


async def test_what_waits_is_taken_together_and_in_order() -> None:
    backlog = Backlog(CLOCK, company_s=0)
    for number in range(1, 4):
        await backlog.put(batch(number), 10)
    assert numbers(await backlog.take()) == [1, 2, 3]


async def test_a_group_holds_no_more_records_than_are_stored_at_once() -> None:
    backlog = Backlog(CLOCK, company_s=0)
    for number, records in enumerate((GROUP_RECORDS - 1, 1, 1, GROUP_RECORDS + 1), start=1):
        await backlog.put(batch(number, records), 10)
    assert [numbers(await backlog.take()) for _ in range(3)] == [[1, 2], [3], [4]]


async def test_all_is_taken_before_the_end_is_told() -> None:
    backlog = Backlog(CLOCK, company_s=0)
    await backlog.put(batch(1), 10)
    backlog.close()
    assert numbers(await backlog.take()) == [1]
    assert await backlog.take() == []


async def test_who_takes_waits_for_what_comes() -> None:
    backlog, tasks = Backlog(CLOCK, company_s=0), Tasks()
    taking = tasks.spawn(backlog.take(), name="take")
    await asyncio.sleep(0)
    assert not taking.done()
    await backlog.put(batch(1), 10)
    async with asyncio.timeout(30):
        assert numbers(await taking) == [1]


async def test_a_full_backlog_is_added_to_when_something_was_taken() -> None:
    backlog, tasks = Backlog(CLOCK, company_s=0), Tasks()
    # One batch is taken however large it is.
    await backlog.put(batch(1), AHEAD_BYTES + 1)
    putting = tasks.spawn(backlog.put(batch(2), 1), name="put")
    for _ in range(5):
        await asyncio.sleep(0)
    assert not putting.done()
    assert numbers(await backlog.take()) == [1]
    async with asyncio.timeout(30):
        await putting
    assert numbers(await backlog.take()) == [2]


async def test_the_first_is_taken_at_once_and_what_follows_waits_for_company() -> None:
    backlog, tasks = Backlog(CLOCK, company_s=HOUR_S), Tasks()
    await backlog.put(batch(1), 10)
    async with asyncio.timeout(30):
        assert numbers(await backlog.take()) == [1]
    await backlog.put(batch(2), 10)
    taking = tasks.spawn(backlog.take(), name="take")
    for _ in range(5):
        await asyncio.sleep(0)
    assert not taking.done()
    await backlog.put(batch(3, GROUP_RECORDS), 10)
    async with asyncio.timeout(30):
        assert numbers(await taking) == [2]


@pytest.mark.parametrize("end", ["close", "bytes"])
async def test_neither_the_end_nor_a_large_one_waits_for_company(end: str) -> None:
    backlog = Backlog(CLOCK, company_s=HOUR_S)
    for number in (1, 2):
        await backlog.put(batch(number), GROUP_BYTES if end == "bytes" else 10)
        if end == "close":
            backlog.close()
        async with asyncio.timeout(30):
            assert numbers(await backlog.take()) == [number]


async def test_company_is_waited_for_no_longer_than_that() -> None:
    backlog = Backlog(CLOCK, company_s=0.05)
    for number in (1, 2):
        await backlog.put(batch(number), 10)
        async with asyncio.timeout(30):
            assert numbers(await backlog.take()) == [number]
