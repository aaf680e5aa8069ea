"""Probes as records."""

import pytest
from msgspec.structs import replace

from tests.support.probing import PROJECT, ProbeWorld, probe
from vedette.drift.probes.book import MOST_RUNS
from vedette.errors import Conflict, NotFound
from vedette.model.probe import ProbeRun, ProbeSeries


def test_from_the_first_to_the_last_version(world: ProbeWorld) -> None:
    kept = world.book.add(PROJECT, probe())
    assert (kept.probe, kept.origin, kept.version) == (probe(), "managed", 1)
    with pytest.raises(Conflict, match="already"):
        world.book.add(PROJECT, probe())
    changed = world.book.change(PROJECT, probe(samples=3), version=1)
    assert (changed.probe.samples, changed.version) == (3, 2)
    with pytest.raises(Conflict):
        world.book.change(PROJECT, probe(), version=1)
    assert [one.probe.name for one in world.book.list(PROJECT)] == ["capital"]
    assert world.book.list("other") == ()
    world.book.delete(PROJECT, "capital")
    with pytest.raises(NotFound, match="no probe 'capital'"):
        world.book.get(PROJECT, "capital")


def test_those_of_the_configuration_are_changed_there(world: ProbeWorld) -> None:
    world.configured = (probe("filed"),)
    world.book.add(PROJECT, probe())
    assert [(one.probe.name, one.origin) for one in world.book.list(PROJECT)] == [
        ("capital", "managed"), ("filed", "file"),
    ]  # fmt: skip
    assert world.book.get(PROJECT, "filed").origin == "file"
    for change in (
        lambda: world.book.add(PROJECT, probe("filed")),
        lambda: world.book.change(PROJECT, probe("filed"), version=1),
        lambda: world.book.delete(PROJECT, "filed"),
    ):
        with pytest.raises(Conflict):
            change()


def test_runs_are_those_of_the_probe_the_newest_first(world: ProbeWorld) -> None:
    def note(name: str) -> str:
        world.clock.advance(1)
        id = world.book.new_run_id(name)
        world.book.write_run(ProbeRun(id=id, project_id=PROJECT, probe=name, started_ns=1))
        return id

    old, other, new = note("a"), note("b"), note("a")
    assert [run.id for run in world.book.runs(PROJECT, "a")] == [new, old]
    assert [run.id for run in world.book.runs(PROJECT, "a", after_id=new)] == [old]
    assert [run.id for run in world.book.runs(PROJECT, "b")] == [other]
    assert world.book.runs("other", "a") == ()
    assert world.book.run(PROJECT, old).probe == "a"
    with pytest.raises(NotFound):
        world.book.run("other", old)


def test_the_oldest_runs_go(world: ProbeWorld) -> None:
    for _ in range(MOST_RUNS + 2):
        world.clock.advance(1)
        run = ProbeRun(id=world.book.new_run_id("a"), project_id=PROJECT, probe="a", started_ns=1)
        world.book.write_run(run)
    world.book.prune(PROJECT, "a")
    runs = world.book.runs(PROJECT, "a", limit=500)
    assert len(runs) == MOST_RUNS
    assert runs[0].id == run.id


def test_what_is_spent_stays_within_both_limits(world: ProbeWorld) -> None:
    spend = world.book.spend
    assert spend(PROJECT, "a", 60, limit=100, limit_of_all=150)
    assert not spend(PROJECT, "a", 41, limit=100, limit_of_all=150)
    assert not spend(PROJECT, "b", 91, limit=100, limit_of_all=150)
    assert spend(PROJECT, "b", 90, limit=100, limit_of_all=150)
    assert not spend(PROJECT, "c", 0, limit=100, limit_of_all=150)
    assert spend(PROJECT, "b", -100)
    assert world.book.spent(PROJECT) == {"a": 60, "b": 0}
    assert world.book.spent("other") == {}
    world.clock.advance(86_400)
    assert world.book.spent(PROJECT) == {}


def test_a_state_is_changed_at_the_version_that_was_read(world: ProbeWorld) -> None:
    state, version = world.book.state(PROJECT, "a")
    assert version == 0
    world.book.write_state(PROJECT, "a", replace(state, next_ns=5), version=0)
    with pytest.raises(Conflict):
        world.book.write_state(PROJECT, "a", state, version=0)
    changed = world.book.change_state(PROJECT, "a", lambda s: replace(s, wanted=True))
    assert (changed.next_ns, changed.wanted) == (5, True)


def test_baselines_begin_anew(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe())
    world.book.write_series(PROJECT, "capital", "m", ProbeSeries(content="c"))
    world.book.write_series(PROJECT, "other", "m", ProbeSeries(content="d"))
    world.book.rebase(PROJECT, "capital")
    assert world.book.series(PROJECT, "capital", "m").content == ""
    assert world.book.series(PROJECT, "other", "m").content == "d"
    with pytest.raises(NotFound):
        world.book.rebase(PROJECT, "nobody")


def test_with_a_probe_everything_of_it_goes(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe())
    world.run_now()
    world.book.delete(PROJECT, "capital")
    assert world.book.state(PROJECT, "capital")[1] == 0
    assert world.book.runs(PROJECT, "capital") == ()
    assert world.book.spent(PROJECT) == {"capital": 1_000_000}
