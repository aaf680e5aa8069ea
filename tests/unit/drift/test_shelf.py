"""Baselines and alarms as records."""

import pytest

from tests.support.drifting import calls, take
from vedette.clock import FakeClock
from vedette.drift.baselines import Baseline, Scope, new_baseline
from vedette.drift.live import DriftAlarm
from vedette.drift.shelf import Shelf
from vedette.errors import BadRequest, Conflict, NotFound
from vedette.model.drift import Alarm
from vedette.stores.records.sql import SqlRecords


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(SqlRecords(None, FakeClock()))


def baseline(name: str = "spring", count: int = 20) -> Baseline:
    made = new_baseline(name, Scope(model="m"), size=20, now_ns=1)
    return made.follow(take(calls(1), count))


def test_a_baseline_comes_back_as_it_was(shelf: Shelf) -> None:
    shelf.add(baseline())
    assert shelf.get("default", "spring") == baseline()
    assert shelf.baselines("default") == (baseline(),)
    assert shelf.baselines("other") == ()
    with pytest.raises(Conflict):
        shelf.add(baseline())


def test_what_was_deleted_meanwhile_does_not_come_back(shelf: Shelf) -> None:
    shelf.add(baseline(count=3))
    shelf.keep(baseline())
    assert len(shelf.get("default", "spring").observations) == 20
    shelf.delete("default", "spring")
    shelf.keep(baseline())
    with pytest.raises(NotFound):
        shelf.get("default", "spring")
    with pytest.raises(NotFound):
        shelf.delete("default", "spring")


def test_automatic_ones_are_kept_without_being_added(shelf: Shelf) -> None:
    shelf.keep(baseline("auto:openai/gpt-4o"))
    assert shelf.get("default", "auto:openai/gpt-4o").is_ready


@pytest.mark.parametrize("name", ["", " a", "a\nb", "a/b", "auto:m", "x" * 101])
def test_names_that_cannot_be(shelf: Shelf, name: str) -> None:
    with pytest.raises(BadRequest):
        shelf.add(baseline(name))


def alarm(at_s: int, name: str = "spring") -> DriftAlarm:
    return DriftAlarm(
        project_id="default", baseline=name, model="m", severity="high", signal="refusal",
        raised_ns=at_s * 10**9, trace_id=f"{at_s:032x}", since_ns=1, since_trace_id="0" * 32,
        alarm=Alarm(row=3, stream="all", signal="refusal", severity="high", e=1e5, since_row=1),
    )  # fmt: skip


def test_alarms_are_listed_the_newest_first_and_once(shelf: Shelf) -> None:
    for at_s in (1, 3, 2, 3):
        shelf.raise_alarm(alarm(at_s))
    found = shelf.alarms("default")
    assert [one.alarm.raised_ns // 10**9 for one in found] == [3, 2, 1]
    assert shelf.alarms("default", after_id=found[0].id, limit=1) == found[1:2]
    assert shelf.alarm("default", found[0].id) == found[0]
    with pytest.raises(NotFound):
        shelf.alarm("other", found[0].id)
    assert shelf.prune("default", 3 * 10**9) == 2
