"""`vedette limits`."""

from pathlib import Path

import pytest

from tests.support.commands import commanding


def test_limits_are_listed_with_what_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with commanding("limits", tmp_path, capsys, monkeypatch) as limits:
        sent = {"project": "default", "name": "k", "limits": {"rpm": 5}}
        made = limits.console.client.post("/api/v1/keys", json=sent).json()
        _, row = limits.run().splitlines()
        assert row.split() == ["key", made["id"], "default", "requests", "5", "0", "open"]
        (told,) = limits.json()
        assert (told["unit"], told["limit"]) == ("requests", "5")
