"""`vedette import litellm`, with LiteLLM configurations of our own under `litellm/`.

What is expected is what `vedette import litellm NAME.yaml >NAME.expected.yaml 2>NAME.findings.txt`
writes there; read it before it is committed.
"""

import json
import re
from pathlib import Path

import pytest

from vedette.cli import run

FOLDER = Path(__file__).parent / "litellm"
NAMES = sorted(path.name.removesuffix(".findings.txt") for path in FOLDER.glob("*.findings.txt"))


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the variables that the examples refer to is set."""
    monkeypatch.chdir(FOLDER)
    for variable in variables("".join(path.read_text() for path in FOLDER.glob("*.expected.yaml"))):
        monkeypatch.delenv(variable, raising=False)


def variables(text: str) -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{(\w+)\}", text))


def test_there_are_examples() -> None:
    assert len(NAMES) >= 4


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("bare")
def test_an_example_is_converted_as_expected(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "litellm", f"{name}.yaml"]) == 0
    out, err = capsys.readouterr()
    assert out == Path(f"{name}.expected.yaml").read_text()
    assert err == Path(f"{name}.findings.txt").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_valid_once_its_variables_are_set(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = FOLDER / f"{name}.expected.yaml"
    account = tmp_path / "account.json"
    fields = {"type": "service_account", "client_email": "a@b", "private_key": "x"}
    account.write_text(json.dumps(fields))
    for variable in variables(written.read_text()):
        monkeypatch.setenv(variable, "https://x.example" if "BASE" in variable else "secret")
    monkeypatch.setenv("VERTEX_FILE", str(account))
    assert run(["validate", "--config", str(written)]) == 0
    assert "is valid" in capsys.readouterr().out


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(
        "model_list: [{model_name: m, litellm_params: {model: openai/m, api_key: hunter2}}]"
    )
    return path


def test_a_file_is_written_for_its_owner_alone(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = config.with_name("vedette.yaml")
    assert run(["import", "litellm", str(config), "--output", str(written)]) == 0
    out, err = capsys.readouterr()
    assert "3 settings: 3 exact, 0 approximated, 0 unsupported." in out
    assert "hunter2" not in out + err
    assert "hunter2" in written.read_text()
    assert written.stat().st_mode & 0o777 == 0o600
    assert run(["validate", "--config", str(written)]) == 0


def test_a_file_is_replaced_only_by_force(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = config.with_name("vedette.yaml")
    written.write_text("mine")
    assert run(["import", "litellm", str(config), "-o", str(written)]) == 1
    assert "add --force" in capsys.readouterr().err
    assert written.read_text() == "mine"
    assert run(["import", "litellm", str(config), "-o", str(written), "--force"]) == 0
    assert "openai" in written.read_text()


def test_what_must_be_settled_by_hand_is_named(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(
        "model_list:\n"
        "- {model_name: a, litellm_params: {model: openai/m, api_base: no address}}\n"
        "- {model_name: b, litellm_params: {model: groq/m, api_key: two words}}\n"
        "- {model_name: c, litellm_params: {model: groq/m, ssl_verify: missing.pem}}\n"
    )
    assert run(["import", "litellm", str(config)]) == 1
    err = capsys.readouterr().err
    assert "To be settled by hand: vedette.yaml:" in err
    assert "providers[0].base_url" in err
    assert "providers[1].api_key: value (hidden)" in err
    assert run(["import", "litellm", str(config), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) >= 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no such file"),
        ("- a\n", "expected a mapping"),
        ("a: [", "not valid YAML"),
        ("a: *b\n", "not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_so(
    content: str | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.yaml"
    if content is not None:
        path.write_text(content)
    assert run(["import", "litellm", str(path)]) == 1
    assert told in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_said_so(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = config.with_name("missing") / "vedette.yaml"
    assert run(["import", "litellm", str(config), "-o", str(place)]) == 1
    assert "Cannot write" in capsys.readouterr().err
