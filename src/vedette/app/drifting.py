"""The watch on drift in the core: a thread that looks at every model call after it was kept.

Behind the calls by a bounded queue, and bound to a share of a core. When more comes than can be
looked at, calls are left out and counted: a sample tells of drift as well as all calls, only later.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from vedette.app.pace import Pace
from vedette.app.spanqueue import SpanQueue
from vedette.clock import Clock
from vedette.drift.baselines import LEAST, Baseline, Scope, new_baseline
from vedette.drift.live import AUTO, LiveDrift, Place, Seen, WatchState
from vedette.drift.monitor import MonitorSettings
from vedette.drift.observing import observe_span
from vedette.drift.severity import LEVELS
from vedette.drift.shelf import Raised, Shelf
from vedette.errors import BadRequest, NotFound, VedetteError
from vedette.features.hashing import TextHasher
from vedette.metrics import Family, Sample
from vedette.model.alert import Event
from vedette.model.probe import TAG
from vedette.model.settings import DriftSettings
from vedette.model.span import Span
from vedette.ports.stores import Records
from vedette.tasks import Troubles

log = logging.getLogger(__name__)

MOST_WAITING = 500
MOST_BYTES = 16_777_216
"""Of calls that wait: what was said of each is held until it is looked at."""
_BURST_S = 0.25
"""CPU time that may be used at once: about five hundred calls."""
_STRETCH_S = 0.02
_WARN_EVERY_S = 60.0
"""Under load a baseline of few calls can raise an alarm each second."""
LEFT_OUT = Family(
    "vedette_drift_calls_left_out", "Calls that the watch on drift had no time for.", "counter"
)
WATCHED = Family("vedette_drift_calls_watched", "Calls that were compared.", "counter")
FAMILIES = (LEFT_OUT, WATCHED)


class Drifting:
    """Call `note` with what was committed; `start` and `stop` around that."""

    def __init__(
        self, records: Records, hasher: TextHasher, settings: DriftSettings, clock: Clock, *,
        projects: Callable[[], Sequence[str]], report: Callable[[Event], None],
        troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        self.shelf = Shelf(records)
        self._hasher = hasher
        self._settings = settings
        self._clock = clock
        self._projects = projects
        self._report = report
        self._troubles = troubles or Troubles()
        self._queue = _queue()
        self._lock = threading.Lock()
        self._live = LiveDrift()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._warned: dict[tuple[str, str], float] = {}
        self.left_out = 0
        self.seen = 0

    def start(self) -> None:
        """Begin with the baselines that were kept."""
        if not self._settings.watch:
            return
        self._stopping.clear()
        self._queue = _queue()
        self._thread = threading.Thread(target=self._run, name="drift", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What waits is looked at no more."""
        if self._thread is None:
            return
        self._stopping.set()
        self._queue.close()
        self._thread.join(5)
        self._thread = None

    def note(self, spans: Sequence[Span]) -> None:
        """Spans that are kept now. Never blocks."""
        if self._thread is None:
            return
        for span in spans:
            # Probes have baselines of their own.
            if span.kind != "llm" or span.status == "error" or TAG in span.tags:
                continue
            self.left_out += not self._queue.put(span)

    def states(self, project_id: str) -> tuple[WatchState, ...]:
        """What is watched, the latest call first."""
        with self._lock:
            return self._live.states(project_id)

    def add(self, name: str, scope: Scope, *, size: int, is_rolling: bool) -> Baseline:
        """A new baseline that fills with the calls that come. Raises BadRequest or Conflict."""
        baseline = new_baseline(
            name, scope, size=size, now_ns=self._clock.now_ns(),
            kind="rolling" if is_rolling else "frozen",
        )  # fmt: skip
        self.shelf.add(baseline)
        with self._lock:
            self._live.put(baseline)
        return baseline

    def freeze(self, project_id: str, name: str) -> Baseline:
        """Keep a baseline as it is now. Raises NotFound, or BadRequest for a small one."""
        with self._lock:
            states = self._live.states(project_id)
            found = next((one.baseline for one in states if one.baseline.name == name), None)
            if found is None:
                raise NotFound(f"There is no baseline {name[:100]!r}.")
            if len(found.observations) < LEAST:
                raise BadRequest(
                    f"The baseline {name[:100]!r} has {len(found.observations)} calls yet: "
                    f"it needs {LEAST} or more."
                )
            frozen = found.freeze()
            self._live.put(frozen)
        self.shelf.keep(frozen)
        return frozen

    def delete(self, project_id: str, name: str) -> None:
        """An automatic one begins anew with the next call. Raises NotFound."""
        with self._lock:
            is_watched = any(one.baseline.name == name for one in self._live.states(project_id))
            self._live.drop(project_id, name)
        try:
            self.shelf.delete(project_id, name)
        except NotFound:
            if not is_watched:
                raise

    def _run(self) -> None:
        with self._troubles.noted("baselines"):
            self._open()
        pace = Pace(self._settings.cpu_share, burst_s=_BURST_S, stretch_s=_STRETCH_S)
        while (span := self._queue.get()) is not None:
            with self._troubles.noted("drift"):
                self._look(span)
            if rest_s := pace.rest_s():
                self._stopping.wait(rest_s)

    def samples(self) -> tuple[Sample, ...]:
        """How many calls were looked at, and how many were not."""
        return Sample(LEFT_OUT.name, (), self.left_out), Sample(WATCHED.name, (), self.seen)

    def _open(self) -> None:
        baselines: list[Baseline] = []
        try:
            for project_id in dict.fromkeys(("default", *self._projects())):
                baselines += self.shelf.baselines(project_id)
        except VedetteError as error:
            log.warning("baselines cannot be read, all begin anew: %s", error.message)
        settings = MonitorSettings(calls_per_false_alarm=self._settings.calls_per_false_alarm)
        live = LiveDrift(baselines, size=self._settings.baseline_calls, settings=settings)
        with self._lock:
            # Somebody may have added one meanwhile.
            for project_id in dict.fromkeys(("default", *(b.scope.project_id for b in baselines))):
                for state in self._live.states(project_id):
                    live.put(state.baseline)
            self._live = live

    def _look(self, span: Span) -> None:
        observation = observe_span(span, self._hasher)
        place = Place(span.start_ns, span.trace_id, span.span_id)
        with self._lock:
            outcome = self._live.take(Seen(span.project_id, span.route, place, observation))
        self.seen += 1
        for baseline in outcome.changed:
            self.shelf.keep(baseline)
        for alarm in outcome.alarms:
            self._tell(self.shelf.raise_alarm(alarm))

    def _tell(self, raised: Raised) -> None:
        alarm = raised.alarm
        name = alarm.baseline.removeprefix(AUTO)
        versions = f", answered by {' then '.join(alarm.versions)}" if alarm.versions else ""
        summary = f"answers of {name} have changed: {alarm.signal} ({alarm.severity}){versions}"
        log.log(self._loudness(alarm.project_id, alarm.baseline), "drift: %s", summary)
        self._report(Event(
            project_id=alarm.project_id, subject="drift", group=name,
            severity=LEVELS[alarm.severity], summary=summary, value=alarm.alarm.e,
            labels={"trace": alarm.trace_id, "signal": alarm.signal},
        ))  # fmt: skip

    def _loudness(self, project_id: str, baseline: str) -> int:
        """A warning of each baseline in a minute; the alarms between are kept and told all the
        same."""
        now = self._clock.monotonic()
        self._warned = {
            key: at for key, at in self._warned.items() if now - at < _WARN_EVERY_S
        }  # fmt: skip
        if (project_id, baseline) in self._warned:
            return logging.DEBUG
        self._warned[project_id, baseline] = now
        return logging.WARNING


def _queue() -> SpanQueue:
    return SpanQueue(most_spans=MOST_WAITING, most_bytes=MOST_BYTES)
