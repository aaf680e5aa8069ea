"""Probes over records in memory and a model that answers what it is told to."""

from collections.abc import Callable, Mapping
from threading import Event as Flag
from typing import Any

from tests.support.drifting import HASHER
from vedette.app.probing import judges
from vedette.clock import FakeClock
from vedette.drift.probes.asking import Asked
from vedette.drift.probes.book import ProbeBook
from vedette.drift.probes.desk import ProbeDesk
from vedette.drift.probes.expecting import Said
from vedette.drift.probes.running import Runner, Surroundings
from vedette.drift.shelf import Shelf
from vedette.model.alert import Event
from vedette.model.probe import Expectations, Probe, ProbeRun
from vedette.stores.records.sql import SqlRecords

PROJECT = "p1"
JUDGES = judges()


class Dies(BaseException):
    """The process is killed in the middle of a question."""


def probe(name: str = "capital", **changes: Any) -> Probe:
    expect = Expectations(**changes.pop("expect", {"contains": ("Paris",)}))
    return Probe(**{
        "name": name, "models": ("m",), "prompt": "The capital of France?", "expect": expect,
        **changes,
    })  # fmt: skip


def answered(text: str = "It is Paris.", **changes: Any) -> Asked:
    said = Said(text=text, latency_ms=changes.pop("latency_ms", 20.0), output_tokens=4)
    return Asked(**{
        "said": said, "cost_nano_usd": 1_000_000, "version": "m-1", "finish_reason": "stop",
        **changes,
    })  # fmt: skip


class ProbeWorld:
    """`answer` is called for each question; a `BaseException` that it raises is a crash."""

    def __init__(self, records: SqlRecords | None = None, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.records = records or SqlRecords(None, self.clock)
        self.events: list[Event] = []
        self.questions: list[Mapping[str, Any]] = []
        self.answer: Callable[[], Asked] = answered
        self.costs: dict[str, int] = {}
        self.usd_per_day = 5.0
        self.project = PROJECT
        self.configured: tuple[Probe, ...] = ()
        self.stopping = Flag()
        self.book = ProbeBook(
            self.records, self.clock,
            lambda project: self.configured if project == self.project else (),
        )  # fmt: skip
        self.shelf = Shelf(self.records)
        self.desk = ProbeDesk(
            self.book, JUDGES, self.clock, wake=lambda: None, report=self.events.append
        )
        around = Surroundings(
            asks=self._ask, judges=JUDGES, hasher=HASHER, shelf=self.shelf,
            report=self.events.append, cost_of=lambda _project, trace: self.costs.get(trace),
            usd_per_day=lambda: self.usd_per_day, keeps_text=lambda: True,
        )  # fmt: skip
        self.runner = Runner(self.book, self.clock, around, owner="here", stopping=self.stopping)

    def run(self, name: str = "capital") -> ProbeRun | None:
        """Claim and run it, where it is due."""
        kept = self.book.get(self.project, name)
        run = self.runner.claim(self.project, kept)
        return None if run is None else self.runner.run(kept.probe, run)

    def run_now(self, name: str = "capital") -> ProbeRun:
        self.desk.run_now(self.project, name)
        run = self.run(name)
        assert run is not None
        return run

    def _ask(
        self, project_id: str, body: Mapping[str, Any], *, probe: str, trace_id: str,
        timeout_s: float,
    ) -> Asked:  # fmt: skip
        assert project_id == self.project
        assert probe
        assert timeout_s > 0
        self.questions.append({**body, "trace_id": trace_id})
        return self.answer()
