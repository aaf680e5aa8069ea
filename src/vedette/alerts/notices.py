"""Who is told of which alerts now, and what waits.

Nothing that is owed is forgotten: what a silence, quiet hours or the limit of a channel holds back
stays owed, and is told together when it may be. What began and ended while it was held back by a
silence is dropped; what began and ended in quiet hours is told once, as over.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from vedette.alerts.messages import text_of
from vedette.clock import Clock
from vedette.model.alert import (
    LEVELS,
    Alert,
    AlertRule,
    Channel,
    Happening,
    Line,
    Notice,
    QuietHours,
    Silence,
)

MOST_LINES = 20
_S = 10**9
_HOUR_NS = 3_600 * _S


class Delivery(NamedTuple):
    """A notice for a channel."""

    channel: str
    notice: Notice


class Planned(NamedTuple):
    """What to send, and the alerts that owe less now."""

    deliveries: list[Delivery]
    alerts: list[Alert]


class Notices:
    """Plans the messages of one project; remembers how many each channel got in the last hour."""

    def __init__(self, project_id: str, url: str, clock: Clock) -> None:
        self._project_id = project_id
        self._url = url
        self._clock = clock
        self._sent: dict[str, deque[int]] = {}

    def plan(
        self, alerts: Sequence[Alert], rules: Mapping[str, AlertRule],
        channels: Mapping[str, Channel], silences: Sequence[Silence],
    ) -> Planned:  # fmt: skip
        """`alerts` are all that are open or owe something; `rules` are by id."""
        now_ns = self._clock.now_ns()
        firing = {alert.rule for alert in alerts if alert.is_open}
        lines: dict[str, list[Line]] = {}
        settled: list[Alert] = []
        for alert in alerts:
            if not alert.owed:
                continue
            rule = rules.get(alert.rule_id)
            if rule is None or _is_silent(alert, silences, now_ns):
                if rule is None or not alert.is_open:
                    settled.append(replace(alert, owed=()))
                continue
            if _waits(alert, rule, firing, now_ns):
                continue
            names = self._receivers(alert, rule, channels)
            if not self._have_room(names, channels, now_ns):
                continue
            for happening, receivers in names.items():
                for name in receivers:
                    line = Line(
                        happening=happening, alert=_bare(alert), text=text_of(alert, rule.message)
                    )
                    lines.setdefault(name, []).append(line)
            settled.append(replace(alert, owed=(), told_ns=now_ns))
        return Planned(
            [self._delivery(name, some, now_ns) for name, some in lines.items()], settled
        )

    def _receivers(
        self, alert: Alert, rule: AlertRule, channels: Mapping[str, Channel]
    ) -> dict[Happening, list[str]]:
        """Channels by what they are told; who is told of the end need not hear of the beginning."""
        owed = alert.owed
        if not alert.is_open:
            owed = ("resolved",)
        found: dict[Happening, list[str]] = {}
        for happening in dict.fromkeys(owed):
            names = rule.channels
            if happening == "escalated":
                names = rule.escalate_to
            elif happening == "resolved" and alert.escalated_ns is not None:
                names = (*rule.channels, *rule.escalate_to)
            found[happening] = [
                name for name in dict.fromkeys(names) if name in channels and channels[name].enabled
            ]
        return found

    def _have_room(
        self, names: Mapping[Happening, list[str]], channels: Mapping[str, Channel], now_ns: int
    ) -> bool:
        return all(
            self._in_last_hour(name, now_ns) < channels[name].most_per_hour
            for some in names.values()
            for name in some
        )

    def _in_last_hour(self, channel: str, now_ns: int) -> int:
        sent = self._sent.setdefault(channel, deque())
        while sent and sent[0] <= now_ns - _HOUR_NS:
            sent.popleft()
        return len(sent)

    def _delivery(self, channel: str, lines: list[Line], now_ns: int) -> Delivery:
        self._sent.setdefault(channel, deque()).append(now_ns)
        lines.sort(key=lambda line: -LEVELS.index(line.alert.severity))
        return Delivery(channel, Notice(
            id=self._clock.trace_id(), project_id=self._project_id, at_ns=now_ns,
            lines=tuple(lines[:MOST_LINES]), url=self._url,
            left_out=max(0, len(lines) - MOST_LINES),
        ))  # fmt: skip


def _bare(alert: Alert) -> Alert:
    return replace(alert, told=(), owed=())


def _is_silent(alert: Alert, silences: Sequence[Silence], now_ns: int) -> bool:
    return any(
        silence.until_ns > now_ns
        and silence.rule in ("", alert.rule)
        and silence.group in ("", alert.group)
        for silence in silences
    )


def _waits(alert: Alert, rule: AlertRule, firing: set[str], now_ns: int) -> bool:
    if alert.is_open and firing.intersection(rule.unless):
        return True
    if rule.quiet is None or LEVELS.index(alert.severity) >= LEVELS.index(rule.quiet.below):
        return False
    return is_quiet(rule.quiet, now_ns)


def is_quiet(quiet: QuietHours, now_ns: int) -> bool:
    """Whether the quiet hours last at this time; they belong to the day on which they begin."""
    now = datetime.fromtimestamp(now_ns / 1e9, ZoneInfo(quiet.time_zone))
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    clock = now.time().replace(tzinfo=None)
    if start < end:
        began, lasts = now, start <= clock < end
    elif clock >= start:
        began, lasts = now, True
    else:
        began, lasts = now - timedelta(days=1), clock < end
    return lasts and (not quiet.days or began.weekday() in quiet.days)
