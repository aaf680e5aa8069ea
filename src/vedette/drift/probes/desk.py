"""Probes as people look after them."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.drift.probes.book import KeptProbe, ProbeBook
from vedette.drift.probes.checks import InvalidProbe, check_probe
from vedette.drift.probes.expecting import Judges
from vedette.drift.probes.schedule import next_due_ns
from vedette.drift.probes.telling import drift_over
from vedette.errors import NotFound
from vedette.model.alert import Event
from vedette.model.probe import Probe, ProbeDrift, ProbeRun, ProbeState


class ProbeView(msgspec.Struct, frozen=True, kw_only=True):
    """A probe with how it stands."""

    kept: KeptProbe
    state: ProbeState
    spent_nano_usd: int
    """Today, in UTC."""
    baseline: dict[str, int]
    """Answers of the baseline, by model."""
    drift: tuple[ProbeDrift, ...]


class ProbeDesk:
    """Thread-safe; may block and raise StoreError. `wake` is called when a run is wanted."""

    def __init__(
        self, book: ProbeBook, judges: Judges, clock: Clock, *, wake: Callable[[], None],
        report: Callable[[Event], None],
    ) -> None:  # fmt: skip
        self.book = book
        self._judges = judges
        self._clock = clock
        self._wake = wake
        self._report = report

    @property
    def formats(self) -> Sequence[str]:
        """What `expect.format` can be."""
        return tuple(self._judges.formats)

    def list(self, project_id: str) -> tuple[ProbeView, ...]:
        spent = self.book.spent(project_id)
        return tuple(self._view(project_id, kept, spent) for kept in self.book.list(project_id))

    def get(self, project_id: str, name: str) -> ProbeView:
        """Raises NotFound."""
        return self._view(project_id, self.book.get(project_id, name), self.book.spent(project_id))

    def add(self, project_id: str, probe: Probe) -> ProbeView:
        """Raises InvalidProbe or Conflict."""
        check_probe(probe, self._judges)
        self.book.add(project_id, probe)
        self._wake()
        return self.get(project_id, probe.name)

    def change(self, project_id: str, name: str, probe: Probe, *, version: int) -> ProbeView:
        """Raises InvalidProbe, NotFound or Conflict."""
        if probe.name != name:
            raise InvalidProbe("name", "need the name that it has: runs are found by it")
        check_probe(probe, self._judges)
        before = self.book.get(project_id, name).probe
        self.book.change(project_id, probe, version=version)
        if (before.every_minutes, before.cron) != (probe.every_minutes, probe.cron):
            due_ns = next_due_ns(probe, self._clock.now_ns(), 0.0)
            self.book.change_state(
                project_id, name, lambda s: replace(s, next_ns=min(s.next_ns, due_ns))
            )
        return self.get(project_id, name)

    def switch(self, project_id: str, name: str, *, is_on: bool) -> ProbeView:
        """Pause or go on. Raises NotFound or Conflict."""
        kept = self.book.get(project_id, name)
        self.book.change(project_id, replace(kept.probe, enabled=is_on), version=kept.version)
        return self.get(project_id, name)

    def delete(self, project_id: str, name: str) -> None:
        """Raises NotFound or Conflict."""
        self._close_drift(project_id, name)
        self.book.delete(project_id, name)

    def run_now(self, project_id: str, name: str) -> ProbeView:
        """Have it run as soon as may be, paused or not. Raises NotFound."""
        self.book.get(project_id, name)
        self.book.change_state(project_id, name, lambda s: replace(s, wanted=True))
        self._wake()
        return self.get(project_id, name)

    def rebase(self, project_id: str, name: str) -> ProbeView:
        """Take the answers that come for right. Raises NotFound."""
        self._close_drift(project_id, name)
        self.book.rebase(project_id, name)
        return self.get(project_id, name)

    def runs(
        self, project_id: str, name: str, *, after_id: str, limit: int
    ) -> tuple[ProbeRun, ...]:
        """The newest first. Raises NotFound."""
        self.book.get(project_id, name)
        return self.book.runs(project_id, name, after_id=after_id, limit=limit)

    def run(self, project_id: str, name: str, id: str) -> ProbeRun:
        """Raises NotFound."""
        run = self.book.run(project_id, id)
        if run.probe != name:
            raise NotFound(f"There is no run {id[:80]!r}.")
        return run

    def _close_drift(self, project_id: str, name: str) -> None:
        for model in self.book.get(project_id, name).probe.models:
            if self.book.series(project_id, name, model).drift is not None:
                self._report(drift_over(project_id, name, model))

    def _view(self, project_id: str, kept: KeptProbe, spent: dict[str, int]) -> ProbeView:
        name = kept.probe.name
        series = {model: self.book.series(project_id, name, model) for model in kept.probe.models}
        return ProbeView(
            kept=kept, state=self.book.state(project_id, name)[0],
            spent_nano_usd=spent.get(name, 0),
            baseline={model: len(one.baseline) for model, one in series.items()},
            drift=tuple(one.drift for one in series.values() if one.drift is not None),
        )  # fmt: skip
