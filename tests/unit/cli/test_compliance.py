"""`vedette compliance report`."""

import json
from pathlib import Path

import pytest

from tests.support.auditing import event
from vedette import cli
from vedette.app.audit import Audit
from vedette.app.audit_rules import audit_settings
from vedette.clock import SystemClock
from vedette.config.audit import AuditConfig


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "vedette-data"
    audit = Audit(data, audit_settings(AuditConfig(), data, {}), SystemClock())
    audit.desk.note(event(1, time_ns=SystemClock().now_ns() - 10**9))
    audit.close()
    return tmp_path


def run(*arguments: str) -> int:
    return cli.run(["compliance", "report", *arguments])


def test_a_report_is_written_or_printed(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("--framework", "soc2", "--out", "r.html") == 0
    assert "key.created" in (folder / "r.html").read_text()
    assert run("--framework", "gdpr", "--format", "pdf", "--out", "r.pdf") == 0
    assert (folder / "r.pdf").read_bytes().startswith(b"%PDF-")
    capfdbinary.readouterr()
    assert run("--framework", "ccpa", "--format", "json") == 0
    assert json.loads(capfdbinary.readouterr().out)["framework"] == "ccpa"


def test_what_is_wrong_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--framework", "soc2", "--from", "yesterday") == 1
    assert "--from and --to" in capsys.readouterr().err
    assert run("--framework", "soc2", "--from", "now", "--to", "now-1d") == 1
    assert run("--framework", "soc2", "--out", "missing/r.html") == 1
    assert "Cannot write" in capsys.readouterr().err
    assert run("--framework", "hipaa") == 2
