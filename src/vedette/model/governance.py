"""Policies as they are in force, the exceptions from them, and what the guard saw of a call."""

from typing import Literal

import msgspec

from vedette.model.policy import ActionKind, Policy, Where

Sticky = Literal["session", "request"]
Side = Literal["request", "answer"]
MOST_HITS = 100
"""Hits that are told of one call."""


class Trial(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A version that is tried on a share of the calls."""

    policy: Policy
    share: float
    """Percent of the calls, above 0 and below 100."""
    sticky: Sticky = "session"
    """Whether all calls of a session fall to the same side, or each call draws for itself."""


class LivePolicy(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A policy that is published: one version for all calls, another for a share, or both."""

    policy: Policy | None = None
    trial: Trial | None = None

    @property
    def name(self) -> str:
        chosen = self.policy or (self.trial.policy if self.trial else None)
        return chosen.name if chosen else ""


AllowKind = Literal["text", "value", "pattern"]


class AllowEntry(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Something that is no finding, though a detector sees it."""

    id: str
    kind: AllowKind
    """`text`: a whole text, by its hash. `value`: what was found, whatever its case. `pattern`:
    what was found matches this, in the syntax of re2, from end to end."""
    value: str
    """The value, the pattern, or the SHA-256 (hex) of the text."""
    project_id: str = ""
    """Empty: every project."""
    detector: str = ""
    """Empty: every detector."""
    finding_kind: str = ""
    """Empty: every kind of finding."""
    expires_ns: int | None = None
    note: str = ""
    created_ns: int = 0


class Threshold(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """From which score on a detector counts in a project, where a rule would count it sooner."""

    project_id: str
    detector: str
    threshold: float


class PolicySnapshot(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Everything a worker must know of policies beside the configuration."""

    version: int = 0
    """Counts up with each change."""
    policies: tuple[LivePolicy, ...] = ()
    allowed: tuple[AllowEntry, ...] = ()
    thresholds: tuple[Threshold, ...] = ()


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """One thing a rule fired on, as it is recorded with the call: never a text."""

    detector: str
    kind: str
    """Empty where a rule fired on a score alone."""
    score: float
    where: Where
    side: Side
    place: int
    """Index among the texts of the request or the answer that are not empty; -1: of a stream;
    -2: of an answer that was exchanged for another one."""
    start: int
    end: int
    """Characters of the text as it is recorded; equal where there is no range."""
    policy: str
    version: int
    rule: str
    action: ActionKind
    """The harshest of the rule; what it would have been in shadow."""
    mode: Literal["enforce", "shadow"]
    view: str = "plain"


HITS = "vedette.guard.hits"
"""The attribute of a span that holds its hits."""
