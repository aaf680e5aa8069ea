"""Drift while it happens: every call of a project against the baselines that cover it.

Each model that is called has a baseline by itself (`auto`), its first calls; people add others, of
a route, a template or a model, frozen or rolling. A baseline that is full is watched by a monitor.
After an alarm an automatic baseline begins anew, for the next alarm is about the next change; a
frozen one stays what all later calls are compared with, and its monitor goes on from what is new.

What was won in bets so far is lost with the process; baselines are kept by whoever calls `changed`.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from vedette.drift.baselines import Baseline, Scope, new_baseline
from vedette.drift.monitor import Monitor, MonitorSettings
from vedette.drift.stream import KEPT
from vedette.model.drift import Alarm, Observation, Severity

AUTO = "auto:"
MOST_WATCHED = 200
"""Baselines that are watched at a time; the one without calls for longest makes room."""
_MOST_VERSIONS = 50


class Place(NamedTuple):
    """Where a call can be looked up."""

    start_ns: int
    trace_id: str
    span_id: str


class Seen(NamedTuple):
    """A call of a project."""

    project_id: str
    route: str
    place: Place
    observation: Observation


class DriftAlarm(msgspec.Struct, frozen=True, kw_only=True):
    """Answers have changed, as seen in the calls of a baseline."""

    project_id: str
    baseline: str
    model: str
    """Of the call that raised it."""
    severity: Severity
    signal: str
    raised_ns: int
    trace_id: str
    """Of the call that raised it."""
    since_ns: int
    since_trace_id: str
    alarm: Alarm
    versions: tuple[str, ...] = ()
    """What the provider said that it was: in the baseline, then since."""


class WatchState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a baseline is, and how near to an alarm."""

    baseline: Baseline
    calls: int = 0
    """Watched since the process began."""
    nearness: float = 0.0
    """Evidence as a share of what raises an alarm, in [0, 1]; on a logarithmic scale."""
    streams: tuple[str, ...] = ()
    last_ns: int = 0


class Outcome(NamedTuple):
    """What a call led to."""

    alarms: tuple[DriftAlarm, ...]
    changed: tuple[Baseline, ...]
    """To be kept: they are full now, or others."""


class _Ward:
    """One baseline and its monitor."""

    def __init__(self, baseline: Baseline, settings: MonitorSettings) -> None:
        self.baseline = baseline
        self._settings = settings
        self.monitor: Monitor | None = None
        self.rows = 0
        self.last_ns = 0
        self._places: deque[Place] = deque(maxlen=KEPT + 1)
        self._versions = _versions(baseline.observations)
        self._since_built = 0
        if baseline.is_ready:
            self._build()

    @property
    def nearness(self) -> float:
        return 0.0 if self.monitor is None else min(1.0, max(0.0, self.monitor.value))

    def take(self, seen: Seen) -> tuple[DriftAlarm | None, bool]:
        """The alarm that the call raises, and whether the baseline has changed for good."""
        self.last_ns = max(self.last_ns, seen.place.start_ns)
        if self.monitor is None:
            self.baseline = self.baseline.follow([seen.observation])
            if not self.baseline.is_ready:
                return None, False
            self._build()
            return None, True
        if seen.observation.version and seen.observation.version not in self._versions:
            self._versions = (*self._versions, seen.observation.version)[-_MOST_VERSIONS:]
        self._places.append(seen.place)
        alarm = self.monitor.take(self.rows, seen.observation)
        self.rows += 1
        has_changed = self._roll(seen.observation) if self.baseline.kind == "rolling" else False
        return (self._alarm(alarm, seen) if alarm is not None else None), has_changed

    def renew(self) -> None:
        """An automatic baseline begins with the calls that come."""
        self.baseline = replace(self.baseline, observations=(), waiting=())
        self.monitor = None
        self._versions = ()
        self._places.clear()

    def _build(self) -> None:
        self.monitor = Monitor(self.baseline.observations, self._settings)
        self.rows = 0
        self._since_built = 0
        self._places.clear()
        self._versions = _versions(self.baseline.observations)

    def _roll(self, observation: Observation) -> bool:
        """A rolling baseline is built anew whenever all of it is new."""
        self.baseline = self.baseline.follow([observation])
        self._since_built += 1
        if self._since_built < self.baseline.size:
            return False
        self._build()
        return True

    def _alarm(self, alarm: Alarm, seen: Seen) -> DriftAlarm:
        back = alarm.row - alarm.since_row
        since = self._places[max(0, len(self._places) - 1 - back)]
        return DriftAlarm(
            project_id=seen.project_id, baseline=self.baseline.name, model=seen.observation.model,
            severity=alarm.severity, signal=alarm.signal, raised_ns=seen.place.start_ns,
            trace_id=seen.place.trace_id, since_ns=since.start_ns, since_trace_id=since.trace_id,
            alarm=alarm, versions=self._versions,
        )  # fmt: skip


