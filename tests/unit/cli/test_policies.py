"""`vedette policies`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding
from vedette.guard.policies import read_policy

YAML = """name: bot
description: What our bot may see.
rules:
  - name: personal
    detector: pii
    threshold: {threshold}
    actions: [redact]
"""


@pytest.fixture
def policies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("policies", tmp_path, capsys, monkeypatch) as commands:
        Path("bot.yaml").write_text(YAML.format(threshold=0.5))
        yield commands


def test_a_file_becomes_a_policy_and_a_policy_a_file(policies: Commands) -> None:
    assert "none holds" in policies.run("put", "bot.yaml", "--note", "first")
    shown = policies.run("show", "bot")
    assert read_policy(shown.encode(), source="x") == read_policy(
        Path("bot.yaml").read_bytes(), source="x"
    )
    assert "threshold" not in shown
    assert policies.json("show", "strict")["name"] == "strict"


def test_versions_are_published_compared_and_rolled_back(policies: Commands) -> None:
    policies.run("put", "bot.yaml", "--publish")
    Path("bot.yaml").write_text(YAML.format(threshold=0.8))
    assert "newest version 2, version 1 holds" in policies.run("put", "bot.yaml")
    compared = policies.run("diff", "bot")
    assert "rules.personal.threshold" in compared
    assert "+ 0.8" in compared
    assert "They are the same." in policies.run("diff", "bot", "--from", "2", "--to", "2")
    assert "version 2 is tried on 10 %" in policies.run("publish", "bot", "--share", "10")
    assert "2 (10 %)" in policies.run("list")
    assert "version 1 holds, mode" in policies.run("unpublish", "bot", "--trial")
    assert "version 2 holds" in policies.run("publish", "bot", "--version", "2")
    assert "version 3 holds" in policies.run("rollback", "bot", "1")
    assert "as version 1" in policies.run("versions", "bot")
    assert [v["version"] for v in policies.json("versions", "bot")] == [3, 2, 1]


def test_modes_are_switched_and_policies_deleted(policies: Commands) -> None:
    policies.run("put", "bot.yaml", "--publish")
    assert "mode shadow" in policies.run("mode", "bot", "shadow")
    policies.run("mode", "bot", "enforce", "--rule", "personal")
    assert "none holds" in policies.run("unpublish", "bot")
    assert "Deleted" in policies.run("delete", "bot")
    policies.run("show", "bot", code=1)
    assert "bot" in policies.error


def test_what_is_wrong_is_said_by_field(policies: Commands) -> None:
    Path("bad.yaml").write_text("name: bad\nrules:\n  - {name: x, detector: pij}\n")
    policies.run("put", "bad.yaml", code=1)
    assert "rules[0].detector" in policies.error
    policies.run("put", "none.yaml", code=1)
