"""The console of a running Vedette is found, asked, and understood."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import run_console
from tests.support.ports import free_ports
from vedette.cli.options import load_config
from vedette.cli.remote import (
    NoConsole,
    Refused,
    Remote,
    place,
    running_console,
    running_gateway,
)
from vedette.errors import BadRequest

TOKEN = "the-token"


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration of an installation that does not run."""
    monkeypatch.delenv("VEDETTE_TOKEN", raising=False)
    return write(tmp_path, {"listen": f"127.0.0.1:{free_ports(1)[0]}"})


def write(folder: Path, console: dict[str, Any]) -> Path:
    file = folder / "vedette.yaml"
    file.write_text(json.dumps({
        "console": console, "storage": {"path": str(folder / "data")},
    }))  # fmt: skip
    return file


def run_at(folder: Path, url: str) -> None:
    """As a running Vedette leaves its addresses."""
    (folder / "data").mkdir()
    state = {"pid": 1, "version": "1", "gateway": "", "console": url.removeprefix("http://")}
    (folder / "data" / "serve.json").write_text(json.dumps(state))


def test_the_console_is_found_where_it_says_that_it_is(configured: Path) -> None:
    with run_console() as console:
        run_at(configured.parent, console.url)
        remote = Remote.find(configured, "")
        made = remote.send("POST", "/projects", {"name": "a"})
        assert remote.get(place("projects", made["id"])) == made
        assert remote.send("DELETE", place("projects", made["id"])) is None


def test_the_token_is_that_of_the_configuration_or_of_the_environment(
    configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    with run_console(token_sha256=digest) as console:
        with pytest.raises(Refused, match="VEDETTE_TOKEN"):
            Remote.find(configured, console.url).get("/projects")
        write(configured.parent, {"token": f"sha256:{digest}"})
        with pytest.raises(Refused, match="VEDETTE_TOKEN"):
            Remote.find(configured, console.url).get("/projects")
        write(configured.parent, {"token": TOKEN})
        assert Remote.find(configured, console.url).get("/projects")["items"]
        write(configured.parent, {})
        monkeypatch.setenv("VEDETTE_TOKEN", TOKEN)
        assert Remote.find(configured, console.url).get("/projects")["items"]


def test_a_console_with_a_name_is_called_by_it(configured: Path) -> None:
    with run_console(allowed_hosts=("console.example",)) as console:
        run_at(configured.parent, console.url)
        with pytest.raises(Refused, match="does not answer to the host"):
            Remote.find(configured, "").get("/projects")
        write(configured.parent, {"allowed_hosts": ["console.example"]})
        assert Remote.find(configured, "").get("/projects")["items"]


def test_lists_are_read_to_their_end(configured: Path) -> None:
    with run_console() as console:
        remote = Remote.find(configured, console.url)
        access = console.services.access
        assert access is not None
        from vedette.access.keys import KeySettings

        for number in range(1_001):
            access.keys.create("default", KeySettings(name=str(number)))
        assert len({key["id"] for key in remote.pages("/keys", project="default")}) == 1_001


def test_what_the_console_refuses_is_said_in_its_words(configured: Path) -> None:
    with run_console() as console:
        remote = Remote.find(configured, console.url)
        with pytest.raises(Refused, match="There is no project 'none'"):
            remote.get("/projects/none")
        with pytest.raises(Refused, match=r"limits\.rpm"):
            remote.send("POST", "/projects", {"name": "a", "limits": {"rpm": "x"}})


def test_where_nothing_answers_it_is_said_what_to_do(configured: Path) -> None:
    with pytest.raises(NoConsole, match="vedette serve"):
        Remote.find(configured, "").get("/projects")
    with pytest.raises(BadRequest, match="--url"):
        Remote.find(configured, "console.example:80")


def test_steps_of_a_path_stay_steps() -> None:
    assert place("keys", "../projects/a b") == "/keys/..%2Fprojects%2Fa%20b"


def test_the_gateway_is_the_one_that_runs_else_the_one_that_would(tmp_path: Path) -> None:
    file = write(tmp_path, {"listen": "127.0.0.1:4801"})
    loaded = load_config(file)
    assert running_gateway(loaded) == "http://127.0.0.1:4000"
    assert running_console(loaded) == "http://127.0.0.1:4801"
    (tmp_path / "data").mkdir()
    state = {"pid": 1, "version": "1", "gateway": "0.0.0.0:4802", "console": "127.0.0.1:4803"}
    (tmp_path / "data" / "serve.json").write_text(json.dumps(state))
    assert running_gateway(loaded) == "http://127.0.0.1:4802"
    assert running_console(loaded) == "http://127.0.0.1:4803"
