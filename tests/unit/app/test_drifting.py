"""The watch on drift behind the writer."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.drift_watch import Watching, spans
from tests.support.served import until
from tests.support.span_stores import S
from vedette.clock import FakeClock
from vedette.drift.baselines import Scope
from vedette.errors import BadRequest, NotFound
from vedette.stores.records.sql import SqlRecords

NOW = FakeClock().now_ns()


@pytest.fixture
def records() -> SqlRecords:
    return SqlRecords(None, FakeClock())


@pytest.fixture
def watching(records: SqlRecords) -> Iterator[Watching]:
    made = Watching(records, FakeClock())
    made.drifting.start()
    yield made
    made.drifting.stop()


def wait_seen(watching: Watching, count: int) -> None:
    until(
        lambda: True if watching.drifting.seen >= count else None, 60,
        lambda: f"{watching.drifting.seen} of {count}",
    )  # fmt: skip


def test_a_change_is_kept_and_told(watching: Watching) -> None:
    watching.see(spans(60, now_ns=NOW))
    watching.see(spans(60, "refusing", seed=2, first=100, now_ns=NOW + 60 * 10**9))
    wait_seen(watching, 120)
    (raised, *_) = watching.drifting.shelf.alarms("default")
    assert raised.alarm.baseline == "auto:m"
    event = watching.events[0]
    assert (event.subject, event.group) == ("drift", "m")
    assert event.severity == "critical"
    assert "answers of m have changed" in event.summary


def test_a_baseline_warns_once_a_minute(
    records: SqlRecords, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "vedette.app.drifting")
    clock = FakeClock()
    watching = Watching(records, clock)
    watching.drifting.start()
    for turn, rest_s in enumerate((0, 61, 0), 1):
        first = 1_000 * turn
        watching.see(spans(60, now_ns=NOW, first=first))
        watching.see(spans(60, "refusing", seed=2, first=first + 100, now_ns=NOW + 60 * S))
        wait_seen(watching, 120 * turn)
        clock.advance(rest_s)
    watching.drifting.stop()
    told = [one.levelno for one in caplog.records if "have changed" in one.message]
    assert len(told) == len(watching.events) >= 3
    assert told.count(logging.WARNING) == 2


def test_baselines_survive(watching: Watching, records: SqlRecords) -> None:
    watching.see(spans(45, now_ns=NOW))
    wait_seen(watching, 45)
    watching.drifting.stop()
    again = Watching(records, FakeClock())
    again.drifting.start()
    again.see(spans(60, "short", seed=2, first=100, now_ns=NOW))
    wait_seen(again, 60)
    again.drifting.stop()
    assert len(again.drifting.shelf.alarms("default")) == 1


def test_baselines_of_ones_own(watching: Watching) -> None:
    watching.see(spans(1, now_ns=NOW))
    wait_seen(watching, 1)
    watching.drifting.add("spring", Scope(model="m"), size=100, is_rolling=False)
    watching.see(spans(10, now_ns=NOW, first=10))
    wait_seen(watching, 11)
    with pytest.raises(BadRequest):
        watching.drifting.freeze("default", "spring")
    watching.see(spans(20, now_ns=NOW, first=30))
    wait_seen(watching, 31)
    assert watching.drifting.freeze("default", "spring").size == 30
    with pytest.raises(NotFound):
        watching.drifting.freeze("other", "spring")
    watching.drifting.delete("default", "spring")
    watching.drifting.delete("default", "auto:m")
    assert watching.drifting.states("default") == ()
    with pytest.raises(NotFound):
        watching.drifting.delete("default", "spring")


def test_errors_and_other_spans_are_not_looked_at(watching: Watching) -> None:
    (one,) = spans(1, now_ns=NOW)
    from msgspec.structs import replace

    watching.see([replace(one, status="error"), replace(one, kind="tool"), one])
    wait_seen(watching, 1)
    assert watching.drifting.states("default")[0].baseline.observations != ()
    assert watching.drifting.seen == 1


def test_a_watch_that_is_off_does_nothing(records: SqlRecords) -> None:
    off = Watching(records, FakeClock(), watch=False)
    off.drifting.start()
    off.see(spans(3, now_ns=NOW))
    off.drifting.stop()
    assert (off.drifting.seen, off.drifting.left_out) == (0, 0)
