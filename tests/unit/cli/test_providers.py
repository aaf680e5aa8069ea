"""`vedette providers`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.sim import running_sim
from tests.support.upstream import closed_port
from vedette.cli import run

PROVIDERS = """\
gateway: {{sim: false}}
providers:
  - {{name: a, kind: openai, base_url: "{url}", api_key: hunter2, models: ["m*"]}}
  - {{name: b, kind: groq, api_keys: [hunter2, hunter3]}}
  - {{name: c, kind: mistral, api_key_file: "{key}", dialects: [openai_chat]}}
  - {{name: d, kind: ollama, base_url: "http://127.0.0.1:{closed}"}}
  - {{name: e, kind: bedrock, base_url: "https://bedrock-runtime.eu-west-1.amazonaws.com",
      aws: {{region: eu-west-1, access_key_id: AK, secret_access_key: hunter2}}}}
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_sim() as found:
        yield found


@pytest.fixture
def file(tmp_path: Path, url: str) -> Path:
    key = tmp_path / "key"
    key.write_text("hunter2")
    path = tmp_path / "f.yaml"
    path.write_text(PROVIDERS.format(url=url, key=key, closed=closed_port()))
    return path


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, dict[str, Any]]:
    assert run(["providers", "list", "--json", *options]) == 0
    out = capsys.readouterr().out
    assert "hunter" not in out
    return {row["name"]: row for row in json.loads(out)["providers"]}


def test_what_is_configured_is_listed(
    file: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = listed(capsys, "-c", str(file))
    assert list(rows) == ["a", "b", "c", "d", "e"]
    assert rows["a"]["base_url"] == url
    assert rows["a"]["models"] == ["m*"]
    assert rows["a"]["from"] == f"{file}:3"
    assert rows["c"]["dialects"] == ["openai_chat"]
    assert {name: row["key"] for name, row in rows.items()} == {
        "a": f"{file}:3",
        "b": f"2 keys, {file}:4",
        "c": f"file {file.with_name('key')}",
        "d": "the client's own",
        "e": f"{file}:8",
    }


def test_the_list_is_for_people_too(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["providers", "list", "-c", str(file)]) == 0
    out = capsys.readouterr().out
    assert "hunter" not in out
    assert "b (groq)  https://api.groq.com/openai/v1\n" in out
    assert "  speaks  openai_chat, openai_responses\n" in out


def test_without_a_file_it_shows_what_was_discovered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VEDETTE_CONFIG", raising=False)
    monkeypatch.setenv("MISTRAL_API_KEY", "hunter2")
    rows = listed(capsys)
    assert rows["mistral"]["key"] == "environment MISTRAL_API_KEY"
    assert rows["sim"]["from"] == "built in"


def test_what_is_found_beside_the_file_is_shown_when_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XAI_API_KEY", "hunter2")
    monkeypatch.setenv("GROQ_API_KEY", "hunter2")
    assert "xai" not in listed(capsys, "-c", str(file))
    rows = listed(capsys, "-c", str(file), "--discover")
    assert rows["xai"]["from"] == "environment XAI_API_KEY, not configured"
    assert "groq" not in rows


def test_what_is_found_has_the_address_of_its_region(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "hunter2")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    path = tmp_path / "f.yaml"
    path.write_text("gateway: {sim: false}\n")
    row = listed(capsys, "-c", str(path), "--discover")["bedrock"]
    assert row["base_url"] == "https://bedrock-runtime.eu-west-1.amazonaws.com"
    assert row["key"] == "environment AWS_BEARER_TOKEN_BEDROCK"


def test_a_provider_is_tried(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["providers", "test", "a", "-c", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (row,) = told["providers"]
    assert (told["ok"], row["verdict"]) == (True, "ok")
    assert [step["step"] for step in row["steps"]] == ["connect", "models"]
    assert run(["providers", "test", "a", "-c", str(file)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("a: ok\n  connect")


def test_a_failure_is_an_exit_code(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["providers", "test", "d", "-c", str(file)]) == 1
    assert "connection refused" in capsys.readouterr().out
    assert run(["providers", "test", "d", "-c", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_an_unknown_name_says_which_there_are(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["providers", "test", "x", "-c", str(file)]) == 1
    assert "Unknown provider 'x'. Known: a, b, c, d, e." in capsys.readouterr().err
