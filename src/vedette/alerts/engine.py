"""From what was found to alerts: opened once, kept while it holds, resolved when it is over.

    nothing -> holds for `for_s` -> open (owes "opened") -> acknowledged, repeated, escalated
            -> does not hold for `keep_s` -> resolved (owes "resolved")

What is open is in the records and survives a restart; only how long something has held that is not
open yet is kept in memory, and counts anew after one.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from vedette.alerts.conditions import Judged
from vedette.clock import Clock
from vedette.model.alert import LEVELS, Alert, AlertRule, Event, Happening, Level

_S = 10**9
_AFRESH_NS = 30 * _S
"""What goes on is written this often."""
_BEGINNING = (1 << 48) - 1

Key = tuple[str, str]
"""Id of the rule and group."""


class Seen(NamedTuple):
    """What holds now for one group of a rule, or no longer."""

    holds: bool
    value: float | None
    summary: str
    severity: Level
    labels: Mapping[str, str]


class Engine:
    """The alerts of one project."""

    def __init__(self, project_id: str, clock: Clock) -> None:
        self._project_id = project_id
        self._clock = clock
        self._since: dict[Key, int] = {}
        """Since when something holds that is not open yet."""
        self._over: dict[Key, int] = {}
        """Since when something open does not hold."""

    def look(
        self, rule_id: str, rule: AlertRule, found: Mapping[str, Judged], open_: Mapping[Key, Alert]
    ) -> list[Alert]:
        """Alerts that changed, for a rule that was judged."""
        seen = {
            group: Seen(one.holds, one.value, one.summary, rule.severity, rule.labels)
            for group, one in found.items()
        }
        for key, alert in open_.items():
            # Nothing can be said any more (no calls): it does not hold.
            if key[0] == rule_id and key[1] not in seen:
                seen[key[1]] = Seen(False, None, alert.summary, alert.severity, alert.labels)
        for key in [key for key in self._since if key[0] == rule_id and key[1] not in seen]:
            del self._since[key]
        changed = []
        for group, one in seen.items():
            key = (rule_id, group)
            found_now = self._step(key, rule, one, open_.get(key))
            if found_now is not None:
                changed.append(found_now)
        return changed

    def hear(
        self, rule_id: str, rule: AlertRule, events: Iterable[Event], open_: Mapping[Key, Alert]
    ) -> list[Alert]:
        """Alerts that changed, for a rule of kind `event`."""
        now_ns = self._clock.now_ns()
        changed: dict[str, Alert] = {}
        over: list[Alert] = []
        for event in events:
            if rule.subject not in (None, event.subject):
                continue
            group = f"{event.subject}: {event.group}"[:300]
            before = changed.get(group) or open_.get((rule_id, group))
            if event.is_over:
                if before is not None and before.is_open:
                    changed[group] = _resolved(before, now_ns)
                continue
            seen = Seen(
                True, event.value, event.summary, event.severity, {**rule.labels, **event.labels}
            )
            if before is not None and before.is_open:
                changed[group] = _worse(_goes_on(before, seen, now_ns), event)
                continue
            if before is not None:
                over.append(before)
            opened = self._opened((rule_id, group), rule, seen, now_ns)
            changed[group] = replace(opened, step=event.step)
        return [*over, *changed.values()]

    def remind(self, rule: AlertRule, alert: Alert) -> Alert | None:
        """The alert where it is time to repeat or to escalate it; None where it is not."""
        told_ns = alert.told_ns
        if not alert.is_open or alert.acknowledged_ns is not None or told_ns is None:
            return None
        now_ns = self._clock.now_ns()
        owed: tuple[Happening, ...] = alert.owed
        is_late = rule.escalate_after_s and now_ns - alert.started_ns >= rule.escalate_after_s * _S
        if is_late and alert.escalated_ns is None:
            owed = (*owed, "escalated")
            alert = replace(alert, escalated_ns=now_ns)
        if rule.repeat_s and now_ns - told_ns >= rule.repeat_s * _S and not owed:
            owed = ("repeated",)
        return None if owed == alert.owed else replace(alert, owed=owed)

    def end(self, alert: Alert) -> Alert:
        """Resolve, because its rule is gone or somebody says so."""
        return _resolved(alert, self._clock.now_ns())

    def _step(self, key: Key, rule: AlertRule, seen: Seen, alert: Alert | None) -> Alert | None:
        now_ns = self._clock.now_ns()
        if seen.holds:
            self._over.pop(key, None)
            if alert is not None:
                is_fresh = now_ns - alert.seen_ns < _AFRESH_NS
                return None if is_fresh else _goes_on(alert, seen, now_ns)
            since_ns = self._since.setdefault(key, now_ns)
            if now_ns - since_ns < rule.for_s * _S:
                return None
            del self._since[key]
            return self._opened(key, rule, seen, now_ns)
        self._since.pop(key, None)
        if alert is None:
            return None
        over_ns = self._over.setdefault(key, now_ns)
        if now_ns - over_ns < rule.keep_s * _S:
            return None
        del self._over[key]
        return _resolved(alert, now_ns)

    def _opened(self, key: Key, rule: AlertRule, seen: Seen, now_ns: int) -> Alert:
        # Ids count down, so that lists by id begin with the newest.
        id = f"{_BEGINNING - now_ns // 1_000_000:012x}{self._clock.span_id()[-6:]}"
        return Alert(
            id=id, project_id=self._project_id, rule_id=key[0], rule=rule.name, group=key[1],
            severity=seen.severity, metric=rule.metric, value=seen.value, summary=seen.summary,
            link=rule.link, labels=dict(seen.labels), started_ns=now_ns, seen_ns=now_ns,
            owed=("opened",),
        )  # fmt: skip


def _goes_on(alert: Alert, seen: Seen, now_ns: int) -> Alert:
    return replace(
        alert, value=seen.value, summary=seen.summary, seen_ns=now_ns, times=alert.times + 1
    )


def _worse(alert: Alert, event: Event) -> Alert:
    """Told again where it came a step further or is more severe, even if it is acknowledged."""
    rank = max(LEVELS.index(alert.severity), LEVELS.index(event.severity))
    severity, step = LEVELS[rank], max(alert.step, event.step)
    if (severity, step) == (alert.severity, alert.step):
        return alert
    owed = alert.owed if "opened" in alert.owed else (*alert.owed, "worsened")
    return replace(alert, severity=severity, step=step, owed=tuple(dict.fromkeys(owed)))


def _resolved(alert: Alert, now_ns: int) -> Alert:
    owed = tuple(one for one in alert.owed if one not in ("worsened", "repeated", "escalated"))
    return replace(alert, resolved_ns=now_ns, owed=(*owed, "resolved"))
