"""States of targets over time."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

from vedette.api.provider_shapes import QuotaStatus
from vedette.app.pages import open_pages
from vedette.app.reports import Reported
from vedette.app.states import MOST_TARGETS, TargetStates
from vedette.clock import FakeClock
from vedette.gateway.health import TargetHealth
from vedette.gateway.quotas import Quota, Reading, quota_name
from vedette.gateway.shared_health import SharedHealth

TARGET = ("a", "m")
NOTHING = Reported()


def test_a_target_that_no_worker_knows_is_unknown(tmp_path: Path) -> None:
    states = TargetStates(str(tmp_path / "health"), FakeClock())
    assert states.now(TARGET, NOTHING) == ("unknown", None)
    states.look([TARGET], NOTHING)
    assert [span.state for span in states.timeline(TARGET)] == ["unknown"]
    assert states.timeline(("a", "other")) == ()


def test_the_page_of_the_workers_is_followed(tmp_path: Path) -> None:
    clock, path = FakeClock(), str(tmp_path / "health")
    states = TargetStates(path, clock)
    worker = TargetHealth(SharedHealth.at(path), "a/m")
    states.look([TARGET], NOTHING)
    for _ in range(3):
        worker.begun(clock.monotonic())
        worker.failed(clock.monotonic(), "http_500")
    clock.advance(1)
    states.look([TARGET], NOTHING)
    assert states.now(TARGET, NOTHING) == ("open", 9.0)
    clock.advance(10)
    states.look([TARGET], NOTHING)
    assert states.now(TARGET, NOTHING) == ("half_open", None)
    worker.begun(clock.monotonic())
    worker.answered(clock.monotonic(), 0.1, stream=False)
    clock.advance(1)
    states.look([TARGET], NOTHING)
    spans = states.timeline(TARGET)
    assert [span.state for span in spans] == ["closed", "open", "half_open", "closed"]
    assert all(one.end_time == other.start_time for one, other in pairwise(spans))
    assert states.since(TARGET) == clock.now_ns()


def test_without_a_place_in_the_page_reports_count() -> None:
    states = TargetStates("", FakeClock())
    reported = Reported(states={TARGET: Counter({"closed": 3, "half_open": 1})})
    assert states.now(TARGET, reported) == ("half_open", None)


def test_what_is_older_than_an_hour_is_forgotten() -> None:
    clock = FakeClock()
    states = TargetStates("", clock)
    for state in ("closed", "open", "closed"):
        states.look([TARGET], Reported(states={TARGET: Counter({state: 1})}))
        clock.advance(2_000)
    clock.advance(1_900)
    states.look([TARGET], Reported(states={TARGET: Counter({"closed": 1})}))
    assert [span.state for span in states.timeline(TARGET)] == ["closed"]


def test_the_number_of_targets_is_bounded() -> None:
    states = TargetStates("", FakeClock())
    states.look([("a", f"m{number}") for number in range(MOST_TARGETS + 1)], NOTHING)
    assert states.since(("a", f"m{MOST_TARGETS}")) is None
    assert states.since(("a", "m0")) is not None


def test_a_page_that_cannot_be_opened_is_done_without(tmp_path: Path) -> None:
    states = TargetStates(str(tmp_path / "no" / "folder"), FakeClock())
    assert states.now(TARGET, NOTHING) == ("unknown", None)


def test_what_is_left_of_a_providers_limits_is_shown(tmp_path: Path) -> None:
    clock, path = FakeClock(), str(tmp_path / "health")
    states, (_, page) = TargetStates(path, clock), open_pages(path)
    assert states.quotas(TARGET) == ()
    keys = [Quota(page, quota_name(*TARGET, key)) for key in range(2)]
    keys[0].note(Reading(0.0, 3.0, 60.0), clock.monotonic())
    keys[1].note(Reading(0.25, 0.0, 30.0), clock.monotonic())
    clock.advance(1)
    assert states.quotas(TARGET) == (
        QuotaStatus(key=0, left=0.0, rests_s=2.0, full_s=59.0),
        QuotaStatus(key=1, left=0.25, rests_s=0.0, full_s=29.0),
    )
    clock.advance(40)
    assert [one.key for one in states.quotas(TARGET)] == [0]
