"""`vedette baseline`, against a console."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.console import run_console
from vedette.cli import run


@pytest.fixture
def baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    config = tmp_path / "vedette.yaml"
    config.write_text(f"storage: {{path: {tmp_path / 'data'}}}\n")

    def ran(url: str, *arguments: str, code: int = 0) -> str:
        assert run(["baseline", *arguments, "--config", str(config), "--url", url]) == code
        captured = capsys.readouterr()
        return captured.out + captured.err

    return ran


def test_from_creation_to_deletion(baseline: Callable[..., str]) -> None:
    with run_console() as console:
        made = baseline(console.url, "create", "spring", "--model", "gpt", "--size", "50")
        assert "spring fills with the next 50 calls." in made
        listed = baseline(console.url, "list")
        assert "model gpt" in listed
        assert "0/50" in listed
        assert '"name": "spring"' in baseline(console.url, "list", "--json")
        assert "has 0 calls yet" in baseline(console.url, "freeze", "spring", code=1)
        assert "Deleted spring." in baseline(console.url, "delete", "spring")
        assert "no baseline" in baseline(console.url, "delete", "spring", code=1)
