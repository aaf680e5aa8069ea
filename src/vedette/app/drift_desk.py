"""Drift for the API: the watch, and looks back into the span store."""

from itertools import islice

import msgspec

from vedette.app.drifting import Drifting
from vedette.drift.baselines import Baseline, Scope
from vedette.drift.history import History, find_inputs, read_history
from vedette.drift.live import WatchState
from vedette.drift.observing import observe_span
from vedette.drift.periods import PeriodsReport, compare_periods
from vedette.drift.reporting import Call, GroupReport, report
from vedette.drift.shelf import Raised
from vedette.errors import BadRequest, NotFound
from vedette.features.hashing import TextHasher
from vedette.model.query import Filter
from vedette.ports.stores import SpanStore

MOST_CALLS = 20_000
"""The newest that one question looks at."""


class Looks:
    """`api.drift_desk.DriftDesk`. Thread-safe; may block and raise StoreError."""

    def __init__(self, watch: Drifting, store: SpanStore, hasher: TextHasher) -> None:
        self._watch = watch
        self._store = store
        self._hasher = hasher

    @property
    def left_out(self) -> int:
        return self._watch.left_out

    def states(self, project_id: str) -> tuple[WatchState, ...]:
        return self._watch.states(project_id)

    def add(self, name: str, scope: Scope, *, size: int, is_rolling: bool) -> Baseline:
        return self._watch.add(name, scope, size=size, is_rolling=is_rolling)

    def freeze(self, project_id: str, name: str) -> Baseline:
        return self._watch.freeze(project_id, name)

    def delete(self, project_id: str, name: str) -> None:
        self._watch.delete(project_id, name)

    def alarms(self, project_id: str, *, after_id: str, limit: int) -> tuple[Raised, ...]:
        return self._watch.shelf.alarms(project_id, after_id=after_id, limit=limit)

    def alarm(self, project_id: str, id: str) -> Raised:
        return self._watch.shelf.alarm(project_id, id)

    def report(self, filter: Filter, *, reference: int) -> list[GroupReport]:
        return report(self._calls(filter), reference=reference)

    def compare(self, before: Filter, after: Filter) -> PeriodsReport:
        """Raises BadRequest where a side has no calls."""
        sides = [[call.observation for call in self._calls(one)] for one in (before, after)]
        for name, side in zip(("earlier", "later"), sides, strict=True):
            if not side:
                raise BadRequest(f"There are no such calls in the {name} period.")
        return compare_periods(sides[0], sides[1])

    def history(self, filter: Filter, prefix: str) -> History:
        """Raises NotFound, or BadRequest where several inputs begin so."""
        calls = self._calls(filter)
        found = find_inputs(calls, prefix)
        if not found:
            raise NotFound(f"No call among the newest {len(calls)} has the input {prefix[:64]!r}.")
        if len(found) > 1:
            raise BadRequest(f"{len(found)} inputs begin with {prefix!r}: give more digits.")
        return read_history(calls, found[0])

    def _calls(self, filter: Filter) -> list[Call]:
        """The newest model calls that match, oldest first."""
        filter = msgspec.structs.replace(filter, kind=filter.kind or "llm")
        return [
            Call(
                observe_span(span, self._hasher), span.start_ns, span.trace_id, span.span_id,
                span.status == "error",
            )
            for span in islice(self._store.export(filter), MOST_CALLS)
        ][::-1]  # fmt: skip
