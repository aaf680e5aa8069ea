"""Baselines and alarms of a project, as records. They hold no text: hashes, figures, sketches."""

import hashlib
import re
from collections.abc import Iterator

import msgspec

from vedette.drift.baselines import Baseline
from vedette.drift.live import AUTO, DriftAlarm
from vedette.errors import BadRequest, Conflict, NotFound
from vedette.ports.paging import all_records
from vedette.ports.stores import Record, Records

BASELINE, ALARM = "drift_baseline", "drift_alarm"
MOST_BASELINES = 500
MOST_ALARMS = 5_000
_NAME = re.compile(r"[^\x00-\x1f\x7f/]{1,100}")
_BEGINNING = (1 << 48) - 1


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm with the id under which it is kept; ids of newer ones come first."""

    id: str
    alarm: DriftAlarm


class Shelf:
    """Thread-safe; all methods may block and raise StoreError."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def baselines(self, project_id: str) -> tuple[Baseline, ...]:
        """All of a project, by name."""
        return tuple(_baseline(record) for record in self._all(project_id, BASELINE))

    def get(self, project_id: str, name: str) -> Baseline:
        """Raises NotFound."""
        return _baseline(self._record(project_id, name))

    def add(self, baseline: Baseline) -> None:
        """Raises BadRequest for a name that is none, Conflict where it is taken or full."""
        name = baseline.name
        if _NAME.fullmatch(name) is None or name != name.strip() or name.startswith(AUTO):
            raise BadRequest(
                f"The name {name[:100]!r} cannot be: need 1 to 100 characters without '/' that do "
                f"not begin with {AUTO!r}."
            )
        project_id = baseline.scope.project_id
        if len(self.baselines(project_id)) >= MOST_BASELINES:
            raise Conflict(f"There are {MOST_BASELINES} baselines. Delete one first.")
        self._records.put(project_id, BASELINE, _id(name), msgspec.to_builtins(baseline), version=0)

    def keep(self, baseline: Baseline) -> None:
        """Put it in the place of what is there; one that was deleted meanwhile stays deleted."""
        project_id = baseline.scope.project_id
        there = self._records.get(project_id, BASELINE, _id(baseline.name))
        if there is None and not baseline.name.startswith(AUTO):
            return
        body = msgspec.to_builtins(baseline)
        version = there.version if there else 0
        self._records.put(project_id, BASELINE, _id(baseline.name), body, version=version)

    def delete(self, project_id: str, name: str) -> None:
        """Raises NotFound."""
        record = self._record(project_id, name)
        self._records.delete(project_id, BASELINE, record.id, version=record.version)

    def raise_alarm(self, alarm: DriftAlarm) -> Raised:
        """Keep an alarm; the same call and baseline are one."""
        id = f"{_BEGINNING - alarm.raised_ns // 1_000_000:012x}" + _id(
            f"{alarm.baseline}\0{alarm.trace_id}"
        )[:6]  # fmt: skip
        try:
            self._records.put(alarm.project_id, ALARM, id, msgspec.to_builtins(alarm), version=0)
        except Conflict:
            pass
        return Raised(id=id, alarm=alarm)

    def alarms(self, project_id: str, *, after_id: str = "", limit: int = 50) -> tuple[Raised, ...]:
        """The newest first."""
        found = self._records.list(project_id, ALARM, after_id=after_id, limit=limit)
        return tuple(map(_raised, found))

    def alarm(self, project_id: str, id: str) -> Raised:
        """Raises NotFound."""
        record = self._records.get(project_id, ALARM, id)
        if record is None:
            raise NotFound(f"There is no alarm {id[:80]!r}.")
        return _raised(record)

    def prune(self, project_id: str, before_ns: int) -> int:
        """Forget alarms before that time, and the oldest of too many."""
        gone = 0
        for number, record in enumerate(self._all(project_id, ALARM)):
            if number >= MOST_ALARMS or _raised(record).alarm.raised_ns < before_ns:
                self._records.delete(project_id, ALARM, record.id, version=record.version)
                gone += 1
        return gone

    def _record(self, project_id: str, name: str) -> Record:
        record = self._records.get(project_id, BASELINE, _id(name))
        if record is None:
            raise NotFound(f"There is no baseline {name[:100]!r}.")
        return record

    def _all(self, project_id: str, kind: str) -> Iterator[Record]:
        return all_records(self._records, project_id, kind)


def _id(name: str) -> str:
    """Names may be longer than ids of records, and of any characters."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _baseline(record: Record) -> Baseline:
    return msgspec.convert(record.body, Baseline)


def _raised(record: Record) -> Raised:
    return Raised(id=record.id, alarm=msgspec.convert(record.body, DriftAlarm))
