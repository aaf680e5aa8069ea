"""Checkpoints go beside the store unless told otherwise."""

from pathlib import Path

from vedette.app.audit_rules import audit_settings
from vedette.config.audit import AuditConfig


def test_settings_have_their_places(tmp_path: Path) -> None:
    found = audit_settings(AuditConfig(), tmp_path, {})
    assert found.checkpoints == str(tmp_path / "audit" / "checkpoints.jsonl")
    given = audit_settings(AuditConfig(checkpoints="/mnt/x"), None, {})
    assert given.checkpoints == "/mnt/x"
    assert audit_settings(AuditConfig(), None, {}).checkpoints == ""
