"""Drift while it happens."""

from collections.abc import Iterable

from msgspec.structs import replace

from tests.support.drifting import calls, take
from vedette.drift.baselines import Scope, new_baseline
from vedette.drift.live import MOST_WATCHED, DriftAlarm, LiveDrift, Place, Seen
from vedette.model.drift import Observation

S = 10**9


class Feed:
    """Calls one second apart into a watch with small baselines."""

    def __init__(self, live: LiveDrift | None = None) -> None:
        self.live = live or LiveDrift(size=40)
        self.number = 0
        self.kept: dict[str, int] = {}

    def send(
        self, observations: Iterable[Observation], *, project: str = "default", route: str = ""
    ) -> list[DriftAlarm]:
        alarms: list[DriftAlarm] = []
        for observation in observations:
            self.number += 1
            place = Place(self.number * S, f"{self.number:032x}", f"{self.number:016x}")
            outcome = self.live.take(Seen(project, route, place, observation))
            alarms += outcome.alarms
            for baseline in outcome.changed:
                self.kept[baseline.name] = len(baseline.observations)
        return alarms


def test_a_model_gets_a_baseline_and_a_change_is_told_once() -> None:
    feed = Feed()
    assert feed.send(take(calls(1), 40)) == []
    assert feed.kept == {"auto:m": 40}
    assert feed.send(take(calls(2), 40)) == []
    (alarm,) = feed.send(take(calls(3, "refusing"), 60))
    assert (alarm.baseline, alarm.model, alarm.project_id) == ("auto:m", "m", "default")
    assert alarm.severity in ("high", "critical")
    assert 81 * S <= alarm.raised_ns <= 110 * S
    assert 70 * S <= alarm.since_ns <= alarm.raised_ns
    assert alarm.since_trace_id == f"{alarm.since_ns // S:032x}"
    assert feed.kept["auto:m"] in (0, 40)


def test_a_frozen_baseline_stays() -> None:
    baseline = new_baseline("spring", Scope(model="m"), size=40, now_ns=0)
    feed = Feed(LiveDrift([baseline], watches_models=False))
    feed.send(take(calls(1), 40))
    (alarm,) = feed.send(take(calls(2, "short"), 60))
    assert alarm.baseline == "spring"
    (state,) = feed.live.states("default")
    assert state.baseline.is_ready
    assert state.baseline.observations[0].fingerprint == take(calls(1), 1)[0].fingerprint


def test_a_rolling_baseline_follows() -> None:
    baseline = new_baseline("now", Scope(), size=40, now_ns=0, kind="rolling")
    feed = Feed(LiveDrift([baseline], watches_models=False))
    feed.send(take(calls(1), 40))
    feed.send(take(calls(2), 100))
    (state,) = feed.live.states("default")
    first = state.baseline.observations[0].fingerprint
    assert first != take(calls(1), 1)[0].fingerprint
    assert len(state.baseline.observations) == 40


def test_scopes_keep_calls_apart() -> None:
    baseline = new_baseline("support", Scope(route="support"), size=20, now_ns=0)
    feed = Feed(LiveDrift([baseline], watches_models=False))
    feed.send(take(calls(1), 30), route="other")
    assert feed.live.states("default")[0].baseline.observations == ()
    feed.send(take(calls(1), 20), route="support")
    assert feed.live.states("default")[0].baseline.is_ready
    feed.send(take(calls(1), 20), route="support", project="other")
    assert feed.live.states("default")[0].calls == 0
    assert feed.live.states("other") == ()


def test_what_was_kept_is_watched_at_once() -> None:
    feed = Feed()
    feed.send(take(calls(1), 40))
    kept = [state.baseline for state in feed.live.states("default")]
    again = Feed(LiveDrift(kept, size=40))
    assert len(again.send(take(calls(2, "short"), 60))) == 1


def test_the_versions_that_answered_are_told() -> None:
    feed = Feed()
    feed.send(replace(one, version="m-1") for one in take(calls(1), 60))
    (alarm,) = feed.send(replace(one, version="m-2") for one in take(calls(2, "short"), 60))
    assert alarm.versions == ("m-1", "m-2")


def test_a_deleted_baseline_is_gone_and_many_are_bounded() -> None:
    live = LiveDrift(watches_models=False)
    for number in range(MOST_WATCHED + 5):
        live.put(new_baseline(f"b{number}", Scope(), size=20, now_ns=0))
    assert len(live.states("default")) == MOST_WATCHED
    live.drop("default", f"b{MOST_WATCHED}")
    live.drop("default", "nobody")
    assert len(live.states("default")) == MOST_WATCHED - 1


def test_how_near_an_alarm_is_grows_with_the_evidence() -> None:
    feed = Feed(LiveDrift(size=40))
    feed.send(take(calls(1), 60))
    calm = feed.live.states("default")[0].nearness
    feed.send(take(calls(2, "short"), 3))
    assert 0 <= calm < feed.live.states("default")[0].nearness <= 1
