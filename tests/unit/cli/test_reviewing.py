"""`vedette guard`: findings, feedback, exceptions and replays through the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding
from tests.support.console import NOW_NS
from tests.support.guarded_spans import MAIL, guarded, hit


@pytest.fixture
def guard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("guard", tmp_path, capsys, monkeypatch) as commands:
        spans = [guarded(n, hit(), start_ns=NOW_NS - n * 10**9) for n in range(1, 4)]
        commands.console.services.store.write_batch(spans)
        yield commands


def test_findings_are_listed_shown_and_judged(guard: Commands) -> None:
    assert "personal" in guard.run("findings", "--detector", "pii")
    id = guard.json("findings")[0]["id"]
    assert f">>>{MAIL}<<<" in guard.run("finding", id)
    assert "Noted as false" in guard.run("feedback", id, "--false", "--note", "ours")
    assert guard.json("finding", id)["note"] == "ours"
    assert "false" in guard.run("findings")
    assert "Taken back" in guard.run("feedback", id, "--withdraw")
    guard.run("feedback", id, code=1)
    assert "--true" in guard.error


def test_things_are_allowed_and_not_any_more(guard: Commands) -> None:
    id = guard.run("allow", "add", MAIL, "--note", "ours", "--project", "default").split()[2]
    id = id.rstrip(".")
    assert MAIL in guard.run("allow", "list")
    assert guard.json("allow", "list")[0]["note"] == "ours"
    assert "Deleted" in guard.run("allow", "delete", id)
    guard.run("allow", "add", "(?=x)", "--kind", "pattern", code=1)
    assert "RE2" in guard.error


def test_thresholds_are_shown_applied_and_withdrawn(guard: Commands) -> None:
    guard.run("feedback", guard.json("findings")[0]["id"], "--true")
    assert "29 more" in guard.run("calibration")
    assert "0.8" in guard.run("calibration", "pii", "--apply", "0.8")
    assert guard.json("calibration", "pii", "--withdraw")[0]["applied"] is None
    guard.run("calibration", "--apply", "0.8", code=1)


def test_a_policy_is_tried_on_recorded_calls(guard: Commands) -> None:
    printed = guard.run("test", "privacy", "--traffic", "last-7d")
    assert "3 calls, 6 texts: mask 3" in printed
    assert MAIL in printed
    Path("mine.yaml").write_text("name: mine\nrules:\n  - {name: r, detector: pii}\n")
    tried = guard.json("test", "mine.yaml", "--traffic", "now-1d", "--most", "2")
    assert tried["calls"] == 2
    guard.run("test", "privacy", code=1)
    assert "--traffic" in guard.error
