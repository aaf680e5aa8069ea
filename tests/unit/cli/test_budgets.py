"""`vedette budgets`."""

from pathlib import Path

import pytest

from tests.support.commands import commanding


def test_budgets_are_listed_with_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with commanding("budgets", tmp_path, capsys, monkeypatch) as budgets:
        sent = {"project": "default", "name": "k", "budgets": [{"limit_usd": 5, "window": "1d"}]}
        made = budgets.console.client.post("/api/v1/keys", json=sent).json()
        heading, row = budgets.run().splitlines()
        assert heading.split()[:5] == ["SCOPE", "NAME", "WINDOW", "LIMIT", "SPENT"]
        assert row.split() == [
            "key", made["id"], "1d", "5.000000", "0.000000", "0.000000", "0%", "-", "block",
        ]  # fmt: skip
        (told,) = budgets.json()
        assert told["budget"]["limit_usd"] == "5.000000"
