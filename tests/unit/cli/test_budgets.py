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
        assert heading.split()[:5] == ["ID", "SCOPE", "NAME", "WINDOW", "LIMIT"]
        id, *cells = row.split()
        assert cells == [
            "key", made["id"], "1d", "5.000000", "0.000000", "0.000000", "0%", "-", "block",
        ]  # fmt: skip
        (told,) = budgets.json()
        assert told["budget"]["limit_usd"] == "5.000000"
        assert told["id"] == id
        one = budgets.run(id)
        assert "Lately 0.000000 USD a day." in one
        assert "0.000000 USD of it will be spent" in one
        assert budgets.json(id)["forecast"]["exhausted_at"] is None
        budgets.run("none", code=1)
        assert "There is no budget 'none'" in budgets.error
