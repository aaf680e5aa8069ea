"""Baselines under a name."""

import pytest

from tests.support.drifting import calls, take
from vedette.drift.baselines import Scope, new_baseline, read_baseline, write_baseline
from vedette.errors import BadRequest


def test_a_frozen_baseline_fills_and_then_stays() -> None:
    source = calls(1)
    empty = new_baseline("march", Scope(model="m"), size=20, now_ns=5)
    some = take(source, 15)
    assert not empty.follow(some).is_ready
    full = empty.follow(some).follow(take(source, 10))
    assert full.is_ready
    assert len(full.observations) == 20
    assert full.follow(take(source, 50)) == full


def test_a_rolling_baseline_follows_fifty_calls_behind() -> None:
    series = take(calls(1), 200)
    rolling = new_baseline("now", Scope(), size=20, now_ns=5, kind="rolling")
    for start in range(0, 200, 10):
        rolling = rolling.follow(series[start : start + 10])
    assert rolling.observations == tuple(series[130:150])
    frozen = rolling.freeze()
    assert frozen.kind == "frozen"
    assert frozen.follow(series).observations == rolling.observations


def test_a_baseline_is_read_as_it_was_written() -> None:
    baseline = new_baseline("x", Scope(route="fast"), size=20, now_ns=5).follow(take(calls(1), 20))
    assert read_baseline(write_baseline(baseline)) == baseline


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"name": 1}'])
def test_what_is_no_baseline_is_refused(data: bytes) -> None:
    with pytest.raises(BadRequest, match="no baseline"):
        read_baseline(data)


def test_a_small_baseline_is_refused() -> None:
    with pytest.raises(BadRequest, match="20 or more"):
        new_baseline("x", Scope(), size=19, now_ns=0)


def test_a_scope_covers_what_it_names() -> None:
    call = next(calls(1, template="t"))
    template = call.fingerprint.template
    assert Scope().covers(call, project_id="default")
    assert Scope(model="m", template=template).covers(call, project_id="default")
    assert not Scope(model="other").covers(call, project_id="default")
    assert not Scope(route="fast").covers(call, project_id="default", route="slow")
    assert not Scope().covers(call, project_id="another")
