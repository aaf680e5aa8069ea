"""Which traces are kept, and why."""

from typing import Any

import pytest

from tests.support.console import make_span
from vedette.clock import SystemClock
from vedette.model.sampling import Outcome, SamplingRule, is_in_share, outcome_of
from vedette.model.span import Payload, Span

LOW, HIGH = "a" * 18 + "0" * 14, "0" * 18 + "f" * 14
"""Trace ids that every share but the whole leaves, and that every share keeps."""
TAIL = SamplingRule(tail=0.1, slow_ms=1_000, costly_nano_usd=10**9)


def span(trace_id: str = LOW, **changes: Any) -> Span:
    return make_span(1, trace_id=trace_id, **{"payload": Payload(), **changes})


def became(rule: SamplingRule, *spans: Span, is_noted: bool = False) -> Outcome:
    return outcome_of(rule, spans, is_noted=is_noted)


def test_a_share_is_of_the_last_56_bits_against_a_threshold() -> None:
    half = f"{1 << 55:032x}"
    assert is_in_share(half, 0.5)
    assert not is_in_share(f"{(1 << 55) - 1:032x}", 0.5)
    assert is_in_share(LOW, 1.0)
    assert not is_in_share(HIGH, 0.0)


def test_shares_are_right_and_within_each_other() -> None:
    clock = SystemClock()
    ids = [clock.trace_id() for _ in range(4_000)]
    some = {id for id in ids if is_in_share(id, 0.25)}
    fewer = {id for id in ids if is_in_share(id, 0.05)}
    assert 850 <= len(some) <= 1_150
    assert 130 <= len(fewer) <= 275
    assert fewer < some


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "left_by_tail"),
        ({"status": "error"}, "error"),
        ({"start_ns": 0, "end_ns": 10**9}, "slow"),
        ({"cost_nano_usd": 10**9}, "costly"),
        ({"kind": "evaluator"}, "judged"),
        ({"kind": "guard"}, "found"),
        ({"payload": Payload(attributes={"vedette.guard.hits": "[]"})}, "found"),
        ({"payload": Payload(attributes={"vedette.guard.action": "redact"})}, "found"),
        ({"payload": Payload(attributes={"vedette.guard.action": "allow"})}, "left_by_tail"),
        ({"trace_id": HIGH}, "shared"),
        ({"payload": Payload(attributes={"vedette.request_id": "r"})}, "gateway"),
    ],
    ids=["plain", "error", "slow", "costly", "evaluated", "guard", "hits", "redacted", "allowed",
         "share", "gateway"],
)  # fmt: skip
def test_what_speaks_for_a_trace(changes: dict[str, Any], outcome: Outcome) -> None:
    assert became(TAIL, span(**changes)) == outcome


def test_a_trace_is_judged_as_a_whole() -> None:
    cheap = span(cost_nano_usd=6 * 10**8)
    assert became(TAIL, cheap, cheap) == "costly"
    assert became(TAIL, span(start_ns=0, end_ns=1), span(start_ns=10**9, end_ns=10**9)) == "slow"
    assert became(TAIL, span(), span(status="error")) == "error"


def test_the_head_asks_for_nothing_but_notes_and_the_gateway() -> None:
    rule = SamplingRule(head=0.5)
    assert became(rule, span(status="error")) == "left_by_head"
    assert became(rule, span(), is_noted=True) == "noted"
    of_gateway = span(payload=Payload(attributes={"vedette.request_id": "r"}))
    assert became(rule, of_gateway) == "gateway"
    assert became(SamplingRule(head=0.5, gateway=True), of_gateway) == "left_by_head"
    assert became(rule, span(HIGH)) == "shared"


def test_a_rule_is_for_ids_and_names_that_match() -> None:
    assert SamplingRule(project="shop-*").is_for("prj_1", "shop-eu")
    assert not SamplingRule(project="shop").is_for("prj_1", "shop-eu")
    assert SamplingRule(tail=1.0).keeps_all
