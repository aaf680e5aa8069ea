"""What people say, how often rules are right, and what thresholds follow."""

import pytest

from tests.support.guarded_spans import guarded, hit
from tests.support.span_stores import DAY, NOW
from vedette.clock import FakeClock
from vedette.errors import NotFound
from vedette.guard.feedback import (
    LEAST,
    WANTED,
    Feedback,
    FeedbackBook,
    calibrate,
    precisions,
)
from vedette.model.finding import FindingQuery, FindingRow
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore


def row() -> FindingRow:
    store = SqliteSpanStore(None, FakeClock(NOW))
    span = guarded(1, hit())
    store.write_batch([span])
    query = FindingQuery(project_id=span.project_id, from_ns=NOW - DAY, to_ns=NOW + DAY)
    return store.findings.list(query, after=None, limit=1)[0]


def said(score: float, is_true: bool, number: int = 0, rule: str = "r") -> Feedback:
    return Feedback(
        finding_id=f"ab-cd-{number}", is_true=is_true, detector="pii", kind="email", score=score,
        policy="p", version=1, rule=rule, at_ns=0,
    )  # fmt: skip


def test_what_is_said_last_counts_and_can_be_taken_back() -> None:
    book, finding = FeedbackBook(SqlRecords(None, FakeClock()), FakeClock()), row()
    book.say(finding, is_true=True)
    book.say(finding, is_true=False, note="our own address")
    (only,) = book.all(finding.project_id)
    assert (only.is_true, only.note, only.rule, only.score) == (
        False, "our own address", "personal", 0.9,
    )  # fmt: skip
    assert book.all("other") == []
    book.withdraw(finding.project_id, finding.id)
    with pytest.raises(NotFound):
        book.withdraw(finding.project_id, finding.id)


def test_precision_is_told_with_its_interval() -> None:
    verdicts = [said(0.9, n < 8) for n in range(10)] + [said(0.9, True, rule="other")]
    first, second = precisions(verdicts, "policy", "rule")
    assert (first.names, first.true, first.false) == (("p", "r"), 8, 2)
    assert first.rate is not None
    assert first.rate.low < 0.8 < first.rate.high
    assert second.names == ("p", "other")


def test_nothing_is_proposed_from_too_little() -> None:
    assert "30 more" in calibrate("pii", []).reason
    one_sided = [said(0.9, True)] * LEAST
    assert "false" in calibrate("pii", one_sided).reason
    assert "true" in calibrate("pii", [said(0.6, False)] * LEAST).reason
    few = calibrate("pii", [said(0.9, True)] * 10 + [said(0.6, False)] * 10)
    assert (few.threshold, few.reason) == (None, "10 more verdicts are needed (30 in all).")


def test_the_lowest_threshold_that_is_right_often_enough_is_proposed() -> None:
    verdicts = [said(0.6, False)] * 15 + [said(0.65, True)] * 3 + [said(0.9, True)] * 20
    found = calibrate("pii", verdicts)
    assert found.threshold == 0.65
    assert found.precision_then == 1.0
    assert found.kept_true == 1.0
    assert found.precision_now is not None
    assert found.precision_now < WANTED


def test_what_would_be_lost_is_told() -> None:
    verdicts = [said(0.7, False)] * 15 + [said(0.6, True)] * 10 + [said(0.95, True)] * 10
    found = calibrate("pii", verdicts)
    assert (found.threshold, found.kept_true) == (0.95, 0.5)


def test_no_threshold_is_below_the_floor_or_what_was_seen() -> None:
    verdicts = [said(0.3, False)] * 10 + [said(0.4, True)] * 10 + [said(0.9, True)] * 20
    found = calibrate("pii", verdicts)
    assert found.threshold == 0.9
    assert calibrate("pii", verdicts, floor=0.0).threshold == 0.4


def test_scores_that_do_not_tell_are_said_to() -> None:
    verdicts = [said(0.8, n % 2 == 0) for n in range(40)]
    assert "do not tell" in calibrate("pii", verdicts).reason
    good = [said(0.8, n != 0) for n in range(80)] + [said(0.9, False)] * 4
    assert "already" in calibrate("pii", good).reason
    assert len(calibrate("pii", good).points) == 21
