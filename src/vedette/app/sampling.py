"""Lets traces go of which a project keeps a share, when nothing more comes of them.

Everything is written first and only then looked at: what was acknowledged is durable, and counted
in the ledger and in the roll-ups, which stay when a trace goes. So sampling saves the disk, and
sums stay those of all calls. What is decided depends on the trace alone; only which traces wait is
in memory, so after a crash those are kept that were waiting. At most `MOST_WAITING` wait; beyond
that the oldest are looked at early.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Sequence

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.metrics import Family, Sample
from vedette.model.sampling import (
    LEFT,
    OUTCOMES,
    Outcome,
    SamplingRule,
    SamplingState,
    outcome_of,
)
from vedette.model.span import Span
from vedette.ports.stores import SpanStore

log = logging.getLogger(__name__)

LOOK_S = 1.0
MOST_WAITING = 100_000
MOST_SPANS = 10_000
"""Traces with more are kept."""
_STEP = 200

SAMPLED = Family(
    "vedette_sampled_traces", "Traces that sampling looked at, by what became of them.", "counter",
    ("project", "outcome"),
)  # fmt: skip
LEFT_SPANS = Family(
    "vedette_sampled_out_spans", "Spans of traces that sampling let go.", "counter", ("project",)
)
WAITING = Family("vedette_sampling_waiting", "Traces that wait to be looked at.", "gauge")
FAMILIES = (SAMPLED, LEFT_SPANS, WAITING)

_Place = tuple[str, str]
"""Project and trace."""


class _Wait:
    __slots__ = ("last", "since")

    def __init__(self, now: float) -> None:
        self.since = self.last = now


class Sampling:
    """`note` is called in the event loop, the others from any thread."""

    def __init__(
        self, store: SpanStore, clock: Clock, rules: Callable[[], Sequence[SamplingRule]],
        name_of: Callable[[str], str], most_waiting: int = MOST_WAITING,
    ) -> None:  # fmt: skip
        """`name_of` says the name of a project."""
        self._store = store
        self._clock = clock
        self._rules = rules
        self._name_of = name_of
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._waiting: dict[_Place, _Wait] = {}
        self._outcomes: dict[tuple[str, Outcome], int] = {}
        self._left: dict[str, int] = {}

    def rule_of(self, project_id: str) -> SamplingRule | None:
        """The first that fits; None where all is kept."""
        rules = self._rules()
        names = (project_id, self._name_of(project_id)) if rules else ()
        found = next((rule for rule in rules if rule.is_for(*names)), None)
        return None if found is None or found.keeps_all else found

    def note(self, spans: Sequence[Span]) -> None:
        """Spans have become durable."""
        if not self._rules():
            return
        now = self._clock.monotonic()
        sampled = {id: self.rule_of(id) is not None for id in {s.project_id for s in spans}}
        with self._lock:
            for span in spans:
                if sampled[span.project_id]:
                    place = (span.project_id, span.trace_id)
                    self._waiting.setdefault(place, _Wait(now)).last = now

    async def run(self) -> None:
        """Look at what is due, every second."""
        while True:
            await asyncio.sleep(LOOK_S)
            if self._waiting:
                await asyncio.to_thread(self.look)

    def look(self) -> None:
        """Decide on all traces that are due; may block. Where the store fails they wait on."""
        due = self._due()
        for at in range(0, len(due), _STEP):
            try:
                self._decide(due[at : at + _STEP])
            except StoreError as error:
                log.warning("sampling waits for the store: %s", error.message)
                self._wait_again(due[at:])
                return

    def state(self, project_id: str) -> SamplingState:
        """Of one project."""
        with self._lock:
            counted = {one: self._outcomes.get((project_id, one), 0) for one in OUTCOMES}
            left = self._left.get(project_id, 0)
        return SamplingState(
            rule=self.rule_of(project_id), left_spans=left,
            outcomes={outcome: count for outcome, count in counted.items() if count},
        )  # fmt: skip

    def samples(self) -> Iterator[Sample]:
        """For the metrics."""
        with self._lock:
            outcomes, left = dict(self._outcomes), dict(self._left)
            waiting = len(self._waiting)
        for (project_id, outcome), count in outcomes.items():
            yield Sample(SAMPLED.name, (project_id, outcome), count)
        for project_id, count in left.items():
            yield Sample(LEFT_SPANS.name, (project_id,), count)
        yield Sample(WAITING.name, (), waiting)

    def _due(self) -> list[_Place]:
        now = self._clock.monotonic()
        with self._lock:
            surplus = len(self._waiting) - self._most_waiting
            projects = {project_id for project_id, _ in self._waiting}
            rules = {id: self.rule_of(id) or SamplingRule() for id in projects}
            due = [
                place
                for number, (place, wait) in enumerate(self._waiting.items())
                if number < surplus
                or now - wait.last >= rules[place[0]].quiet_s
                or now - wait.since >= rules[place[0]].deadline_s
            ]
            for place in due:
                del self._waiting[place]
        return due

    def _wait_again(self, places: Sequence[_Place]) -> None:
        now = self._clock.monotonic()
        with self._lock:
            for place in places:
                self._waiting.setdefault(place, _Wait(now))

    def _decide(self, places: Sequence[_Place]) -> None:
        by_project: dict[str, list[str]] = {}
        for project_id, trace_id in places:
            by_project.setdefault(project_id, []).append(trace_id)
        for project_id, trace_ids in by_project.items():
            rule = self.rule_of(project_id)
            if rule is not None:
                self._decide_in(project_id, trace_ids, rule)

    def _decide_in(self, project_id: str, trace_ids: Sequence[str], rule: SamplingRule) -> None:
        noted = self._noted(project_id, trace_ids)
        outcomes: list[Outcome] = []
        gone: dict[str, int] = {}
        for trace_id in trace_ids:
            spans = self._store.trace_spans(
                project_id, trace_id, payload=True, limit=MOST_SPANS + 1
            )
            if not 0 < len(spans) <= MOST_SPANS:
                continue
            outcome = outcome_of(rule, spans, is_noted=trace_id in noted)
            outcomes.append(outcome)
            if outcome in LEFT:
                gone[trace_id] = len(spans)
        left = self._store.delete_traces(project_id, gone) if gone else 0
        with self._lock:
            for outcome in outcomes:
                place = (project_id, outcome)
                self._outcomes[place] = self._outcomes.get(place, 0) + 1
            if left:
                self._left[project_id] = self._left.get(project_id, 0) + left

    def _noted(self, project_id: str, trace_ids: Sequence[str]) -> set[str]:
        sessions: dict[str, str] = {}
        for trace_id in trace_ids:
            row = self._store.trace(project_id, trace_id)
            if row is not None and row.session_id:
                sessions[trace_id] = row.session_id
        return set(self._store.notes.of_traces(project_id, trace_ids, sessions))
