"""Findings are read off the spans that carry them, and go with them."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.guarded_spans import guarded, hit
from tests.support.span_stores import DAY, NOW, S
from vedette.clock import FakeClock
from vedette.model.finding import FindingDimension, FindingKey, FindingQuery, FindingRow
from vedette.model.governance import HITS, MOST_HITS
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore

PROJECT = guarded(1).project_id


def store(*spans: Span) -> SqliteSpanStore:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(spans)
    return store


def query(**changes: Any) -> FindingQuery:
    fields: dict[str, Any] = {
        "project_id": PROJECT, "from_ns": NOW - 400 * DAY, "to_ns": NOW + DAY, **changes,
    }  # fmt: skip
    return FindingQuery(**fields)


def test_a_finding_says_what_its_span_says() -> None:
    kept = store(guarded(5, hit(), hit(kind="phone", start=1, end=2)))
    first, second = sorted(kept.findings.list(query(), after=None, limit=10), key=lambda r: r.n)
    assert (first.detector, first.kind, first.policy, first.version) == ("pii", "email", "bot", 2)
    assert (first.model, first.route, first.key_id, first.at_ns) == ("m1", "r1", "k1", NOW - 5 * S)
    assert second.kind == "phone"
    assert kept.findings.get(PROJECT, FindingKey.of(first.id)) == first
    assert kept.findings.get("other", FindingKey.of(first.id)) is None


def test_a_span_that_comes_twice_counts_once() -> None:
    span = guarded(5, hit())
    kept = store(span)
    kept.write_batch([span])
    assert len(kept.findings.list(query(), after=None, limit=10)) == 1
    (hour,) = kept.findings.guarded(PROJECT, from_ns=NOW - DAY, to_ns=NOW)
    assert hour.calls == 1


def test_pages_go_on_where_they_ended_over_months_too() -> None:
    spans = [guarded(n, hit(), hit(rule="other")) for n in range(5)]
    spans += [guarded(n, hit(), start_ns=NOW - 40 * DAY + n) for n in range(10, 14)]
    kept = store(*spans)
    every = kept.findings.list(query(), after=None, limit=100)
    assert len(every) == 14
    seen: list[FindingRow] = []
    after = None
    while page := kept.findings.list(query(), after=after, limit=3):
        seen += page
        after = (page[-1].at_ns, FindingKey.of(page[-1].id))
    assert tuple(seen) == every
    times = [row.at_ns for row in every]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"detector": "pii"}, 2), ({"detector": "x"}, 0), ({"rule": "shade"}, 1),
        ({"mode": "shadow"}, 1), ({"action": "block"}, 1), ({"min_score": 0.95}, 1),
        ({"version": 2}, 2), ({"key_id": "k1"}, 2), ({"where": "output"}, 0),
        ({"from_ns": NOW - S}, 0), ({"project_id": "other"}, 0),
    ],
    ids=lambda value: str(value),
)  # fmt: skip
def test_conditions_narrow(changes: dict[str, Any], count: int) -> None:
    shade = hit(rule="shade", mode="shadow", action="block", score=0.97)
    kept = store(guarded(5, hit(), shade))
    assert len(kept.findings.list(query(**changes), after=None, limit=10)) == count


def test_counts_by_what_they_are() -> None:
    kept = store(guarded(1, hit(), hit(kind="phone", start=1)), guarded(2, hit()))

    def counts(*by: FindingDimension) -> dict[tuple[str, ...], tuple[int, int]]:
        found = kept.findings.counts(query(), by)
        return {one.names: (one.findings, one.calls) for one in found}

    assert counts("kind") == {("email",): (2, 2), ("phone",): (1, 1)}
    assert counts() == {(): (3, 2)}
    assert set(counts("day", "where")) == {(name, "input") for (name, _) in counts("day", "where")}
    assert store().findings.counts(query(), ()) == ()


def test_what_guarding_cost_is_told_by_hour() -> None:
    spans = [
        guarded(1, hit(), action="block", latency="0.050"),
        guarded(2, action="block", latency="30.0"),
        guarded(3, action="allow", said={"vedette.guard.bypassed": "pii:error"}),
    ]
    hours = store(*spans).findings.guarded(PROJECT, from_ns=NOW - DAY, to_ns=NOW + DAY)
    found = {hour.action: hour for hour in hours}
    block, allow = found["block"], found["allow"]
    assert (block.calls, block.latency_us, block.cost_nano_usd) == (2, 30_050, 4_000)
    assert (block.slots[0], sum(block.slots)) == (1, 2)
    assert (allow.calls, allow.bypassed, allow.policy) == (1, 1, "bot")


def test_findings_go_with_their_spans() -> None:
    old = guarded(1, hit(), start_ns=NOW - 3 * DAY)
    kept = store(old, guarded(2, hit()))
    kept.delete_range(PROJECT, to_ns=NOW - 2 * DAY)
    assert len(kept.findings.list(query(), after=None, limit=10)) == 1
    hours = kept.findings.guarded(PROJECT, from_ns=NOW - 30 * DAY, to_ns=NOW + DAY)
    assert sum(hour.calls for hour in hours) == 1


@pytest.mark.parametrize(
    "said", ["", "[", "[[1]]", '{"a":1}', 5, '[["pii"]]', "null"], ids=lambda value: repr(value)
)
def test_what_others_say_of_hits_is_no_finding(said: Any) -> None:
    span = guarded(1, said={HITS: said, "vedette.guard.latency_ms": "nan"})
    kept = store(span)
    assert kept.findings.list(query(), after=None, limit=10) == ()
    assert kept.trace(PROJECT, span.trace_id) is not None


def test_hits_of_one_span_are_bounded() -> None:
    kept = store(guarded(1, *[replace(hit(), start=n) for n in range(MOST_HITS + 50)]))
    assert len(kept.findings.list(query(), after=None, limit=1_000)) == MOST_HITS
