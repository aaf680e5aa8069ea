"""Changes outside the record store, through the API."""

from pathlib import Path

from tests.support.console import Console
from vedette.model.audit import AuditQuery


def test_a_change_that_cannot_be_noted_is_not_made(console: Console) -> None:
    Path(console.parts.folder / "pending").write_text("a file where a folder should be")
    answer = console.client.put("/api/v1/credentials/openai", json={"value": "sk-secret"})
    assert answer.status_code == 503
    assert console.get("/api/v1/credentials")["items"] == []


def test_a_change_that_is_refused_is_not_noted(console: Console) -> None:
    assert console.client.delete("/api/v1/credentials/none").status_code == 404
    desk = console.services.audit
    assert desk is not None
    assert desk.find(AuditQuery(action="credential."), limit=9) == ()
