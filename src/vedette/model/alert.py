"""Alerts: what to watch, whom to tell, and what was seen."""

from typing import Literal

import msgspec

Level = Literal["info", "warning", "critical"]
LEVELS: tuple[Level, ...] = ("info", "warning", "critical")
"""The least first."""

Kind = Literal["threshold", "change", "absence", "anomaly", "event"]
Comparison = Literal[">", ">=", "<", "<="]
By = Literal["", "model", "provider"]
Subject = Literal["drift", "budget", "guard", "probe"]
"""What rooms report by themselves."""

Happening = Literal["opened", "worsened", "repeated", "escalated", "resolved", "test"]


class QuietHours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When only the worst is told; the rest waits until they are over."""

    start: str
    """`HH:MM`; may be later than `end`: then they last over midnight."""
    end: str
    time_zone: str = "UTC"
    """Name in the IANA data base."""
    days: tuple[int, ...] = ()
    """Days on which they begin, Monday is 0; empty: all."""
    below: Level = "critical"
    """Alerts of this level and worse are told all the same."""


class AlertRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is watched in the calls of a project, and what happens then."""

    name: str
    enabled: bool = True
    kind: Kind = "threshold"
    """`threshold`: the metric against `value`; `change`: its change in percent against an earlier
    window; `anomaly`: how many robust deviations it is from `periods` earlier windows; `absence`:
    no calls where there used to be some; `event`: something that another part of us reports."""
    metric: str = ""
    subject: Subject | None = None
    """For `event`; None: any."""
    op: Comparison = ">"
    value: float = 0.0
    window_s: int = 300
    compare_s: int = 0
    """`change`: how far back the other window lies (0: directly before); `absence`: in which time
    there must have been calls (0: a day)."""
    periods: int = 24
    least_calls: int = 1
    """Windows with fewer calls are not judged."""
    model: str = ""
    provider: str = ""
    by: By = ""
    """One alert for each of these."""
    for_s: int = 0
    """How long it must hold before anybody is told."""
    keep_s: int = 60
    """How long it must be over before the alert is resolved."""
    severity: Level = "warning"
    channels: tuple[str, ...] = ()
    """Names of channels."""
    repeat_s: int = 0
    """Tell again after this time while nobody has acknowledged; 0: never."""
    escalate_after_s: int = 0
    """Tell `escalate_to`, too, where nobody has acknowledged by then; 0: never."""
    escalate_to: tuple[str, ...] = ()
    quiet: QuietHours | None = None
    unless: tuple[str, ...] = ()
    """Names of rules: while one of them fires, this one is not told."""
    message: str = ""
    """Jinja template of the text; empty: ours."""
    link: str = ""
    """What to do then: shown with the alert."""
    labels: dict[str, str] = {}


class Channel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to tell and how. Secret options lie in the vault, not here."""

    name: str
    kind: str
    """Name of a plug-in: `slack`, `teams`, `pagerduty`, `webhook`, `email`, ..."""
    enabled: bool = True
    options: dict[str, str] = {}
    most_per_hour: int = 60
    """Messages; what comes on top waits and is told together."""


class Silence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Alerts that nobody is told of for a while; they are recorded all the same."""

    until_ns: int
    rule: str = ""
    """Name of a rule; empty: all."""
    group: str = ""
    """Empty: all."""
    reason: str = ""
    by: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt to tell a channel."""

    at_ns: int
    channel: str
    happening: Happening
    ok: bool
    detail: str = ""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a rule saw, from its beginning to its end."""

    id: str
    project_id: str
    rule_id: str
    rule: str
    group: str = ""
    """Which model, provider, budget, ...; empty: all together."""
    severity: Level
    metric: str = ""
    value: float | None = None
    summary: str
    """What was seen, in words."""
    link: str = ""
    labels: dict[str, str] = {}
    started_ns: int
    seen_ns: int
    """When it last held."""
    times: int = 1
    step: float = 0.0
    """How far it has come, where it comes in steps."""
    resolved_ns: int | None = None
    acknowledged_ns: int | None = None
    acknowledged_by: str = ""
    note: str = ""
    escalated_ns: int | None = None
    told_ns: int | None = None
    owed: tuple[Happening, ...] = ()
    """What the channels are still to be told."""
    told: tuple[Told, ...] = ()
    """The newest last."""

    @property
    def is_open(self) -> bool:
        return self.resolved_ns is None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What another part of us reports: rules of kind `event` look at it."""

    project_id: str
    subject: Subject
    group: str
    """What it is about; further events of the same are one alert."""
    severity: Level
    summary: str
    value: float | None = None
    labels: dict[str, str] = {}
    step: float = 0.0
    """How far it has come: a further step of what is open is told again."""
    is_over: bool = False
    """The end of what was reported before."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One alert in a message."""

    happening: Happening
    alert: Alert
    text: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A message to a channel: everything that it is told at once."""

    id: str
    """The same in every attempt: receivers can tell repetitions."""
    project_id: str
    at_ns: int
    lines: tuple[Line, ...]
    url: str = ""
    """Where the console shows alerts."""
    left_out: int = 0
    """Alerts beyond those in `lines`."""
