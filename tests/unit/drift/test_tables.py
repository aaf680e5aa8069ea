"""Drift in tables."""

from itertools import count

import pytest

from tests.support.drifting import calls, observe, take
from vedette.drift.consistency import consistency
from vedette.drift.history import read_history
from vedette.drift.live import DriftAlarm
from vedette.drift.periods import compare_periods
from vedette.drift.reporting import Call, report
from vedette.drift.shelf import Raised
from vedette.drift.tables import (
    alarms_table,
    comparison_document,
    consistency_table,
    history_document,
    report_table,
)
from vedette.model.document import Table
from vedette.model.drift import Alarm, Observation

SECOND = 10**9


def called(observations: list[Observation]) -> list[Call]:
    places = zip(observations, count(), strict=False)
    return [Call(each, n * SECOND, f"{n:032x}", f"{n:016x}") for each, n in places]


def cells(table: Table, row: int = 0) -> dict[str, str]:
    return dict(zip((one.rstrip(">") for one in table.columns), table.rows[row], strict=True))


def test_a_report() -> None:
    moved = [*take(calls(1), 60), *take(calls(2, "refusing"), 60)]
    found = cells(report_table(report(called(moved), reference=40)))
    assert (found["MODEL"], found["CALLS"], found["DRIFT"]) == ("m", "120", "critical")
    assert found["SINCE"].startswith("1970-01-01 00:0")
    assert found["SHIFT"] == "yes"
    assert "█" in found["TREND"]


def test_repeated_inputs_and_the_history_of_one() -> None:
    asked = [observe("Well?", answer) for answer in ("Yes", "No", "Yes")]
    found = cells(consistency_table(consistency(asked)))
    assert (found["ANSWERS"], found["SCORE"]) == ("3", "0.33")
    prompt = asked[0].fingerprint.input
    assert prompt is not None
    document = history_document(read_history(called(asked), prompt.hash))
    assert document.title == f"Input {prompt.hash}"
    assert document.lines[0] == "3 answers by m"
    assert "verdicts: yes 2, no 1" in document.lines
    assert cells(document.tables[0], 1)["DIFFERS IN"] == "verdict"
    assert cells(document.tables[0])["TO FIRST"] == "-"


def test_two_periods() -> None:
    document = comparison_document(
        compare_periods(take(calls(1), 60), take(calls(2, "refusing"), 40))
    )
    assert document.lines[0].startswith("60 calls before, 40 after: ")
    assert "DRIFT" in document.tables[0].columns
    assert cells(document.tables[0])["DRIFT"]


@pytest.mark.parametrize("versions", [(), ("m-1", "m-2")], ids=["none", "two"])
def test_alarms(versions: tuple[str, ...]) -> None:
    alarm = Alarm(row=9, stream="all", signal="refusal", severity="high", e=51_234.0, since_row=5)
    kept = DriftAlarm(
        project_id="p", baseline="auto:m", model="m", severity="high", signal="refusal",
        raised_ns=120 * SECOND, trace_id="t", since_ns=60 * SECOND, since_trace_id="s",
        alarm=alarm, versions=versions,
    )  # fmt: skip
    found = cells(alarms_table([Raised(id="a", alarm=kept)]))
    assert found["SINCE"] == "1970-01-01 00:01"
    assert (found["E"], found["VERSIONS"]) == ("5.12e+04", ", ".join(versions))
