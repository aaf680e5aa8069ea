"""Which traces are kept of a project that does not keep them all."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Literal

import msgspec

from vedette.model.governance import HITS
from vedette.model.span import Span

Outcome = Literal[
    "gateway", "noted", "shared", "error", "slow", "costly", "found", "judged",
    "left_by_head", "left_by_tail",
]  # fmt: skip
"""Why a trace is kept, or which of the two let it go."""
OUTCOMES: tuple[Outcome, ...] = (
    "gateway", "noted", "shared", "error", "slow", "costly", "found", "judged",
    "left_by_head", "left_by_tail",
)  # fmt: skip
LEFT: frozenset[Outcome] = frozenset({"left_by_head", "left_by_tail"})

_RANDOM_BITS = 56
_RANDOM_DIGITS = _RANDOM_BITS // 4


class SamplingRule(msgspec.Struct, frozen=True, kw_only=True):
    """How traces of a project are chosen."""

    project: str = "*"
    """Id or name, or a pattern (`*`, `?`)."""
    head: float = 1.0
    """Share of all traces, chosen by nothing but their id."""
    tail: float = 1.0
    """Share of those among them that nothing speaks for."""
    slow_ms: float | None = None
    costly_nano_usd: int | None = None
    gateway: bool = False
    """Whether traces with calls through the gateway take part."""
    quiet_s: float = 30.0
    """Without a new span for so long, a trace is looked at."""
    deadline_s: float = 600.0
    """After so long it is looked at in any case."""

    @property
    def keeps_all(self) -> bool:
        return self.head >= 1 and self.tail >= 1

    def is_for(self, *names: str) -> bool:
        """Whether a project of this id and name is meant."""
        return any(fnmatchcase(name, self.project) for name in names)


class SamplingState(msgspec.Struct, frozen=True, kw_only=True):
    """What sampling does with a project, since the start."""

    rule: SamplingRule | None
    """None: all is kept."""
    outcomes: dict[Outcome, int]
    """Traces by what became of them; `left_by_head` and `left_by_tail` are gone."""
    left_spans: int


KEEPS_ALL = SamplingState(rule=None, outcomes={}, left_spans=0)


def is_in_share(trace_id: str, share: float) -> bool:
    """Whether a trace belongs to a share of all: the same in every process, and the one of a
    smaller share is within that of a larger one.

    By the last 56 bits of the id, which are random, against the threshold of OpenTelemetry's
    consistent probability sampling: whoever samples by that keeps the same traces.
    https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
    https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
    """
    return int(trace_id[-_RANDOM_DIGITS:], 16) >= round((1 - share) * (1 << _RANDOM_BITS))


def outcome_of(rule: SamplingRule, spans: Sequence[Span], *, is_noted: bool) -> Outcome:
    """What becomes of a trace, from all its spans with their attributes.

    What somebody said something about stays, whatever its id; so do calls through the gateway
    where these take no part.
    """
    if not rule.gateway and any(map(is_of_gateway, spans)):
        return "gateway"
    if is_noted:
        return "noted"
    trace_id = spans[0].trace_id
    if not is_in_share(trace_id, rule.head):
        return "left_by_head"
    if is_in_share(trace_id, rule.head * rule.tail):
        return "shared"
    return _spoken_for(rule, spans) or "left_by_tail"


def _spoken_for(rule: SamplingRule, spans: Sequence[Span]) -> Outcome | None:
    if any(span.status == "error" for span in spans):
        return "error"
    lasted_ms = (max(s.end_ns for s in spans) - min(s.start_ns for s in spans)) / 1e6
    if rule.slow_ms is not None and lasted_ms >= rule.slow_ms:
        return "slow"
    cost = sum(span.cost_nano_usd or 0 for span in spans)
    if rule.costly_nano_usd is not None and cost >= rule.costly_nano_usd:
        return "costly"
    if any(span.kind == "guard" or _has_findings(span) for span in spans):
        return "found"
    return "judged" if any(span.kind == "evaluator" for span in spans) else None


def is_of_gateway(span: Span) -> bool:
    """Whether the call went through the gateway."""
    return "vedette.request_id" in span.payload.attributes


def _has_findings(span: Span) -> bool:
    said = span.payload.attributes
    return bool(said.get(HITS)) or said.get("vedette.guard.action", "allow") != "allow"
