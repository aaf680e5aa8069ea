"""One look at a project: judge its rules, change its alerts, tell whom it concerns."""

import logging
import threading
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple, cast

from msgspec.structs import replace

from vedette.alerts.book import CHANNEL, MOST_OPEN, RULE, SILENCE, Book
from vedette.alerts.conditions import judge
from vedette.alerts.engine import Engine, Key
from vedette.alerts.notices import Notices
from vedette.alerts.readings import Meter
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, StoreError
from vedette.model.alert import Alert, AlertRule, Channel, Event, Silence
from vedette.tasks import Troubles

log = logging.getLogger(__name__)

_MOST_EVENTS = 10_000


class _Versioned(NamedTuple):
    alert: Alert
    version: int


class Watch:
    """All projects. `look` is called by one thread at a time, `report` by any."""

    def __init__(
        self, book: Book, meter: Meter, clock: Clock, *, url: str = "",
        troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        self._book = book
        self._meter = meter
        self._clock = clock
        self._url = url
        self._troubles = troubles or Troubles()
        self._engines: dict[str, Engine] = {}
        self._notices: dict[str, Notices] = {}
        self._events: deque[Event] = deque()
        self._lock = threading.Lock()
        self.lost_events = 0

    def report(self, event: Event) -> None:
        """Something that rules of kind `event` may be waiting for. Never blocks; bounded."""
        with self._lock:
            if len(self._events) >= _MOST_EVENTS:
                self.lost_events += 1
            else:
                self._events.append(event)

    def look(self, projects: Iterable[str]) -> None:
        """Judge everything once. A project that cannot be looked at is noted and tried again."""
        with self._lock:
            events = tuple(self._events)
            self._events.clear()
        for project_id in projects:
            mine = [event for event in events if event.project_id == project_id]
            with self._troubles.noted(f"alerts of project {project_id!r}"):
                try:
                    self._look(project_id, mine)
                except StoreError:
                    with self._lock:
                        self._events.extendleft(reversed(mine))
                    raise

    def _look(self, project_id: str, events: list[Event]) -> None:
        book = self._book
        rules = {one.id: cast(AlertRule, one.body) for one in book.list(project_id, RULE)}
        there = {one.id: _Versioned(one, version) for one, version in book.open_alerts(project_id)}
        if not rules and not there:
            return
        engine = self._engines.setdefault(project_id, Engine(project_id, self._clock))
        open_ = {
            (one.alert.rule_id, one.alert.group): one.alert
            for one in there.values()
            if one.alert.is_open
        }
        for alert in self._changes(project_id, engine, rules, open_, events):
            self._write(there, alert)
        self._tell(project_id, rules, there)

    def _changes(
        self, project_id: str, engine: Engine, rules: dict[str, AlertRule], open_: dict[Key, Alert],
        events: list[Event],
    ) -> list[Alert]:  # fmt: skip
        changed: dict[str, Alert] = {}
        for rule_id, rule in rules.items():
            if not rule.enabled:
                continue
            if rule.kind == "event":
                found = engine.hear(rule_id, rule, events, open_)
            else:
                now_ns = self._clock.now_ns()
                found = engine.look(
                    rule_id, rule, judge(rule, project_id, self._meter, now_ns), open_
                )
            changed |= {alert.id: alert for alert in found}
        for alert in open_.values():
            now = changed.get(alert.id, alert)
            rule_now = rules.get(alert.rule_id)
            if rule_now is None or not rule_now.enabled:
                changed[alert.id] = engine.end(now)
            elif (reminded := engine.remind(rule_now, now)) is not None:
                changed[alert.id] = reminded
        return list(changed.values())

    def _tell(
        self, project_id: str, rules: dict[str, AlertRule], there: dict[str, _Versioned]
    ) -> None:
        channels = {
            channel.name: channel
            for channel in (cast(Channel, one.body) for one in self._book.list(project_id, CHANNEL))
        }
        silences = [cast(Silence, one.body) for one in self._book.list(project_id, SILENCE)]
        notices = self._notices.setdefault(project_id, Notices(project_id, self._url, self._clock))
        planned = notices.plan([one.alert for one in there.values()], rules, channels, silences)
        # First handed over, then settled: who dies in between tells twice, never not at all.
        for delivery in planned.deliveries:
            self._book.hand_over(project_id, delivery.channel, delivery.notice)
        for alert in planned.alerts:
            self._write(there, alert)

    def _write(self, there: dict[str, _Versioned], alert: Alert) -> None:
        """Write unless somebody else did meanwhile (acknowledged it): then the next look does."""
        known = there.get(alert.id)
        if known is None and len(there) >= MOST_OPEN:
            log.error("%d alerts are open: no more are opened", MOST_OPEN)
            return
        version = known.version if known else 0
        try:
            self._book.write(alert, version=version)
        except (Conflict, NotFound):
            return
        if alert.is_open or alert.owed:
            there[alert.id] = _Versioned(alert, version + 1)
        else:
            there.pop(alert.id, None)


def acknowledged(alert: Alert, *, by: str, note: str, now_ns: int) -> Alert:
    """Somebody takes care: it is neither repeated nor escalated."""
    return replace(alert, acknowledged_ns=now_ns, acknowledged_by=by, note=note)
