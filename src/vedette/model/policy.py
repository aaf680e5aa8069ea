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
    "escalate", "retry", "reask", "fallback", "reroute", "block",
]  # fmt: skip
ACTION_RANK: tuple[ActionKind, ...] = (
    "allow", "flag", "annotate", "alert", "transform", "redact", "mask", "replace",
    "escalate", "retry", "reask", "fallback", "reroute", "block",
)  # fmt: skip
"""From the mildest to the harshest: the verdict on several texts is the harshest of them."""
ANEW: frozenset[ActionKind] = frozenset({"retry", "reask", "fallback", "reroute"})
"""Actions that have the model asked anew."""
TERMINAL: frozenset[ActionKind] = ANEW | {"block"}
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
    """`block`, `annotate`, `reask`: what is said. `replace`: what is put in place of a finding.
    `transform`: the template of what the text becomes. `escalate`: what the judge looks for."""
    target: str = ""
    """`reroute`: the route or model; `escalate`: the model that judges; `alert`: the channel."""
    settings: dict[str, Any] = {}
    """`retry`: changed parameters, and `system`: one more instruction. `retry`, `reask`: `times`,
    how often. `escalate`: `timeout_s`."""


class Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule or a policy applies to; an empty list means any."""

    organizations: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    """Patterns (`*`, `?`), like models."""
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
    when: Literal["inline", "after"] = "inline"
    """`after`: looks when the answer is with the client, and only reports."""
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
    mode: Literal["enforce", "shadow"] = "enforce"
    """With `shadow` all its rules are in shadow."""
    scope: Scope = Scope()
    """Whose calls it is for; each rule may narrow it."""
    priority: int = 100
    """Among policies of one level, lower goes first."""
    override: bool = False
    """Whether a policy of a lower level may put a rule of the same name in the place of ours."""
    exceptions: bool = True
    """Whether allow-lists and calibrated thresholds hold for its rules."""
    rules: tuple[Rule, ...] = ()
    stream: Literal["", "window", "whole", "optimistic"] = ""
    """How streamed answers are looked at; empty: as the configuration says."""
    max_remedies: int = 2
    """How often the model is asked anew for one call."""
    remedy_timeout_s: float = 60.0
    """How long all of that may take."""


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


BypassReason = Literal["error", "timeout", "breaker_open"]


class Bypass(msgspec.Struct, frozen=True, kw_only=True):
    """A detector that should have looked and did not."""

    detector: str
    reason: BypassReason
    closed: bool
    """Whether a rule took it for the worst."""


RulingVerdict = Literal["allow", "redact", "block", "error"]


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a judge said of a text that a rule escalated."""

    rule: str
    judge: str
    verdict: RulingVerdict
    """`error`: none in time; then `on_error` of the rule holds."""
    message: int = 0


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
    allowed: tuple[str, ...] = ()
    """Entries of allow-lists that kept a rule from firing."""
    restore: dict[str, str] = {}
    """`mask`: what each placeholder stands for. Never logged, never stored."""
    ended_by: str = ""
    """The rule whose terminal action ended the evaluation."""
    remedy: Action | None = None
    """That action: `block`, or one that has the model asked anew."""
    rulings: tuple[Ruling, ...] = ()
    alerts: tuple[str, ...] = ()
    """`rule` or `rule@channel` of every alert."""
    latency_ms: float = 0.0
