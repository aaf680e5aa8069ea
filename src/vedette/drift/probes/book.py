"""Probes of a project with their states, runs, baselines and what they cost, as records.

Only `probe` records are what people set; all others are what the watch keeps for itself. A run is
claimed by writing the state at the version that was read: of several machines one succeeds.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any, TypeVar

import msgspec

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.model.probe import Probe, ProbeRun, ProbeSeries, ProbeState
from vedette.ports.paging import all_records
from vedette.ports.stores import Record, Records

PROBE, STATE, RUN = "probe", "probe_state", "probe_run"
SERIES, SPENDING = "probe_series", "probe_spending"
MOST_PROBES = 200
MOST_RUNS = 300
"""Kept of each probe."""
_KEPT_DAYS = 60
_PAGE = 500
_BEGINNING = (1 << 48) - 1
_TRIES = 50

Shape = TypeVar("Shape")


class KeptProbe(msgspec.Struct, frozen=True, kw_only=True):
    """A probe with where it comes from and what the store says of it."""

    probe: Probe
    origin: str = "managed"
    """`managed` by API, console and command line, or of the `file`."""
    version: int = 0
    created_ns: int = 0
    updated_ns: int = 0


class ProbeBook:
    """Thread-safe; all methods may block and raise StoreError."""

    def __init__(
        self, records: Records, clock: Clock,
        configured: Callable[[str], tuple[Probe, ...]] = lambda _project: (),
    ) -> None:  # fmt: skip
        """`configured` are the probes of the configuration for a project."""
        self._records = records
        self._clock = clock
        self._configured = configured

    def list(self, project_id: str) -> tuple[KeptProbe, ...]:
        """All of a project by name; those of the configuration win."""
        found = {kept.probe.name: kept for kept in map(_kept, self._all(project_id, PROBE))}
        for probe in self._configured(project_id):
            found[probe.name] = KeptProbe(probe=probe, origin="file")
        return tuple(found[name] for name in sorted(found))

    def get(self, project_id: str, name: str) -> KeptProbe:
        """Raises NotFound."""
        for probe in self._configured(project_id):
            if probe.name == name:
                return KeptProbe(probe=probe, origin="file")
        return _kept(self._record(project_id, name))

    def add(self, project_id: str, probe: Probe) -> KeptProbe:
        """Raises Conflict where the name is taken or there are too many."""
        there = self.list(project_id)
        if len(there) >= MOST_PROBES:
            raise Conflict(f"There are {MOST_PROBES} probes. Delete one first.")
        if any(one.probe.name == probe.name for one in there):
            raise Conflict(f"There is a probe {probe.name!r} already.")
        body = msgspec.to_builtins(probe)
        return _kept(self._records.put(project_id, PROBE, _id(probe.name), body, version=0))

    def change(self, project_id: str, probe: Probe, *, version: int) -> KeptProbe:
        """Raises NotFound, or Conflict where the version differs or the file holds it."""
        self._check_managed(project_id, probe.name)
        body = msgspec.to_builtins(probe)
        id = self._record(project_id, probe.name).id
        return _kept(self._records.put(project_id, PROBE, id, body, version=version))

    def delete(self, project_id: str, name: str) -> None:
        """With runs and baselines; not what it cost. Raises NotFound or Conflict."""
        self._check_managed(project_id, name)
        record = self._record(project_id, name)
        self._records.delete(project_id, PROBE, record.id, version=record.version)
        for kind in (SERIES, RUN):
            for one in list(self._of(project_id, kind, name)):
                self._drop(one)
        if (state := self._records.get(project_id, STATE, record.id)) is not None:
            self._drop(state)

    def state(self, project_id: str, name: str) -> tuple[ProbeState, int]:
        """With its version; 0 where there is none yet."""
        return self._read(project_id, STATE, _id(name), ProbeState)

    def write_state(self, project_id: str, name: str, state: ProbeState, *, version: int) -> int:
        """The new version. Raises Conflict where somebody else was faster."""
        return self._records.put(
            project_id, STATE, _id(name), msgspec.to_builtins(state), version=version
        ).version

    def change_state(
        self, project_id: str, name: str, change: Callable[[ProbeState], ProbeState]
    ) -> ProbeState:
        """Whatever others write meanwhile."""
        for _ in range(_TRIES):
            state, version = self.state(project_id, name)
            changed = change(state)
            try:
                self.write_state(project_id, name, changed, version=version)
            except Conflict:
                continue
            return changed
        raise Conflict(f"The state of the probe {name!r} changes all the time. Try again.")

    def new_run_id(self, name: str) -> str:
        """Ids of newer runs of a probe come first."""
        late = _BEGINNING - self._clock.now_ns() // 1_000_000
        return f"{_id(name)}-{late:012x}{self._clock.span_id()[-4:]}"

    def write_run(self, run: ProbeRun) -> None:
        """Create or replace; only who has claimed a probe writes its runs."""
        there = self._records.get(run.project_id, RUN, run.id)
        body = msgspec.to_builtins(run)
        self._records.put(run.project_id, RUN, run.id, body, version=there.version if there else 0)

    def run(self, project_id: str, id: str) -> ProbeRun:
        """Raises NotFound."""
        record = self._records.get(project_id, RUN, id[:100])
        if record is None:
            raise NotFound(f"There is no run {id[:80]!r}.")
        return msgspec.convert(record.body, ProbeRun)

    def runs(
        self, project_id: str, name: str, *, after_id: str = "", limit: int = 50
    ) -> tuple[ProbeRun, ...]:
        """Of one probe, the newest first."""
        start = after_id or f"{_id(name)}-"
        found = self._records.list(project_id, RUN, after_id=start, limit=limit)
        mine = [record for record in found if record.id.startswith(f"{_id(name)}-")]
        return tuple(msgspec.convert(record.body, ProbeRun) for record in mine)

    def prune(self, project_id: str, name: str) -> None:
        """Forget the oldest of too many runs."""
        for record in list(self._of(project_id, RUN, name))[MOST_RUNS:]:
            self._drop(record)

    def series(self, project_id: str, name: str, model: str) -> ProbeSeries:
        """Empty where there is none."""
        return self._read(project_id, SERIES, _series_id(name, model), ProbeSeries)[0]

    def write_series(self, project_id: str, name: str, model: str, series: ProbeSeries) -> None:
        id = _series_id(name, model)
        there = self._records.get(project_id, SERIES, id)
        body = msgspec.to_builtins(series)
        self._records.put(project_id, SERIES, id, body, version=there.version if there else 0)

    def rebase(self, project_id: str, name: str) -> None:
        """Forget the baselines: the next answers are new ones. Raises NotFound."""
        self.get(project_id, name)
        for one in list(self._of(project_id, SERIES, name)):
            self._drop(one)

    def spent(self, project_id: str) -> dict[str, int]:
        """What the probes of a project cost today (UTC), in nano-USD, by name."""
        return self._read(project_id, SPENDING, self._today(), dict[str, int])[0]

    def spend(
        self, project_id: str, name: str, nano_usd: int, *, limit: int | None = None,
        limit_of_all: int | None = None,
    ) -> bool:  # fmt: skip
        """Add to what was spent today, less than 0 to give back; False, and nothing is added, where
        it would go beyond a limit or one is used up."""
        for _ in range(_TRIES):
            spent, version = self._read(project_id, SPENDING, self._today(), dict[str, int])
            own, everything = spent.get(name, 0), sum(spent.values())
            if limit is not None and _is_beyond(own, nano_usd, limit):
                return False
            if limit_of_all is not None and _is_beyond(everything, nano_usd, limit_of_all):
                return False
            body: dict[str, Any] = {**spent, name: max(0, own + nano_usd)}
            try:
                self._records.put(project_id, SPENDING, self._today(), body, version=version)
            except Conflict:
                continue
            if not version:
                self._forget_spending(project_id)
            return True
        raise Conflict("What probes cost today cannot be written. Try again.")

    def _forget_spending(self, project_id: str) -> None:
        kept = datetime.fromtimestamp(self._clock.now_ns() / 1e9, UTC) - timedelta(days=_KEPT_DAYS)
        for record in self._records.list(project_id, SPENDING, limit=_PAGE):
            if record.id < kept.date().isoformat():
                self._drop(record)

    def _today(self) -> str:
        return datetime.fromtimestamp(self._clock.now_ns() / 1e9, UTC).date().isoformat()

    def _check_managed(self, project_id: str, name: str) -> None:
        if any(probe.name == name for probe in self._configured(project_id)):
            raise Conflict(
                f"The probe {name[:100]!r} stands in the configuration: change it there."
            )

    def _read(self, project_id: str, kind: str, id: str, shape: type[Shape]) -> tuple[Shape, int]:
        record = self._records.get(project_id, kind, id)
        if record is None:
            return shape(), 0
        return msgspec.convert(record.body, shape), record.version

    def _record(self, project_id: str, name: str) -> Record:
        record = self._records.get(project_id, PROBE, _id(name))
        if record is None:
            raise NotFound(f"There is no probe {name[:100]!r}.")
        return record

    def _drop(self, record: Record) -> None:
        try:
            self._records.delete(record.project_id, record.kind, record.id, version=record.version)
        except (Conflict, NotFound):
            return

    def _of(self, project_id: str, kind: str, name: str) -> Iterator[Record]:
        """The records of a probe; their ids begin with its own."""
        start = f"{_id(name)}-"
        found = self._all(project_id, kind, after=start)
        return takewhile(lambda one: one.id.startswith(start), found)

    def _all(self, project_id: str, kind: str, after: str = "") -> Iterator[Record]:
        return all_records(self._records, project_id, kind, after_id=after)


def _is_beyond(spent: int, more: int, limit: int) -> bool:
    return spent >= limit or spent + more > limit


def _id(name: str) -> str:
    """Names may be longer than ids of records, and of any characters."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _series_id(name: str, model: str) -> str:
    return f"{_id(name)}-{_id(model)}"


def _kept(record: Record) -> KeptProbe:
    return KeptProbe(
        probe=msgspec.convert(record.body, Probe), version=record.version,
        created_ns=record.created_ns, updated_ns=record.updated_ns,
    )  # fmt: skip
