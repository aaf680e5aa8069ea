"""Alerts, their rules and channels, as the console API tells of them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from vedette.alerts.book import Kept
from vedette.model.alert import Alert, AlertRule, Channel, Level, Silence
from vedette.query.shapes import Time
from vedette.query.times import format_time

State = Literal["firing", "resolved"]


class ToldShape(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt to tell a channel."""

    time: Time
    channel: str
    happening: str
    ok: bool
    detail: str


class AlertShape(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a rule saw."""

    id: str
    rule_id: str
    rule: str
    group: Annotated[str, Meta(description="Which model, provider, budget, ...; empty: all.")]
    severity: Level
    state: State
    metric: str
    value: float | None
    summary: str
    link: str
    labels: dict[str, str]
    started_time: Time
    seen_time: Time
    times: int
    resolved_time: Time | None
    acknowledged_time: Time | None
    acknowledged_by: str
    note: str
    told: tuple[ToldShape, ...]
    """The newest last."""


class AlertPage(msgspec.Struct, frozen=True):
    """Alerts, the newest first."""

    items: tuple[AlertShape, ...]
    next_cursor: str | None


class HandledBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who takes care of an alert."""

    by: Annotated[str, Meta(max_length=200)] = ""
    note: Annotated[str, Meta(max_length=4_000)] = ""


class RuleShape(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with its version."""

    id: str
    version: int
    created_time: Time
    updated_time: Time
    rule: AlertRule


class RuleList(msgspec.Struct, frozen=True, kw_only=True):
    """Rules, oldest first, and the metrics that rules can look at."""

    items: tuple[RuleShape, ...]
    metrics: tuple[str, ...]


class TriedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule sees now in one group."""

    group: str
    holds: bool
    value: float | None
    summary: str


class RuleTrial(msgspec.Struct, frozen=True):
    """What a rule sees now; nobody is told."""

    groups: tuple[TriedGroup, ...]


class ChannelShape(msgspec.Struct, frozen=True, kw_only=True):
    """A channel with its version; its secrets read `(set)`."""

    id: str
    version: int
    created_time: Time
    updated_time: Time
    channel: Channel


class OptionShape(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a kind of channel."""

    name: str
    label: str
    is_secret: bool
    is_needed: bool
    default: str
    choices: tuple[str, ...]


class ChannelKindShape(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of channel and what it has to know."""

    name: str
    options: tuple[OptionShape, ...]


class ChannelList(msgspec.Struct, frozen=True, kw_only=True):
    """Channels, oldest first, and the kinds that there can be."""

    items: tuple[ChannelShape, ...]
    kinds: tuple[ChannelKindShape, ...]


class ChannelTrial(msgspec.Struct, frozen=True):
    """Whether a receiver took a test message."""

    delivered: bool
    detail: str


class SilenceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Alerts that nobody is told of for a while."""

    seconds: Annotated[int, Meta(ge=60, le=366 * 86_400)]
    rule: Annotated[str, Meta(max_length=100, description="Name of a rule; empty: all.")] = ""
    group: Annotated[str, Meta(max_length=300)] = ""
    reason: Annotated[str, Meta(max_length=1_000)] = ""
    by: Annotated[str, Meta(max_length=200)] = ""


class SilenceShape(msgspec.Struct, frozen=True, kw_only=True):
    """A silence; one that is over is deleted when the next is made."""

    id: str
    version: int
    created_time: Time
    until_time: Time
    rule: str
    group: str
    reason: str
    by: str


class SilenceList(msgspec.Struct, frozen=True):
    """Silences, oldest first."""

    items: tuple[SilenceShape, ...]


def alert_shape(alert: Alert) -> AlertShape:
    return AlertShape(
        id=alert.id, rule_id=alert.rule_id, rule=alert.rule, group=alert.group,
        severity=alert.severity, state="firing" if alert.is_open else "resolved",
        metric=alert.metric, value=alert.value, summary=alert.summary, link=alert.link,
        labels=alert.labels, started_time=format_time(alert.started_ns),
        seen_time=format_time(alert.seen_ns), times=alert.times,
        resolved_time=_time(alert.resolved_ns), acknowledged_time=_time(alert.acknowledged_ns),
        acknowledged_by=alert.acknowledged_by, note=alert.note,
        told=tuple(
            ToldShape(
                time=format_time(one.at_ns), channel=one.channel, happening=one.happening,
                ok=one.ok, detail=one.detail,
            )
            for one in alert.told
        ),
    )  # fmt: skip


def rule_shape(kept: Kept) -> RuleShape:
    assert isinstance(kept.body, AlertRule)
    return RuleShape(
        id=kept.id, version=kept.version, created_time=format_time(kept.created_ns),
        updated_time=format_time(kept.updated_ns), rule=kept.body,
    )  # fmt: skip


def channel_shape(kept: Kept) -> ChannelShape:
    assert isinstance(kept.body, Channel)
    return ChannelShape(
        id=kept.id, version=kept.version, created_time=format_time(kept.created_ns),
        updated_time=format_time(kept.updated_ns), channel=kept.body,
    )  # fmt: skip


def silence_shape(kept: Kept) -> SilenceShape:
    silence = kept.body
    assert isinstance(silence, Silence)
    return SilenceShape(
        id=kept.id, version=kept.version, created_time=format_time(kept.created_ns),
        until_time=format_time(silence.until_ns), rule=silence.rule, group=silence.group,
        reason=silence.reason, by=silence.by,
    )  # fmt: skip


def _time(at_ns: int | None) -> str | None:
    return None if at_ns is None else format_time(at_ns)


SHAPES: tuple[type, ...] = (
    AlertPage, HandledBody, AlertShape, AlertRule, RuleShape, RuleList, RuleTrial, Channel,
    ChannelShape, ChannelList, ChannelTrial, SilenceBody, SilenceShape, SilenceList,
)  # fmt: skip
"""What the OpenAPI document describes of these resources."""
