"""`vedette cache`."""

import json
from pathlib import Path

import pytest

from tests.support.console import run_console
from vedette.cli import run
from vedette.gateway.purging import PurgeFile


def test_figures_and_forgetting(capsys: pytest.CaptureFixture[str]) -> None:
    with run_console() as console:
        assert run(["cache", "stats", "--url", console.url]) == 0
        said = capsys.readouterr().out
        assert "HITS     0 of 0" in said
        assert "SHARED" not in said
        assert run(["cache", "stats", "--json", "--url", console.url]) == 0
        assert json.loads(capsys.readouterr().out)["enabled"] is True
        asked = ["cache", "purge", "--model", "fast", "--tag", "t", "--url", console.url]
        assert run(asked) == 0
        assert "Workers forget what was kept before" in capsys.readouterr().out
        (purge,) = PurgeFile(str(Path(console.parts.folder) / "cache.purges")).changed()
        assert (purge.model, purge.tag) == ("fast", "t")
        assert run(["cache", "purge", "--all", "--url", console.url]) == 0


@pytest.mark.parametrize("options", [[], ["--all", "--tag", "t"]], ids=str)
def test_it_has_to_be_said_which(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    assert run(["cache", "purge", *options]) == 1
    assert "Say which answers" in capsys.readouterr().err
