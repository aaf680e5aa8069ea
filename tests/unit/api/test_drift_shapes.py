"""Drift as it is told."""

from vedette.api.drift_shapes import alarm_shape, baseline_shape
from vedette.drift.baselines import Scope, new_baseline
from vedette.drift.live import DriftAlarm, WatchState
from vedette.drift.shelf import Raised
from vedette.model.drift import Alarm

S = 10**9


def test_a_baseline_that_fills() -> None:
    shape = baseline_shape(WatchState(
        baseline=new_baseline("auto:m", Scope(model="m"), size=20, now_ns=1_700_000_000 * S)
    ))  # fmt: skip
    assert (shape.is_automatic, shape.is_ready, shape.last_time) == (True, False, None)
    assert shape.created_time == "2023-11-14T22:13:20.000000Z"


def test_an_alarm() -> None:
    alarm = Alarm(row=3, stream="all", signal="refusal", severity="high", e=1e5, since_row=1)
    shape = alarm_shape(Raised(id="a", alarm=DriftAlarm(
        project_id="p", baseline="b", model="m", severity="high", signal="refusal",
        raised_ns=1_700_000_000 * S, trace_id="t", since_ns=1_699_999_999 * S,
        since_trace_id="s", alarm=alarm,
    )))  # fmt: skip
    assert (shape.e, shape.stream) == (1e5, "all")
    assert shape.since_time == "2023-11-14T22:13:19.000000Z"
