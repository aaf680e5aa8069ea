"""Findings, verdicts and policies: what the guard saw, decided and is told to do."""

from typing import Any, Literal

import msgspec

Where = Literal[
    "system", "input", "output", "reasoning", "tool_result", "tool_arguments", "document"
]
"""Where a text stands in a conversation; `input` is what the user said."""
WHERES: tuple[Where, ...] = (
    "system", "input", "output", "reasoning", "tool_result", "tool_arguments", "document",
)  # fmt: skip

ActionKind = Literal[
    "allow", "flag", "annotate", "alert", "redact", "mask", "replace", "transform",
    "escalate", "retry", "reask", "reroute", "block",
]  # fmt: skip
ACTION_RANK: tuple[ActionKind, ...] = (
    "allow", "flag", "annotate", "alert", "transform", "redact", "mask", "replace",
    "escalate", "retry", "reask", "reroute", "block",
)  # fmt: skip
"""From the mildest to the harshest: the verdict on several texts is the harshest of them."""
TERMINAL: frozenset[ActionKind] = frozenset({"block", "retry", "reask", "reroute", "escalate"})
"""Actions that end the evaluation: later rules are not asked."""
CHANGING: frozenset[ActionKind] = frozenset({"redact", "mask", "replace", "transform"})
"""Actions that change the text."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something a detector saw, as a range of characters of the original text."""

    detector: str
    kind: str
    """What it is, within the detector: `email`, `aws_access_key`, `instruction_override`."""
    score: float
    start: int
    end: int
    view: str = "plain"
    """The view it was seen in; not `plain`: somebody had hidden it."""
    message: int = 0
    """Index of the message, where several were evaluated."""


class Action(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a remedy."""

    kind: ActionKind
    text: str = ""
    """`block`, `annotate`, `reask`: what is said. `replace`: what is put in place of a finding."""
    target: str = ""
    """`reroute`: the route; `escalate`: the judge; `alert`: the channel."""
    settings: dict[str, Any] = {}
    """`retry`: changed parameters."""


class Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule applies to; an empty list means any."""

    organizations: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When `detector` scores `threshold` or more at one of `where`, `actions` follow in order."""

    name: str
    detector: str
    where: tuple[Where, ...] = ("input",)
    threshold: float = 0.5
    kinds: tuple[str, ...] = ()
    """Kinds of findings that count; empty: all."""
    actions: tuple[Action, ...] = (Action(kind="flag"),)
    mode: Literal["enforce", "shadow"] = "enforce"
    """A rule in shadow is evaluated and reported, and changes nothing."""
    on_error: Literal["open", "closed"] = "open"
    """What a detector that fails or is too slow means: nothing seen, or the worst."""
    timeout_ms: int = 1_000
    priority: int = 100
    """Lower goes first; equal ones in the order they are written."""
    scope: Scope = Scope()
    options: dict[str, Any] = {}
    """Settings of the detector: lists of words, topics, limits."""


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ordered rules under a name."""

    name: str
    description: str = ""
    version: int = 1
    rules: tuple[Rule, ...] = ()


class Fired(msgspec.Struct, frozen=True, kw_only=True):
    """A rule whose threshold was reached."""

    rule: str
    detector: str
    where: Where
    score: float
    actions: tuple[ActionKind, ...]
    mode: Literal["enforce", "shadow"]
    findings: int
    text: str = ""
    """What the first action that speaks says."""
    message: int = 0


class Bypass(msgspec.Struct, frozen=True, kw_only=True):
    """A detector that should have looked and did not."""

    detector: str
    reason: Literal["error", "timeout", "breaker_open"]
    closed: bool
    """Whether a rule took it for the worst."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one evaluation."""

    action: ActionKind
    text: str
    """After redaction; the original where nothing changed."""
    messages: tuple[str, ...] = ()
    """The same for each message, where several were evaluated."""
    findings: tuple[Finding, ...] = ()
    scores: dict[str, float] = {}
    """Every detector that was asked for, also below its threshold."""
    fired: tuple[Fired, ...] = ()
    bypassed: tuple[Bypass, ...] = ()
    restore: dict[str, str] = {}
    """`mask`: what each placeholder stands for. Never logged, never stored."""
    latency_ms: float = 0.0
