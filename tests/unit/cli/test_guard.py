"""`vedette guard` as it is typed."""

import json
from pathlib import Path

import pytest

from vedette.cli import run

ROWS = [
    {"text": "write to ada@lovelace.org", "label": 1, "source": "mails"},
    {"text": "what is the capital of France?", "label": 0, "category": "prose"},
]


@pytest.fixture
def data(tmp_path: Path) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return str(path)


def test_policies_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("name: a\nrules: [{name: x, detector: pii, mode: shadow}]")
    bad.write_text("name: a\nrules: [{name: x, detector: pij}]")
    assert run(["guard", "check", "privacy", str(good)]) == 0
    assert "1 rules, 1 of them in shadow" in capsys.readouterr().out
    assert run(["guard", "check", str(bad)]) == 1
    assert "Unknown detector 'pij'" in capsys.readouterr().err
    assert run(["guard", "check", "nowhere.yaml"]) == 1
    capsys.readouterr()
    bad.write_text("name: A b\nrules: [{name: x, detector: pii, kinds: [emial], timeout_ms: 0}]")
    assert run(["guard", "check", str(bad)]) == 1
    told = capsys.readouterr().err
    assert all(field in told for field in ("name is", "rules[0].kinds", "rules[0].timeout_ms"))


def test_detectors_are_measured(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["guard", "eval", "--detector", "pii", "--data", data]
    assert run([*arguments, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["pii"]["all"]
    assert (figures["positives"], figures["negatives"], figures["auc"]) == (1, 1, 1.0)
    assert run([*arguments, "--beside"]) == 0
    table = capsys.readouterr().out
    assert "plain list" in table
    assert "mails" in table


def test_policies_are_tried(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["guard", "test", "privacy", "--data", data]) == 0
    assert "2 texts: allow 1, mask 1" in capsys.readouterr().out
    assert run(["guard", "test", "privacy", "--data", data, "--json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert {rule["rule"]: rule["fired"] for rule in rules}["personal-data"] == 1


def test_policies_are_tried_with_what_is_known_beside_the_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy, rows, known = tmp_path / "p.yaml", tmp_path / "rows.jsonl", tmp_path / "known.json"
    policy.write_text("name: a\nrules: [{name: x, detector: leak, where: [output]}]")
    rows.write_text('{"text": "the bird CANARY-77 sings", "label": 1}\n')
    known.write_text('{"canaries": ["CANARY-77"]}')
    tried = ["guard", "test", str(policy), "--data", str(rows), "--where", "output"]
    assert run(tried) == 0
    assert "1 texts: allow 1" in capsys.readouterr().out
    assert run([*tried, "--evidence", str(known)]) == 0
    assert "1 texts: flag 1" in capsys.readouterr().out
    measured = ["guard", "eval", "--detector", "leak", "--data", str(rows), "--where", "output"]
    assert run([*measured, "--evidence", str(known), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["leak"]["all"]["recall"][0] == 1.0
    known.write_text('{"canary": "CANARY-77"}')
    assert run([*tried, "--evidence", str(known)]) == 1
    assert "unknown field `canary`" in capsys.readouterr().err
    assert run(["guard", "test", str(policy), "--traffic", "last-7d", "--evidence", "x"]) == 1
    assert "say themselves" in capsys.readouterr().err
