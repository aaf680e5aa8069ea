"""`vedette audit`, on the files of an installation."""

import json
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.support.auditing import event
from vedette import cli
from vedette.api.audit_shapes import audit_shape
from vedette.app.audit import Audit
from vedette.app.audit_rules import audit_settings
from vedette.clock import SystemClock
from vedette.config.audit import AuditConfig

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command over a log of three entries; what it complains of is printed, too."""
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "vedette-data"
    audit = Audit(data, audit_settings(AuditConfig(), data, {}), SystemClock())
    audit.desk.note(event(1), event(2, action="policy.changed"), event(3, "other"))
    audit.close()

    def command(*arguments: str, code: int = 0) -> str:
        got = cli.run(["audit", *arguments])
        printed = capsys.readouterr()
        assert got == code, printed
        return printed.out + printed.err

    return command


def test_entries_are_listed_and_shown(run: Run) -> None:
    listed = run("list")
    assert "default:2" in listed
    assert "user:usr_1 (Ann)" in listed
    found = json.loads(run("list", "--action", "policy.", "--json"))
    assert [one["id"] for one in found] == ["default:2"]
    assert json.loads(run("show", "other:1"))["personal"]["owner"] == "o3@example.com"
    assert "no audit entry" in run("show", "other:9", code=1)
    assert "default:1" not in run("list", "--organization", "other", "--limit", "1")
    assert "--from and --to" in run("list", "--from", "yesterday", code=1)


def test_a_sound_log_is_told_and_a_changed_one_fails(run: Run, tmp_path: Path) -> None:
    told = run("verify")
    assert "sound" in told
    assert run("key").strip() in told
    assert json.loads(run("verify", "--json"))["ok"] is True
    database = sqlite3.connect(tmp_path / "vedette-data" / "records.db")
    database.execute("DELETE FROM audit_entries WHERE organization = 'default' AND seq = 2")
    database.commit()
    database.close()
    told = run("verify", code=1)
    assert "default:2  truncated" in told
    assert "broken" in told
    assert "sound" in run("verify", "--organization", "other")


def test_a_restored_log_is_told_and_shown(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "vedette-data"
    copy = (data / "records.db").read_bytes()
    audit = Audit(data, audit_settings(AuditConfig(), data, {}), SystemClock())
    audit.desk.note(event(4), event(5))
    audit.close()
    for left in data.glob("records.db*"):
        left.unlink()
    (data / "records.db").write_bytes(copy)
    assert "truncated" in run("verify", code=1)
    told = run("restored", "--reason", "disk failed")
    assert "default:3  restored:" in told
    assert "disk failed. Of entries 3 to 4" in told
    told = run("verify")
    assert "broken" not in told
    assert "command" in told
    (default, _) = json.loads(run("verify", "--json"))["logs"]
    assert default["restored"][0]["reason"] == "disk failed"
    assert default["signed"] == 3
    assert "nothing to tell" in run("restored", "--reason", "again", code=1)


def test_what_is_kept_elsewhere_is_a_witness(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "witness.jsonl"
    kept.write_bytes((tmp_path / "vedette-data" / "audit" / "checkpoints.jsonl").read_bytes())
    key = run("key").strip()
    assert "sound" in run("verify", "--checkpoints", str(kept), "--key", key)
    other = "vedette-00000000+1234abcd+AAAA"
    assert "no key of an audit log" in run("verify", "--key", other, code=1)
    assert "no file" in run("verify", "--checkpoints", "missing", code=1)


def test_proofs_are_checked_without_the_installation(run: Run, tmp_path: Path) -> None:
    key = run("key").strip()
    proof, old = tmp_path / "proof.json", tmp_path / "old.txt"
    proof.write_text(run("prove", "default:1"))
    old.write_text(run("checkpoint"))
    growth = tmp_path / "growth.json"
    growth.write_text(run("prove", "--since", str(old)))
    (tmp_path / "vedette-data" / "records.db").unlink()
    assert "Entry 1 is in" in run("verify", "--proof", str(proof), "--key", key)
    assert "grew from 2 to 2" in run("verify", "--proof", str(growth), "--key", key)
    proof.write_text(proof.read_text().replace("key.created", "key.deleted"))
    assert "not in the log" in run("verify", "--proof", str(proof), "--key", key, code=1)
    assert "no audit log" in run("verify", code=1)


def test_a_proof_is_of_one_thing(run: Run, tmp_path: Path) -> None:
    assert "Name an entry" in run("prove", code=1)
    assert "no checkpoint" in run("checkpoint", "none", code=1)


def test_the_export_has_one_entry_a_line(run: Run) -> None:
    lines = [json.loads(line) for line in run("export").splitlines()]
    assert {line["id"] for line in lines} == {"default:1", "default:2", "other:1"}


def test_whole_logs_are_printed_as_they_are_hashed(run: Run) -> None:
    """Who checks the chain needs nothing but SHA-256."""
    lines = run("export", "--bodies", "--organization", "default").splitlines()
    before = "0" * 64
    for line in lines:
        assert json.loads(line)["prev"] == before
        before = sha256(b"\0" + line.encode()).hexdigest()
    newest = json.loads(run("list", "--organization", "default", "--json"))[0]
    assert (len(lines), newest["hash"]) == (2, before)
    assert len(run("export", "--bodies").splitlines()) == 3
    assert "only --organization" in run("export", "--bodies", "--action", "key.", code=1)
    assert "no audit log" in run("export", "--bodies", "--organization", "nope", code=1)


def test_entries_are_shown_as_in_the_api(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "vedette-data"
    audit = Audit(data, audit_settings(AuditConfig(), data, {}), SystemClock())
    shown = msgspec.to_builtins(audit_shape(audit.desk.show("default:1")))
    audit.close()
    assert json.loads(run("show", "default:1")) == {**shown, "erased": list(shown["erased"])}


def test_personal_values_are_erased_when_that_is_meant(run: Run) -> None:
    assert "--yes" in run("erase", "Ann", code=1)
    assert "Erased 3 values." in run("erase", "Ann", "--yes")
    assert "Ann" not in run("list")
    assert "personal.erased" in run("list", "--actor", "command")
    assert "sound" in run("verify")
