"""Findings as records: what can be asked of them, and what guarding cost."""

import re
from typing import Literal

import msgspec

from vedette.model.governance import Side
from vedette.model.policy import ActionKind, Where

FindingDimension = Literal[
    "detector", "kind", "policy", "version", "rule", "action", "mode", "where", "model", "route",
    "key", "hour", "day",
]  # fmt: skip
FINDING_DIMENSIONS: tuple[FindingDimension, ...] = (
    "detector", "kind", "policy", "version", "rule", "action", "mode", "where", "model", "route",
    "key", "hour", "day",
)  # fmt: skip
LATENCY_SLOTS_MS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0)
"""Upper ends of the slots that latencies are counted in; one more is open."""
_ID = re.compile(r"([0-9a-f]{2,64})-([0-9a-f]{2,64})-(\d{1,4})", re.ASCII)


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a rule fired on."""

    trace_id: str
    span_id: str
    n: int
    at_ns: int
    project_id: str
    detector: str
    kind: str
    score: float
    where: Where
    side: Side
    place: int
    start: int
    end: int
    policy: str
    version: int
    rule: str
    action: ActionKind
    mode: Literal["enforce", "shadow"]
    view: str = "plain"
    model: str = ""
    route: str = ""
    key_id: str = ""

    @property
    def id(self) -> str:
        return f"{self.trace_id}-{self.span_id}-{self.n}"


class FindingKey(msgspec.Struct, frozen=True):
    """An id, taken apart."""

    trace_id: str
    span_id: str
    n: int

    @classmethod
    def of(cls, id: str) -> "FindingKey":
        """Raises ValueError."""
        match = _ID.fullmatch(id)
        if match is None or len(match[1]) % 2 or len(match[2]) % 2:
            raise ValueError("the id of a finding")
        return cls(match[1], match[2], int(match[3]))


class FindingQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions that must all hold; empty means none. Always of one project and a time."""

    project_id: str
    from_ns: int
    to_ns: int
    detector: str = ""
    kind: str = ""
    policy: str = ""
    version: int | None = None
    rule: str = ""
    action: str = ""
    mode: str = ""
    where: str = ""
    model: str = ""
    route: str = ""
    key_id: str = ""
    min_score: float | None = None
    trace_id: str = ""


class FindingCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many findings, and calls with some, have these values."""

    names: tuple[str, ...] = ()
    findings: int = 0
    calls: int = 0


class GuardedHour(msgspec.Struct, frozen=True, kw_only=True):
    """Calls under one set of policies that ended with one action, in one hour."""

    hour_s: int
    policy: str
    action: str
    calls: int
    bypassed: int
    latency_us: int
    cost_nano_usd: int
    slots: tuple[int, ...]
    """Calls by the slot of their latency."""
