"""The generated parts of the docs."""

from pathlib import Path

import pytest

from vedette.cli import reference

ROOT = Path(__file__).parents[3]


def test_the_docs_are_current() -> None:
    for page in ("configuration.md", "cli.md"):
        text = (ROOT / "docs" / page).read_text("utf-8")
        assert "<!-- generated: " in text
        assert reference.current(text) == text, "run python -m vedette.cli.reference"


def test_every_setting_has_value_default_and_meaning() -> None:
    text = reference.settings()
    assert "### `providers[].timeouts`" in text
    assert "### `routes[].targets[]`" in text
    assert "| `workers` | whole number, 1 to 64 | `1` | Worker processes that share the" in text
    assert "| `token` | secret | empty |" in text
    assert "| `name` | text | required |" in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert all(line.count(" | ") >= 3 and not line.endswith("|  |") for line in rows)


def test_every_kind_has_a_row() -> None:
    assert "| `ollama` | Ollama | http://127.0.0.1:11434/v1 |" in reference.kinds()


def test_commands_have_options_and_examples() -> None:
    text = reference.commands()
    assert "### `vedette traces export`" in text
    assert "| `--role` | all\\|gateway\\|core | Which processes to run. Default: `all`. |" in text
    assert "| `TRACE_ID` | str | Trace id, 32 hex digits. |" in text
    assert "- `vedette validate`" in text


def test_stale_pages_are_reported_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "docs" / "x.md"
    page.parent.mkdir()
    page.write_text("# X\n<!-- generated: kinds -->\nold\n<!-- end -->\nrest\n")
    assert reference.main(["--check"]) == 1
    assert "x.md is not current" in capsys.readouterr().err
    assert reference.main([]) == 0
    assert "old" not in page.read_text()
    assert page.read_text().endswith("<!-- end -->\nrest\n")
    assert reference.main(["--check"]) == 0
