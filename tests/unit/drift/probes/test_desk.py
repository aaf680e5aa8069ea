"""Probes as people look after them."""

import pytest
from msgspec.structs import replace

from tests.support.probing import PROJECT, ProbeWorld, probe
from vedette.drift.probes.checks import InvalidProbe
from vedette.errors import Conflict, NotFound
from vedette.model.probe import ProbeDrift, ProbeSeries


def test_a_probe_that_cannot_be_is_not_kept(world: ProbeWorld) -> None:
    with pytest.raises(InvalidProbe):
        world.desk.add(PROJECT, probe(samples=0))
    assert world.desk.list(PROJECT) == ()
    world.desk.add(PROJECT, probe())
    with pytest.raises(InvalidProbe, match="name"):
        world.desk.change(PROJECT, "capital", probe("other"), version=1)
    with pytest.raises(InvalidProbe):
        world.desk.change(PROJECT, "capital", probe(samples=0), version=1)
    with pytest.raises(NotFound):
        world.desk.change(PROJECT, "nobody", probe("nobody"), version=1)


def test_a_shorter_schedule_counts_from_now(world: ProbeWorld) -> None:
    world.desk.add(PROJECT, probe(every_minutes=1_000))
    world.run_now()
    world.desk.change(PROJECT, "capital", probe(every_minutes=5), version=1)
    due_ns = world.desk.get(PROJECT, "capital").state.next_ns
    assert due_ns == world.clock.now_ns() + 300 * 10**9


def test_pause_and_go_on(world: ProbeWorld) -> None:
    world.desk.add(PROJECT, probe())
    assert not world.desk.switch(PROJECT, "capital", is_on=False).kept.probe.enabled
    assert world.desk.switch(PROJECT, "capital", is_on=True).kept.probe.enabled
    world.configured = (probe("filed"),)
    with pytest.raises(Conflict):
        world.desk.switch(PROJECT, "filed", is_on=False)


def test_runs_of_another_probe_are_not_found(world: ProbeWorld) -> None:
    world.desk.add(PROJECT, probe())
    world.desk.add(PROJECT, probe("other"))
    run = world.run_now()
    assert world.desk.run(PROJECT, "capital", run.id) == run
    with pytest.raises(NotFound):
        world.desk.run(PROJECT, "other", run.id)
    with pytest.raises(NotFound):
        world.desk.run("p2", "capital", run.id)
    with pytest.raises(NotFound):
        world.desk.runs(PROJECT, "nobody", after_id="", limit=5)


def test_a_drift_ends_with_its_probe(world: ProbeWorld) -> None:
    world.desk.add(PROJECT, probe())
    drift = ProbeDrift(model="m", severity="high", signal="refusal", since_ns=1)
    world.book.write_series(PROJECT, "capital", "m", replace(ProbeSeries(), drift=drift))
    assert world.desk.get(PROJECT, "capital").drift == (drift,)
    world.desk.delete(PROJECT, "capital")
    (event,) = world.events
    assert event.is_over
    assert event.group == "probe capital: m"
    assert world.desk.formats[0] == "email"
