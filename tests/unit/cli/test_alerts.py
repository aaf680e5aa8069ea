"""`vedette alerts`, against a console."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.alerting import alert
from tests.support.console import Console, run_console
from vedette.alerts.book import Book
from vedette.cli import run

Alerts = Callable[..., str]

FILE = """
channels:
  - {name: hook, kind: webhook, options: {url: "https://x.org/s3cret"}}
rules:
  - {name: errors, metric: error_rate, value: 5, channels: [hook]}
  - {name: silence, kind: absence, window_s: 3600}
"""


@pytest.fixture
def console() -> Iterator[Console]:
    with run_console() as running:
        yield running


@pytest.fixture
def alerts(console: Console, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Alerts:
    """Runs the command; returns what it printed."""
    config = tmp_path / "vedette.yaml"
    config.write_text(f"storage: {{path: {tmp_path / 'data'}}}\n")

    def ran(*arguments: str, code: int = 0) -> str:
        command = ["alerts", *arguments, "--config", str(config), "--url", console.url]
        assert run(command) == code
        captured = capsys.readouterr()
        return captured.out + captured.err

    return ran


def apply(alerts: Alerts, tmp_path: Path, text: str = FILE, code: int = 0) -> str:
    file = tmp_path / "alerts.yaml"
    file.write_text(text)
    return alerts("apply", str(file), code=code)


def test_a_file_is_applied_and_applied_again(alerts: Alerts, tmp_path: Path) -> None:
    assert "rule 'errors' created." in apply(alerts, tmp_path)
    assert "rule 'errors' replaced." in apply(alerts, tmp_path)
    assert "error_rate > 5" in alerts("rules")
    assert "no calls in 3600 s" in alerts("rules")
    shown = alerts("channels", "--json")
    assert '"(set)"' in shown
    assert "s3cret" not in shown


def test_what_is_no_such_file(alerts: Alerts, tmp_path: Path) -> None:
    assert "need lists" in apply(alerts, tmp_path, "rules: 3", code=1)
    assert "no valid YAML" in apply(alerts, tmp_path, "{", code=1)
    assert "cannot be read" in alerts("apply", str(tmp_path / "none.yaml"), code=1)
    assert "metric" in apply(alerts, tmp_path, "rules: [{name: a, metric: mood}]", code=1)


def test_rules_and_channels_are_tried_and_deleted(
    alerts: Alerts, console: Console, tmp_path: Path
) -> None:
    apply(alerts, tmp_path)
    assert "Delivered." in alerts("test", "hook")
    console.parts.posted.status = 500
    assert "answered 500" in alerts("test", "hook", code=1)
    assert "GROUP" in alerts("test", "errors", "--rule")
    assert "used by errors" in alerts("delete", "hook", "--channel", code=1)
    alerts("delete", "errors")
    alerts("delete", "hook", "--channel")
    assert "no rule 'errors'" in alerts("delete", "errors", code=1)


def test_the_inbox(alerts: Alerts, console: Console) -> None:
    book = Book(console.services.records, console.parts.clock)
    book.write(alert(owed=()), version=0)
    assert "error_rate is 12.5 %" in alerts("list")
    alerts("ack", "a" * 18, "--by", "ada")
    assert "acknowledged" in alerts("list")
    alerts("resolve", "a" * 18)
    assert '"state": "resolved"' in alerts("list", "--json")
    assert "is over" in alerts("resolve", "a" * 18, code=1)


def test_a_silence(alerts: Alerts, console: Console) -> None:
    assert "Silent until 2023-11-14T22:23:20Z." in alerts("silence", "10", "--rule", "errors")
    assert len(console.get("/api/v1/alert-silences")["items"]) == 1
