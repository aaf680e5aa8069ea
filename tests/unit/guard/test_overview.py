"""What the guard did in a time."""

import pytest

from tests.support.guarded_spans import guarded, hit
from tests.support.span_stores import DAY, NOW
from vedette.clock import FakeClock
from vedette.guard.feedback import Feedback
from vedette.guard.overview import DAY_S, HOUR_S, Overview, group_of, overview, totals_of
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore


def seen(*spans: Span, days: int = 1, said: list[Feedback] | None = None) -> Overview:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(spans)
    project = guarded(1).project_id
    return overview(
        store.findings, said or [], project, from_ns=NOW - days * DAY, to_ns=NOW + 10**9
    )


def test_calls_are_counted_by_what_became_of_them() -> None:
    found = seen(
        guarded(1, action="allow"), guarded(2, hit(), action="block", latency="40"),
        guarded(3, hit(), action="redact"), guarded(4, action="reask"),
        guarded(5, hit(mode="shadow"), action="flag"),
    )  # fmt: skip
    totals = found.totals
    assert (totals.calls, totals.blocked, totals.changed, totals.remedied, totals.flagged) == (
        5, 1, 1, 1, 1,
    )  # fmt: skip
    assert (totals.cost_nano_usd, totals.blocked_cost_nano_usd) == (10_000, 2_000)
    assert (totals.latency_p50_ms, totals.latency_p95_ms) == (2.0, 50.0)
    assert found.shadow == 1
    assert found.step_s == HOUR_S
    assert sum(step.calls for step in found.steps) == 5


def test_what_fires_most_comes_first_with_how_often_it_is_right() -> None:
    said = [
        Feedback(
            finding_id="ab-cd-0", is_true=n < 3, detector="pii", kind="email", score=0.9,
            policy="bot", version=2, rule="personal", at_ns=0,
        )
        for n in range(4)
    ]  # fmt: skip
    found = seen(guarded(1, hit(), hit(kind="phone", start=1)), guarded(2, hit()), said=said)
    first, second = found.triggers
    assert (first.kind, first.findings, second.kind) == ("email", 2, "phone")
    assert first.precision is not None
    assert (first.precision.true, first.precision.false) == (3, 1)
    assert second.precision is None
    assert found.policies[0].policy == "bot"
    assert found.policies[0].precision is not None


def test_a_call_under_several_policies_counts_for_each() -> None:
    found = seen(guarded(1, said={"vedette.guard.policy": "base+bot"}))
    assert [one.policy for one in found.policies] == ["base", "bot"]
    assert found.totals.calls == 1


def test_long_ranges_are_told_by_day_and_nothing_is_told_as_nothing() -> None:
    assert seen(days=30).step_s == DAY_S
    empty = totals_of([])
    assert (empty.calls, empty.latency_p50_ms, empty.latency_mean_ms) == (0, None, 0.0)


@pytest.mark.parametrize(
    ("action", "group"),
    [("block", "blocked"), ("reroute", "remedied"), ("mask", "changed"), ("alert", "flagged"),
     ("allow", ""), ("unheard-of", "")],
)  # fmt: skip
def test_actions_have_their_group(action: str, group: str) -> None:
    assert group_of(action) == group
