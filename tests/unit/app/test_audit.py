"""The audit log of an installation, put together."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.console import make_span
from vedette.app.audit import (
    Audit,
    AuditBeside,
    AuditedWriter,
    noting,
    open_beside,
)
from vedette.app.audit_rules import audit_settings
from vedette.clock import SystemClock
from vedette.config.audit import AuditConfig
from vedette.config.schema import Config
from vedette.errors import StoreError
from vedette.model.audit import AuditEvent, AuditQuery
from vedette.model.settings import AuditSettings, CoreSettings
from vedette.model.span import Payload, Span

BLOCKED = replace(make_span(1), payload=Payload(attributes={"vedette.guard.action": "block"}))
EVENT = AuditEvent(action="credential.set", organization="installation", target_id="openai")


def config(folder: Path, profile: str = "lite") -> Config:
    return Config.model_validate({"storage": {"path": str(folder), "profile": profile}})


def settings(folder: Path) -> AuditSettings:
    return audit_settings(AuditConfig(), folder, {})


class Writer:
    """Keeps spans in a list."""

    def __init__(self) -> None:
        self.kept: list[Span] = []

    async def write(self, spans: Sequence[Span]) -> int:
        self.kept += spans
        return len(spans)


def actions(audit: Audit) -> list[str]:
    return [entry.action for entry in audit.store.find(AuditQuery())][::-1]


@pytest.mark.anyio
async def test_a_batch_counts_as_kept_when_its_verdicts_are_logged(tmp_path: Path) -> None:
    audit = Audit(tmp_path, settings(tmp_path), SystemClock())
    writer = Writer()
    audited = AuditedWriter(writer, audit.store)
    for _ in range(2):
        assert await audited.write([make_span(2), BLOCKED]) == 2
    assert actions(audit) == ["guard.block"]
    audit.close()
    assert (tmp_path / "audit" / "checkpoints.jsonl").read_bytes().count(b"\n") == 1


@pytest.mark.anyio
async def test_no_call_is_kept_before_its_verdict_is_logged(tmp_path: Path) -> None:
    audit = Audit(tmp_path, settings(tmp_path), SystemClock())
    logged: list[list[str]] = []

    class Watching(Writer):
        async def write(self, spans: Sequence[Span]) -> int:
            logged.append(actions(audit))
            return await super().write(spans)

    await AuditedWriter(Watching(), audit.store).write([BLOCKED])
    assert logged == [["guard.block"]]
    audit.close()


@pytest.mark.anyio
async def test_a_verdict_that_cannot_be_logged_keeps_the_batch_back(tmp_path: Path) -> None:
    audit = Audit(tmp_path, settings(tmp_path), SystemClock(), busy_s=0.05)
    import sqlite3

    other = sqlite3.connect(tmp_path / "records.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError):
        await AuditedWriter(Writer(), audit.store).write([BLOCKED])
    other.execute("ROLLBACK")
    other.close()
    assert await AuditedWriter(Writer(), audit.store).write([BLOCKED]) == 1
    assert actions(audit) == ["guard.block"]
    audit.close()


@pytest.mark.anyio
async def test_it_keeps_up_by_itself_and_tells_what_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    audit = Audit(tmp_path, settings(tmp_path), SystemClock())
    audit.note_configuration(CoreSettings(version=1), starts=True)
    (tmp_path / "audit").write_text("a file where a folder should be")
    task = asyncio.ensure_future(audit.keep_up())
    async with asyncio.timeout(20):
        while "not signed at the moment" not in caplog.text:
            await asyncio.sleep(0.01)
        (tmp_path / "audit").unlink()
        while not (tmp_path / "audit" / "heads.json").exists():
            await asyncio.sleep(0.01)
    task.cancel()
    assert audit.problem() == ""
    audit.signer.broken["default"] = "why"
    assert audit.problem() == "default: why"
    audit.close()


def test_a_configuration_that_cannot_be_logged_keeps_nobody_from_starting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    audit = Audit(tmp_path, settings(tmp_path), SystemClock())
    audit.records.close()
    (tmp_path / "records.db").write_bytes(b"noise" * 5000)
    audit = Audit(tmp_path, settings(tmp_path), SystemClock())
    audit.note_configuration(CoreSettings(version=1), starts=False)
    assert "does not have this configuration" in caplog.text
    audit.close()


def test_a_command_logs_what_it_does_beside_the_server(tmp_path: Path) -> None:
    with noting(config(tmp_path), SystemClock(), EVENT):
        pass
    beside = AuditBeside(config(tmp_path), SystemClock())
    desk = beside.desk
    (shown,) = desk.find(AuditQuery(), limit=9)
    assert (shown.entry.action, shown.entry.actor) == ("credential.set", "command")
    assert shown.personal["actor.name"]
    assert desk.verify().ok
    audit = open_beside(config(tmp_path), SystemClock())
    assert audit.desk.key is not None
    assert desk.key is not None
    assert audit.desk.key.text == desk.key.text
    beside.close()
    audit.close()


def test_in_memory_there_is_no_log_for_commands(tmp_path: Path) -> None:
    with noting(config(tmp_path, "memory"), SystemClock(), EVENT):
        pass
    with pytest.raises(StoreError, match="ask its API"):
        AuditBeside(config(tmp_path, "memory"), SystemClock())
    with pytest.raises(StoreError, match="no audit log"):
        open_beside(config(tmp_path), SystemClock())
