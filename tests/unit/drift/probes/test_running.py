"""Runs of probes, also those that break off."""

import random
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from tests.support.drifting import long_answer, refusing_answer
from tests.support.probing import PROJECT, Dies, ProbeWorld, answered, probe
from vedette.drift.probes.asking import Asked
from vedette.model.probe import Claim


def test_a_run_asks_judges_and_is_written_down(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(models=("m", "n"), samples=2, parameters={"temperature": 0}))
    run = world.run()
    assert run is not None
    assert (run.status, run.detail, run.is_asked) == ("passed", "", False)
    assert [one.model for one in run.samples] == ["m", "m", "n", "n"]
    assert [one.score for one in run.agreement] == [1.0, 1.0]
    asked = world.questions[0]
    assert (asked["temperature"], asked["stream"]) == (0, False)
    assert asked["messages"] == [{"role": "user", "content": "The capital of France?"}]
    assert asked["trace_id"] == run.samples[0].trace_id
    assert world.book.runs(PROJECT, "capital") == (run,)
    assert world.book.spent(PROJECT) == {"capital": 4_000_000}
    assert world.events == []
    state, _ = world.book.state(PROJECT, "capital")
    assert state.claim is None
    assert [(one.status, one.passed, one.samples) for one in state.recent] == [("passed", 4, 4)]


def test_it_runs_when_it_is_due_or_wanted(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(every_minutes=10))
    assert world.run() is not None
    assert world.run() is None
    world.clock.advance(599)
    assert world.run() is None
    world.clock.advance(2)
    assert world.run() is not None
    assert world.run_now().is_asked
    world.desk.switch(PROJECT, "capital", is_on=False)
    world.clock.advance(3_600)
    assert world.run() is None
    assert world.run_now().is_asked


def test_a_wrong_answer_is_told_until_it_is_right_again(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(severity="critical"))
    world.answer = lambda: answered("It is Lyon.")
    run = world.run_now()
    assert run.status == "failed"
    (event,) = world.events
    assert (event.subject, event.group, event.severity) == ("probe", "capital", "critical")
    assert "1 of 1 answers are not as expected (m: does not contain 'Paris')" in event.summary
    assert "Lyon" not in event.summary
    assert not event.is_over
    world.answer = answered
    world.run_now()
    world.run_now()
    assert [one.is_over for one in world.events] == [False, True]


def test_no_answer_is_a_failure_and_may_cost(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe())
    world.answer = lambda: Asked(error="the answer has the status 503", cost_nano_usd=7)
    run = world.run_now()
    assert (run.status, run.samples[0].status) == ("failed", "error")
    assert run.samples[0].problems == ("the answer has the status 503",)
    assert world.book.spent(PROJECT) == {"capital": 7}


def test_samples_that_disagree(world: ProbeWorld) -> None:
    answers: Iterator[str] = iter(["Yes", "No", "Yes", "No"])
    world.answer = lambda: answered(next(answers))
    world.book.add(PROJECT, probe(samples=4, expect={"least_consistency": 0.9}))
    run = world.run_now()
    assert run.status == "failed"
    assert "m agrees with itself by 0.33, less than 0.90" in run.detail


def test_the_budget_ends_a_run_and_is_told(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(samples=5, max_usd_per_day=0.0025))
    run = world.run_now()
    assert (run.status, len(run.samples)) == ("stopped", 2)
    assert world.book.spent(PROJECT) == {"capital": 2_000_000}
    assert "the budget of today is spent" in world.events[0].summary
    assert world.run_now().samples == ()
    world.clock.advance(86_400)
    assert len(world.run_now().samples) == 2


def test_all_probes_of_a_project_have_one_budget(world: ProbeWorld) -> None:
    world.usd_per_day = 0.001
    world.book.add(PROJECT, probe())
    world.book.add(PROJECT, probe("other"))
    assert world.run_now().status == "passed"
    assert world.run_now("other").status == "stopped"


