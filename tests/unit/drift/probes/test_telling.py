"""What alerts are told."""

from msgspec.structs import replace

from tests.support.probing import probe
from vedette.drift.probes.telling import BUDGET_SPENT, is_well, run_event, summarize
from vedette.model.probe import ProbeDrift, ProbeRun, RunStatus, Sample


def run(status: RunStatus = "passed", **changes: object) -> ProbeRun:
    made = ProbeRun(id="r", project_id="p", probe="capital", started_ns=1, status=status)
    return replace(made, **changes)


def test_what_is_well() -> None:
    assert is_well(run())
    assert is_well(run("stopped", detail="the server was stopped"))
    assert not is_well(run("stopped", detail=BUDGET_SPENT))
    assert not is_well(run("failed"))
    assert not is_well(run("lost"))


def test_words() -> None:
    wrong = Sample(model="m", trace_id="t", asked_ns=1, status="failed", problems=("refuses",))
    drift = ProbeDrift(model="m", severity="high", signal="refusal", since_ns=1)
    said = summarize(probe(), run("failed", samples=(wrong,), drift=(drift,)))
    assert said == (
        "1 of 1 answers are not as expected (m: refuses); m has drifted in refusal (high)"
    )


def test_the_severity_is_that_of_the_probe_for_wrong_answers_alone() -> None:
    grave = probe(severity="critical")
    assert run_event(grave, run("failed")).severity == "critical"
    assert run_event(grave, run("lost")).severity == "warning"
    assert run_event(grave, run()).is_over
