"""Rules, channels, silences, alerts and what is still to be delivered, as records of a project."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.model.alert import Alert, AlertRule, Channel, Notice, Silence
from vedette.ports.paging import all_records
from vedette.ports.stores import Record, Records

Body = TypeVar("Body", AlertRule, Channel, Silence)

RULE, CHANNEL, SILENCE = "alert_rule", "alert_channel", "alert_silence"
OPEN, PAST, DELIVERY = "alert", "alert_past", "alert_delivery"
MOST_RULES = 500
MOST_OPEN = 1_000
MOST_PAST = 10_000
_PAGE = 500
_ID = re.compile(r"[0-9a-f]{16,18}", re.ASCII)
_SHAPES: dict[str, type] = {RULE: AlertRule, CHANNEL: Channel, SILENCE: Silence}


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, channel or silence with what the store says of it."""

    id: str
    version: int
    created_ns: int
    updated_ns: int
    body: AlertRule | Channel | Silence


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that a channel has not taken yet."""

    channel: str
    notice: Notice
    attempts: int = 0
    next_ns: int = 0


class Book:
    """Thread-safe; all methods may block and raise StoreError."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def list(self, project_id: str, kind: str) -> tuple[Kept, ...]:
        """Rules, channels or silences of a project, oldest first."""
        return tuple(_kept(record) for record in self._all(project_id, kind))

    def get(self, project_id: str, kind: str, id: str) -> Kept:
        """Raises NotFound."""
        return _kept(self._record(project_id, kind, id))

    def add(self, project_id: str, kind: str, body: AlertRule | Channel | Silence) -> Kept:
        """Raises Conflict where the name is taken or there are too many."""
        there = self.list(project_id, kind)
        if len(there) >= MOST_RULES:
            raise Conflict(f"There are {MOST_RULES} already. Delete one first.")
        self._check_name(there, "", body)
        id = f"{self._clock.now_ns() // 1_000_000:012x}{self._clock.span_id()[-4:]}"
        return _kept(self._records.put(project_id, kind, id, msgspec.to_builtins(body), version=0))

    def change(
        self,
        project_id: str,
        kind: str,
        id: str,
        body: AlertRule | Channel | Silence,
        *,
        version: int,
    ) -> Kept:
        """Raises NotFound, or Conflict where the version differs or the name is taken."""
        self._record(project_id, kind, id)
        self._check_name(self.list(project_id, kind), id, body)
        return _kept(
            self._records.put(project_id, kind, id, msgspec.to_builtins(body), version=version)
        )

    def delete(self, project_id: str, kind: str, id: str, *, version: int) -> None:
        """Raises NotFound or Conflict."""
        self._record(project_id, kind, id)
        self._records.delete(project_id, kind, id, version=version)

    def open_alerts(self, project_id: str) -> tuple[tuple[Alert, int], ...]:
        """What is open or still owes somebody something, with versions; the newest first."""
        return tuple((_alert(record), record.version) for record in self._all(project_id, OPEN))

    def past(self, project_id: str, *, after_id: str, limit: int) -> tuple[Alert, ...]:
        """What is over, the newest first."""
        found = self._records.list(project_id, PAST, after_id=after_id, limit=limit)
        return tuple(_alert(record) for record in found)

    def alert(self, project_id: str, id: str) -> tuple[Alert, int, bool]:
        """With its version, and whether it is among the open ones. Raises NotFound."""
        if _ID.fullmatch(id):
            for kind in (OPEN, PAST):
                record = self._records.get(project_id, kind, id)
                if record is not None:
                    return _alert(record), record.version, kind == OPEN
        raise NotFound(f"There is no alert {id[:80]!r}.")

    def write(self, alert: Alert, *, version: int) -> None:
        """Create (0) or replace an alert; one that is over and owes nothing goes to the past.

        Raises Conflict.
        """
        body = msgspec.to_builtins(alert)
        if alert.is_open or alert.owed:
            self._records.put(alert.project_id, OPEN, alert.id, body, version=version)
            return
        # First written, then deleted: who dies in between has it twice, never not at all.
        there = self._records.get(alert.project_id, PAST, alert.id)
        self._records.put(
            alert.project_id, PAST, alert.id, body, version=there.version if there else 0
        )
        if version:
            self._records.delete(alert.project_id, OPEN, alert.id, version=version)

    def rewrite_past(self, alert: Alert, *, version: int) -> None:
        """Change what is over, such as what was told of it. Raises Conflict."""
        self._records.put(
            alert.project_id, PAST, alert.id, msgspec.to_builtins(alert), version=version
        )

    def prune(self, project_id: str, before_ns: int) -> int:
        """Forget what is over since before that time, and the oldest of too many."""
        gone = 0
        for number, record in enumerate(self._all(project_id, PAST)):
            alert = _alert(record)
            if number >= MOST_PAST or (alert.resolved_ns or 0) < before_ns:
                self._records.delete(project_id, PAST, record.id, version=record.version)
                gone += 1
        return gone

    def hand_over(self, project_id: str, channel: str, notice: Notice) -> None:
        """Put a notice in the queue of a channel."""
        body = msgspec.to_builtins(Waiting(channel=channel, notice=notice))
        id = f"{notice.at_ns // 1_000_000:012x}{self._clock.span_id()[-6:]}"
        self._records.put(project_id, DELIVERY, id, body, version=0)

    def waiting(self, project_id: str) -> tuple[tuple[str, int, Waiting], ...]:
        """What the channels have not taken yet, the oldest first: id, version, what."""
        return tuple(
            (record.id, record.version, msgspec.convert(record.body, Waiting))
            for record in self._records.list(project_id, DELIVERY, limit=_PAGE)
        )

    def put_off(self, project_id: str, id: str, waiting: Waiting, *, version: int) -> None:
        """Raises Conflict."""
        body = msgspec.to_builtins(waiting)
        self._records.put(project_id, DELIVERY, id, body, version=version)

    def done(self, project_id: str, id: str, *, version: int) -> None:
        """Raises NotFound or Conflict."""
        self._records.delete(project_id, DELIVERY, id, version=version)

    def _record(self, project_id: str, kind: str, id: str) -> Record:
        record = self._records.get(project_id, kind, id) if _ID.fullmatch(id) else None
        if record is None:
            raise NotFound(f"There is no {kind.removeprefix('alert_')} {id[:80]!r}.")
        return record

    def _all(self, project_id: str, kind: str) -> Iterator[Record]:
        return all_records(self._records, project_id, kind)

    def _check_name(
        self, there: tuple[Kept, ...], own_id: str, body: AlertRule | Channel | Silence
    ) -> None:
        if isinstance(body, Silence):
            return
        for one in there:
            if one.id != own_id and getattr(one.body, "name", "") == body.name:
                raise Conflict(f"There is one of the name {body.name!r} already.")


def _kept(record: Record) -> Kept:
    body: Any = msgspec.convert(record.body, _SHAPES[record.kind])
    return Kept(
        id=record.id, version=record.version, created_ns=record.created_ns,
        updated_ns=record.updated_ns, body=body,
    )  # fmt: skip


def _alert(record: Record) -> Alert:
    return msgspec.convert(record.body, Alert)
