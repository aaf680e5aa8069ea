"""`vedette probe`, against a console whose probes run at once."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.console import Console, run_console
from tests.support.probing import ProbeWorld, answered
from vedette.cli import run
from vedette.errors import VedetteError


@pytest.fixture
def probe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    config = tmp_path / "vedette.yaml"
    config.write_text(f"storage: {{path: {tmp_path / 'data'}}}\n")

    def ran(url: str, *arguments: str, code: int = 0) -> str:
        assert run(["probe", *arguments, "--config", str(config), "--url", url]) == code
        captured = capsys.readouterr()
        return captured.out + captured.err

    return ran


class Answering:
    """Runs the probe of a console as soon as a run is wanted."""

    def __init__(self, console: Console) -> None:
        self.world = ProbeWorld(console.services.records, console.parts.clock)  # type: ignore[arg-type]
        self.world.project = "default"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> ProbeWorld:
        self._thread.start()
        return self.world

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)

    def _serve(self) -> None:
        while not self._over.wait(0.02):
            # A probe may be changed or deleted while it runs: as in the core, the loop goes on.
            with suppress(VedetteError):
                self._run_wanted()

    def _run_wanted(self) -> None:
        for kept in self.world.book.list("default"):
            if self.world.book.state("default", kept.probe.name)[0].wanted:
                self.world.clock.advance(1)
                self.world.run(kept.probe.name)


def test_from_the_first_run_to_the_end(probe: Callable[..., str]) -> None:
    with run_console() as console, Answering(console) as world:
        url = console.url
        made = probe(
            url, "add", "capital", "--model", "m", "--prompt", "Well?",
            "--expect", "contains=Paris", "--expect", "refusal=no", "--set", "samples=2",
        )  # fmt: skip
        assert "Added capital. It runs now, and then every 60 minutes." in made
        ran = probe(url, "run", "capital")
        assert ran.count("passed") == 2
        assert "It is Paris." in ran
        assert json.loads(probe(url, "run", "capital", "--json"))["status"] == "passed"
        world.answer = lambda: answered("Lyon")
        assert "does not contain 'Paris'" in probe(url, "run", "capital", code=1)
        shown = probe(url, "show", "capital")
        assert "baseline m 4 of 20 answers" in shown
        assert "2/2" in shown
        listed = probe(url, "list")
        assert "failed" in listed
        assert '"is_failing": true' in probe(url, "list", "--json")
        assert "waits until" in probe(url, "pause", "capital")
        assert "paused" in probe(url, "list")
        assert "every 60 minutes" in probe(url, "resume", "capital")
        assert "the baseline of capital" in probe(url, "rebase", "capital")
        assert "capital runs." in probe(url, "run", "capital", "--no-wait")
        assert "Removed capital." in probe(url, "remove", "capital")
        assert "no probe 'capital'" in probe(url, "show", "capital", code=1)


def test_a_probe_from_a_file(probe: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "probe.json"
    file.write_text(json.dumps({
        "name": "x", "models": ["m"], "prompt": "Well?", "cron": "0 * * * *",
        "expect": {"max_tokens": 9},
    }))  # fmt: skip
    with run_console() as console:
        added = probe(
            console.url, "add", "filed", "--file", str(file), "--expect", "exact=5",
            "--set", 'parameters={"temperature": 0}',
        )  # fmt: skip
        assert "at 0 * * * *" in added
        found = json.loads(probe(console.url, "show", "filed", "--json"))["probe"]
    assert found["expect"]["exact"] == "5"
    assert found["expect"]["max_tokens"] == 9
    assert (found["name"], found["parameters"]) == ("filed", {"temperature": 0})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--prompt", "x"), "Say whom to ask"),
        (("--model", "m", "--expect", "contains"), "need NAME=VALUE"),
        (("--model", "m", "--prompt", "x", "--set", "samples=99"), "samples: need 1 to 20"),
        (("--file", "/nowhere"), "Cannot read '/nowhere'"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_what_cannot_be_added(
    probe: Callable[..., str], arguments: tuple[str, ...], said: str
) -> None:
    with run_console() as console:
        assert said in probe(console.url, "add", "capital", *arguments, code=1)