class LiveDrift:
    """All projects. Not thread-safe: one thread takes calls and asks for states."""

    def __init__(
        self, baselines: Iterable[Baseline] = (), *, size: int = 100,
        settings: MonitorSettings | None = None, watches_models: bool = True,
    ) -> None:  # fmt: skip
        """`size` is that of automatic baselines."""
        self._size = size
        self._settings = settings or MonitorSettings()
        self._watches_models = watches_models
        self._wards: OrderedDict[tuple[str, str], _Ward] = OrderedDict()
        for baseline in baselines:
            self.put(baseline)

    def put(self, baseline: Baseline) -> None:
        """Watch a baseline, new or in the place of the one of its name."""
        key = (baseline.scope.project_id, baseline.name)
        self._wards[key] = _Ward(baseline, self._settings)
        while len(self._wards) > MOST_WATCHED:
            idle = min(self._wards, key=lambda one: self._wards[one].last_ns)
            del self._wards[idle]

    def drop(self, project_id: str, name: str) -> None:
        self._wards.pop((project_id, name), None)

    def take(self, seen: Seen) -> Outcome:
        """One call, in every baseline that covers it."""
        if self._watches_models and seen.observation.model:
            self._ensure(seen)
        alarms: list[DriftAlarm] = []
        changed: list[Baseline] = []
        for (project_id, _), ward in self._wards.items():
            scope = ward.baseline.scope
            if project_id != seen.project_id or not scope.covers(
                seen.observation, project_id=seen.project_id, route=seen.route
            ):
                continue
            alarm, has_changed = ward.take(seen)
            if alarm is not None:
                alarms.append(alarm)
                if ward.baseline.name.startswith(AUTO):
                    ward.renew()
                    has_changed = True
            if has_changed:
                changed.append(ward.baseline)
        return Outcome(_once(alarms), tuple(changed))

    def states(self, project_id: str) -> tuple[WatchState, ...]:
        """The baselines of a project, the latest call first."""
        found = [
            WatchState(
                baseline=ward.baseline, calls=ward.rows, nearness=ward.nearness,
                streams=ward.monitor.names if ward.monitor else (), last_ns=ward.last_ns,
            )
            for (own, _), ward in self._wards.items()
            if own == project_id
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: one.last_ns, reverse=True))

    def _ensure(self, seen: Seen) -> None:
        name = f"{AUTO}{seen.observation.model}"
        if (seen.project_id, name) in self._wards:
            return
        scope = Scope(project_id=seen.project_id, model=seen.observation.model)
        self.put(new_baseline(name, scope, size=self._size, now_ns=seen.place.start_ns))


def _once(alarms: Sequence[DriftAlarm]) -> tuple[DriftAlarm, ...]:
    """One change in several baselines is as many alarms, the named ones first."""
    return tuple(sorted(alarms, key=lambda one: one.baseline.startswith(AUTO)))


def _versions(observations: Sequence[Observation]) -> tuple[str, ...]:
    found = dict.fromkeys(one.version for one in observations if one.version)
    return tuple(found)[:_MOST_VERSIONS]
