"""Evaluations of texts by the core."""

from pathlib import Path

from vedette.app.evaluations import noting, open_callbacks
from vedette.app.guard import open_desk
from vedette.audit.outbox import Outbox
from vedette.clock import FakeClock
from vedette.model.audit import AuditEvent, AuditQuery
from vedette.model.settings import CoreSettings
from vedette.stores.records.sql import SqlRecords


def test_verdicts_are_noted_while_the_configuration_says_so(tmp_path: Path) -> None:
    clock = FakeClock()
    records = SqlRecords(None, clock, sealing=b"s")
    settings = CoreSettings(version=1)
    note = noting(Outbox(tmp_path, records.audit, clock), lambda: settings)
    note([AuditEvent(action="guard.block"), AuditEvent(action="guard.redact")])
    settings = CoreSettings(version=1, audit_evaluations=False)
    note([AuditEvent(action="guard.flag")])
    found = records.audit.find(AuditQuery())
    assert sorted(entry.action for entry in found) == ["guard.block", "guard.redact"]
    records.close()


async def test_callbacks_of_two_installations_do_not_read_each_others_texts() -> None:
    clock = FakeClock()
    records, desk = SqlRecords(None, clock), open_desk(clock)

    def opened(secret: bytes) -> object:
        settings = CoreSettings(version=1, hash_key=secret)
        return open_callbacks(lambda: settings, records, desk, lambda _: None, clock)._key

    assert opened(b"a") == opened(b"a") != opened(b"b")
    desk.close()
    records.close()
