"""Alerts for people: rules, channels and silences, what is open, and a test of each."""

import asyncio
from collections.abc import Callable
from typing import cast

from msgspec.structs import replace

from vedette.alerts.book import CHANNEL, RULE, SILENCE, Book, Kept
from vedette.alerts.channels import Channels
from vedette.alerts.conditions import Judged, judge
from vedette.alerts.readings import Meter
from vedette.alerts.rules import InvalidRule, check_rule
from vedette.alerts.watch import acknowledged
from vedette.clock import Clock
from vedette.errors import Conflict, VedetteError
from vedette.model.alert import Alert, AlertRule, Channel, Line, Notice, Silence

_LONGEST_SILENCE_NS = 366 * 86_400 * 10**9
_MOST_TEXT = 1_000


class AlertDesk:
    """Everything about alerts behind one door. Thread-safe; may block and raise StoreError."""

    def __init__(self, book: Book, channels: Channels, meter: Meter, clock: Clock) -> None:
        self.book = book
        self.channels = channels
        self._meter = meter
        self._clock = clock

    @property
    def metrics(self) -> tuple[str, ...]:
        return self._meter.metrics

    def add_rule(self, project_id: str, rule: AlertRule) -> Kept:
        """Raises InvalidRule or Conflict."""
        self._check(project_id, rule)
        return self.book.add(project_id, RULE, rule)

    def change_rule(self, project_id: str, id: str, rule: AlertRule, *, version: int) -> Kept:
        """Raises InvalidRule, NotFound or Conflict."""
        self._check(project_id, rule)
        return self.book.change(project_id, RULE, id, rule, version=version)

    def try_rule(self, project_id: str, rule: AlertRule) -> dict[str, Judged]:
        """What a rule would see now; nobody is told. Raises InvalidRule."""
        self._check(project_id, rule)
        return judge(rule, project_id, self._meter, self._clock.now_ns())

    def add_channel(self, project_id: str, channel: Channel) -> Kept:
        """Raises InvalidRule or Conflict."""
        for one in self.book.list(project_id, CHANNEL):
            if cast(Channel, one.body).name == channel.name:
                raise Conflict(f"There is a channel {channel.name!r} already.")
        return self.book.add(project_id, CHANNEL, self.channels.take(project_id, channel))

    def change_channel(self, project_id: str, id: str, channel: Channel, *, version: int) -> Kept:
        """Raises InvalidRule, NotFound or Conflict."""
        kept = self.book.get(project_id, CHANNEL, id)
        before = cast(Channel, kept.body)
        if kept.version != version:
            raise Conflict(f"The channel {before.name!r} is no longer at version {version}.")
        self.channels.rename(project_id, before, channel)
        taken = self.channels.take(project_id, channel)
        return self.book.change(project_id, CHANNEL, id, taken, version=version)

    def delete_channel(self, project_id: str, id: str, *, version: int) -> None:
        """Raises Conflict where a rule needs it, NotFound."""
        channel = cast(Channel, self.book.get(project_id, CHANNEL, id).body)
        users = [
            rule.name
            for rule in (cast(AlertRule, one.body) for one in self.book.list(project_id, RULE))
            if channel.name in (*rule.channels, *rule.escalate_to)
        ]
        if users:
            raise Conflict(f"The channel {channel.name!r} is used by {', '.join(users[:5])}.")
        self.book.delete(project_id, CHANNEL, id, version=version)
        self.channels.forget(project_id, channel)

    async def try_channel(self, project_id: str, id: str) -> None:
        """Send a test message. Raises NotDelivered, NotFound or ConfigError."""
        channel = cast(
            Channel, (await asyncio.to_thread(self.book.get, project_id, CHANNEL, id)).body
        )
        now_ns = self._clock.now_ns()
        alert = Alert(
            id="0" * 18, project_id=project_id, rule_id="", rule="Test message", severity="info",
            summary="Somebody tries this channel.", started_ns=now_ns, seen_ns=now_ns,
        )  # fmt: skip
        text = "Somebody tries this channel of Vedette. It works."
        notice = Notice(
            id=self._clock.trace_id(), project_id=project_id, at_ns=now_ns,
            lines=(Line(happening="test", alert=alert, text=text),),
        )  # fmt: skip
        opened = await asyncio.to_thread(self.channels.open, project_id, channel.name)
        await opened.send(notice)

    def add_silence(self, project_id: str, silence: Silence) -> Kept:
        """Raises InvalidRule or Conflict."""
        now_ns = self._clock.now_ns()
        if not now_ns < silence.until_ns < now_ns + _LONGEST_SILENCE_NS:
            raise InvalidRule("until_time", "need a time within the coming year")
        if max(map(len, (silence.rule, silence.group, silence.reason, silence.by))) > _MOST_TEXT:
            raise InvalidRule("reason", f"need at most {_MOST_TEXT} characters")
        for one in self.book.list(project_id, SILENCE):
            if cast(Silence, one.body).until_ns <= now_ns:
                self.book.delete(project_id, SILENCE, one.id, version=one.version)
        return self.book.add(project_id, SILENCE, silence)

    def acknowledge(self, project_id: str, id: str, *, by: str, note: str) -> Alert:
        """Raises NotFound, or Conflict where it is over."""
        return self._change(
            project_id, id,
            lambda alert: acknowledged(alert, by=by, note=note, now_ns=self._clock.now_ns()),
        )  # fmt: skip

    def resolve(self, project_id: str, id: str, *, by: str, note: str) -> Alert:
        """End an alert by hand; where it still holds it opens anew. Raises NotFound or Conflict."""
        now_ns = self._clock.now_ns()
        return self._change(
            project_id, id,
            lambda alert: replace(
                acknowledged(alert, by=by, note=note, now_ns=now_ns), resolved_ns=now_ns,
                owed=(*alert.owed, "resolved"),
            ),
        )  # fmt: skip

    def _change(self, project_id: str, id: str, change: Callable[[Alert], Alert]) -> Alert:
        # The watch writes, too: it is asked again a few times before somebody is sent away.
        for left in (2, 1, 0):
            alert, version, is_open = self.book.alert(project_id, id)
            if not is_open or not alert.is_open:
                raise Conflict(f"The alert {id!r} is over.")
            changed = change(alert)
            try:
                self.book.write(changed, version=version)
            except Conflict:
                if not left:
                    raise
                continue
            return changed
        raise AssertionError("unreachable")

    def _check(self, project_id: str, rule: AlertRule) -> None:
        names = (cast(Channel, one.body).name for one in self.book.list(project_id, CHANNEL))
        check_rule(rule, self._meter, names)


class NoAlerts(VedetteError):
    """This console runs without alerts."""

    code = "alerts_unavailable"
    status = 503
