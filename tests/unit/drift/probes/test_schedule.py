"""When probes are due."""

from datetime import UTC, datetime

import pytest

from tests.support.probing import probe
from vedette.drift.probes.schedule import check_cron, next_due_ns, read_cron

START = datetime(2026, 11, 26, 10, 7, 30, tzinfo=UTC)
START_NS = int(START.timestamp()) * 10**9


@pytest.mark.parametrize(
    ("cron", "due"),
    [
        ("* * * * *", "2026-11-26T10:08"),
        ("*/15 * * * *", "2026-11-26T10:15"),
        ("7 10 * * *", "2026-11-27T10:07"),
        ("0 8-18/2 * * 1-5", "2026-11-26T12:00"),
        ("30 9 * * 1-5", "2026-11-27T09:30"),
        ("0 0 * * 0", "2026-11-29T00:00"),
        ("0 0 * * 7", "2026-11-29T00:00"),
        ("0 0 1 * *", "2026-12-01T00:00"),
        ("0 0 1 * 5", "2026-11-27T00:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
        ("5,50 23 31 12 *", "2026-12-31T23:05"),
    ],
)
def test_cron(cron: str, due: str) -> None:
    found = datetime.fromtimestamp(next_due_ns(probe(cron=cron), START_NS, 0.0) / 1e9, UTC)
    assert found.isoformat()[:16] == due
    assert found.second == 0


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("", "five fields"),
        ("* * * *", "five fields"),
        ("60 * * * *", "minute: need"),
        ("* 24 * * *", "hour: need"),
        ("* * 0 * *", "day: need"),
        ("* * * 13 *", "month: need"),
        ("* * * * 8", "weekday: need"),
        ("5-2 * * * *", "minute: need"),
        ("*/0 * * * *", "minute: need"),
        ("@daily x x x x", "minute: need"),
        ("0 0 31 2 *", "a day that comes"),
    ],
)
def test_what_is_no_time(cron: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_cron(cron)


def test_minutes_and_jitter() -> None:
    hourly = probe(every_minutes=60, jitter_s=600)
    assert next_due_ns(hourly, START_NS, 0.0) - START_NS == 3_600 * 10**9
    assert next_due_ns(hourly, START_NS, 0.5) - START_NS == 3_900 * 10**9


def test_only_both_days_narrowed_are_either() -> None:
    assert read_cron("0 0 1 * 1").either_day
    assert not read_cron("0 0 1 * *").either_day
    assert not read_cron("0 0 * * 1").either_day