def test_two_machines_run_it_once(world: ProbeWorld) -> None:
    other = ProbeWorld(world.records, world.clock)
    world.book.add(PROJECT, probe())
    kept = world.book.get(PROJECT, "capital")
    first = world.runner.claim(PROJECT, kept)
    assert first is not None
    assert other.runner.claim(PROJECT, kept) is None
    world.runner.run(kept.probe, first)
    assert other.runner.claim(PROJECT, kept) is None
    assert len(world.questions) == 1


def test_a_run_that_died_is_lost_priced_and_not_repeated(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(samples=3, timeout_s=60))
    world.run_now()

    def die() -> Asked:
        raise Dies

    world.answer = die
    world.clock.advance(1)
    world.desk.run_now(PROJECT, "capital")
    with pytest.raises(Dies):
        world.run()
    trace = world.questions[-1]["trace_id"]
    assert world.book.spent(PROJECT) == {"capital": 4_000_000}
    world.costs[trace] = 1_500_000
    other = ProbeWorld(world.records, world.clock)
    other.costs = world.costs
    assert other.run() is None
    world.clock.advance(121)
    assert other.run() is None
    assert other.questions == []
    lost = other.book.runs(PROJECT, "capital")[0]
    assert (lost.status, [one.status for one in lost.samples]) == ("lost", ["lost"])
    assert lost.samples[0].cost_nano_usd == 1_500_000
    assert other.book.spent(PROJECT) == {"capital": 4_500_000}
    assert "1 questions may have been billed" in other.events[0].summary
    assert other.run_now().status == "passed"


def test_a_claim_without_a_run_is_lost_too(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe())
    claim = Claim(run_id=world.book.new_run_id("capital"), owner="gone", until_ns=1)
    world.book.change_state(PROJECT, "capital", lambda s: replace(s, claim=claim))
    assert world.run() is None
    assert world.book.runs(PROJECT, "capital")[0].status == "lost"


def test_who_was_taken_for_dead_asks_nothing_more(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(samples=3))
    other = ProbeWorld(world.records, world.clock)

    def slow() -> Asked:
        world.clock.advance(3_600)
        other.run()
        return answered()

    world.answer = slow
    run = world.run_now()
    assert len(world.questions) == 1
    assert "took this run for dead" in run.detail


def test_a_server_that_stops_ends_runs_between_questions(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(samples=3))

    def last() -> Asked:
        world.stopping.set()
        return answered()

    world.answer = last
    run = world.run_now()
    assert (run.status, len(run.samples)) == ("stopped", 1)
    assert world.events == []


def test_answers_that_move_away_from_the_baseline_are_drift(world: ProbeWorld) -> None:
    chance = random.Random(7)
    world.answer = lambda: answered(long_answer(chance))
    world.book.add(PROJECT, probe(samples=10, expect={}))
    for _ in range(5):
        assert world.run_now().status == "passed"
    world.answer = lambda: answered(refusing_answer(chance), version="m-2")
    run = world.run_now()
    assert run.status == "drifted"
    assert "m answers as m-2, before as m-1" in run.detail
    (drift,) = run.drift
    assert drift.model == "m"
    raised = world.shelf.alarm(PROJECT, drift.alarm_id)
    assert raised.alarm.baseline == "probe:capital"
    assert raised.alarm.versions == ("m-1", "m-2")
    assert [one.subject for one in world.events] == ["drift", "probe"]
    assert world.run_now().status == "drifted"
    assert len([one for one in world.events if one.subject == "drift"]) == 1
    world.desk.rebase(PROJECT, "capital")
    assert world.run_now().status == "passed"
    assert world.events[-1].is_over


def test_another_question_has_another_baseline(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(samples=10))
    world.run_now()
    assert world.desk.get(PROJECT, "capital").baseline == {"m": 10}
    changed = probe(samples=5, prompt="And of Italy?", expect={})
    world.desk.change(PROJECT, "capital", changed, version=1)
    world.run_now()
    assert world.desk.get(PROJECT, "capital").baseline == {"m": 5}


def test_wrong_answers_are_no_baseline(world: ProbeWorld) -> None:
    world.book.add(PROJECT, probe(samples=10))
    world.answer = lambda: answered("It is Lyon.")
    world.run_now()
    assert world.desk.get(PROJECT, "capital").baseline == {"m": 0}
