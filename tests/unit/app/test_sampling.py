"""Traces go when nothing more comes of them, and sums stay."""

from collections.abc import Iterator

import pytest

from tests.support.console import NOW_NS, make_span
from vedette.app.sampling import MOST_WAITING, Sampling
from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.model.ledger import LedgerQuery
from vedette.model.notes import Score
from vedette.model.query import Filter, SeriesQuery
from vedette.model.sampling import SamplingRule
from vedette.model.span import Payload, Span
from vedette.stores.spans.sqlite import SqliteSpanStore

RULE = SamplingRule(project="shop", tail=0.0, quiet_s=30, deadline_s=100)
PLAIN = Payload()


class Sampled:
    """A store whose project `p1`, by name `shop`, is sampled."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self.clock = FakeClock(NOW_NS)
        self.store = SqliteSpanStore(None, self.clock)
        self.rules = [RULE]
        names = {"p1": "shop"}
        self.sampling = Sampling(
            self.store, self.clock, lambda: self.rules, lambda id: names.get(id, ""),
            most_waiting=most_waiting,
        )  # fmt: skip

    def write(self, *spans: Span) -> None:
        self.store.write_batch(spans)
        self.sampling.note(spans)

    def kept(self, project_id: str = "p1") -> list[str]:
        filter = Filter(project_id=project_id)
        return [one.trace_id for one in self.store.list_traces(filter, after=None, limit=99).items]

    def later(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.sampling.look()


@pytest.fixture
def sampled() -> Iterator[Sampled]:
    made = Sampled()
    yield made
    made.store.close()


def one(number: int, **changes: object) -> Span:
    return make_span(number, **{"project_id": "p1", "payload": PLAIN, **changes})


def test_a_quiet_trace_goes_and_one_with_an_error_stays(sampled: Sampled) -> None:
    sampled.write(one(1), one(2, status="error"), one(3, project_id="p2"))
    sampled.later(29)
    assert len(sampled.kept()) == 2
    sampled.later(2)
    assert sampled.kept() == [one(2).trace_id]
    assert sampled.kept("p2") == [one(3).trace_id]
    state = sampled.sampling.state("p1")
    assert (state.outcomes, state.left_spans) == ({"error": 1, "left_by_tail": 1}, 1)
    assert sampled.sampling.state("p2").rule is None
    told = {(s.family, s.labels): s.value for s in sampled.sampling.samples()}
    assert told["vedette_sampled_traces", ("p1", "left_by_tail")] == 1
    assert told["vedette_sampled_out_spans", ("p1",)] == 1
    assert told["vedette_sampling_waiting", ()] == 0


def test_sums_are_those_of_all_calls(sampled: Sampled) -> None:
    series = SeriesQuery(
        project_id="p1", metrics=("requests", "cost_usd"), from_ns=NOW_NS - 10**12, to_ns=NOW_NS,
        bucket_s=3600,
    )  # fmt: skip
    everything = LedgerQuery(project_id="p1", from_ns=0, to_ns=2**62)
    sampled.write(*(one(number) for number in range(1, 6)))
    before = (sampled.store.series(series), sampled.store.ledger.sums(everything))
    sampled.later(31)
    assert sampled.kept() == []
    assert (sampled.store.series(series), sampled.store.ledger.sums(everything)) == before
    assert before[1][0].requests == 5


def test_new_spans_put_it_off_until_the_deadline(sampled: Sampled) -> None:
    trace = one(1).trace_id
    for number in range(5):
        sampled.write(one(1, span_id=f"{number + 1:016x}"))
        sampled.later(20)
        assert sampled.kept() == ([trace] if number < 4 else [])


def test_a_late_span_is_looked_at_with_all_that_is_there(sampled: Sampled) -> None:
    sampled.write(one(1, status="error"))
    sampled.later(31)
    sampled.write(one(1, span_id="a" * 16))
    sampled.later(31)
    assert len(sampled.store.trace_spans("p1", one(1).trace_id, payload=False)) == 2


def test_what_somebody_scored_stays(sampled: Sampled) -> None:
    sampled.write(one(1, session_id=""), one(2, session_id="s"), one(3, session_id=""))
    score = Score(id="a", project_id="p1", name="n", value=1.0, trace_id=one(1).trace_id, at_ns=1)
    of_session = Score(id="b", project_id="p1", name="n", value=1.0, session_id="s", at_ns=1)
    sampled.store.notes.put_scores([score, of_session])
    sampled.later(31)
    assert sampled.kept() == [one(1).trace_id, one(2).trace_id]


def test_a_failing_store_puts_it_off(sampled: Sampled) -> None:
    sampled.write(one(1))
    sampled.store.close()
    with pytest.raises(StoreError):
        sampled.kept()
    sampled.later(31)
    assert {s.family: s.value for s in sampled.sampling.samples()} == {
        "vedette_sampling_waiting": 1
    }


def test_the_oldest_are_looked_at_early_where_too_many_wait() -> None:
    sampled = Sampled(most_waiting=2)
    sampled.write(one(1))
    sampled.write(one(2), one(3))
    sampled.later(1)
    assert sampled.kept() == [one(2).trace_id, one(3).trace_id]
    sampled.store.close()


def test_the_first_rule_that_fits_counts_and_may_change(sampled: Sampled) -> None:
    sampled.rules[:] = [SamplingRule(project="p1"), SamplingRule(project="*", tail=0.0)]
    sampled.write(one(1), one(2, project_id="p2"))
    assert sampled.sampling.rule_of("p1") is None
    sampled.rules[:] = [RULE]
    sampled.later(31)
    assert sampled.kept() == [one(1).trace_id]
    assert sampled.kept("p2") == [one(2).trace_id]
