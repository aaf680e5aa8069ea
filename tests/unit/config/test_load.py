"""From a file and an environment to a checked configuration."""

import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from vedette.config.errors import ConfigProblems
from vedette.config.load import Discovered, LoadedConfig, Notice, find_file, load, read_routes
from vedette.config.schema import Config
from vedette.config.tree import Plain
from vedette.errors import ConfigError
from vedette.providers.catalogue import load_kinds

CONTRACT = """\
gateway: {listen: "127.0.0.1:4000", workers: 1}
console: {listen: "127.0.0.1:4001"}
otlp: {http: "127.0.0.1:4318", grpc: "127.0.0.1:4317"}
storage: {profile: lite, path: "./vedette-data"}        # lite | memory | production
capture: {mode: full, max_body_bytes: 262144}           # full | redacted | hash | none
providers:
  - {name: a, kind: openai, base_url: "http://127.0.0.1:9101/v1", api_key: "${A_KEY}",
     timeouts: {connect_s: 3, first_byte_s: 30, first_token_s: 60, idle_s: 30, total_s: 600}}
  - {name: b, kind: openai, base_url: "http://127.0.0.1:9102/v1"}
routes:
  - {model: fast, strategy: fallback, retries: 2, targets: [{provider: a, model: m1}, {provider: b, model: m2}]}
"""  # noqa: E501
EXAMPLE = Path(__file__).parents[3] / "vedette.example.yaml"


def write(directory: Path, text: str) -> Path:
    path = directory / "f.yaml"
    path.write_text(text)
    return path


def problems(path: Path, env: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigProblems) as raised:
        load(path, env or {}, kinds=load_kinds())
    return [str(problem).replace(str(path), "f.yaml") for problem in raised.value.problems]


def settings_of(loaded: LoadedConfig) -> set[str]:
    return {key for key in loaded.origins or {} if loaded.origin(key) != "default"}


def test_the_contract_loads(tmp_path: Path) -> None:
    config = load(write(tmp_path, CONTRACT), {"A_KEY": "sk-1"}, kinds=load_kinds()).config
    key = config.providers[0].api_key
    assert key is not None
    assert key.get_secret_value() == "sk-1"
    assert config.providers[1].api_key is None
    assert config.routes[0].targets[1].model == "m2"
    assert config.capture.max_body_bytes == 262_144


def test_an_unset_key_names_file_line_key_and_variable(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, CONTRACT))
    assert problem == (
        "f.yaml:7: providers[0].api_key: environment variable A_KEY is not set: "
        "set it, or write ${A_KEY:-default}"
    )


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
gateway:
  listen: 4000
  workers: two
  lisen: x
providers:
  - name: a/b
    base_url: "ftp://me:hunter2@h/v1?key=hunter2"
    api_key: ${A_KEY}
    apikey: hunter2
    headers: {authorization: [hunter2], "a b": hunter2}
routes:
  - {model: slow}
loging: {level: info}
"""
    found = problems(write(tmp_path, text))
    assert "hunter2" not in "\n".join(found)
    assert [line.split(": ")[:2] for line in found] == [
        ["f.yaml:2", "gateway.listen"],
        ["f.yaml:3", "gateway.workers"],
        ["f.yaml:4", "gateway"],
        ["f.yaml:6", "providers[0].name"],
        ["f.yaml:6", "providers[0].kind"],
        ["f.yaml:7", "providers[0].base_url"],
        ["f.yaml:8", "providers[0].api_key"],
        ["f.yaml:9", "providers[0]"],
        ["f.yaml:10", "providers[0].headers.authorization"],
        ["f.yaml:10", "providers[0].headers.a b"],
        ["f.yaml:12", "routes[0].targets"],
        ["f.yaml:13", "Unknown key 'loging'. Did you mean 'logging'? Known"],
    ]
    assert "value 'two': expected a whole number" in found[1]
    assert "Unknown key 'lisen'. Did you mean 'listen'?" in found[2]
    assert "is required: Row of the provider catalogue" in found[4]
    assert found[4].endswith("or `ollama`; `openai_compatible` for anything else")
    assert "Did you mean 'api_key'?" in found[7]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gateway: {workers: 99}", "value 99: expected a number of at most 64"),
        ("gateway: {sim: maybe}", "value 'maybe': expected true or false"),
        ("gateway: []", "value a list: expected a mapping of keys and values"),
        ("providers: {name: a}", "value a mapping: expected a list"),
        ("capture: {mode: some}", "value 'some': expected 'full', 'redacted', 'hash' or 'none'"),
        ("storage: {profile: production}", "expected lite or memory: the production profile"),
        ("storage: {path: [x]}", "value a list: expected text"),
        ("routes: [{model: x, targets: []}]", "expected at least one entry"),
    ],
)
def test_a_value_is_shown_with_what_was_expected(tmp_path: Path, text: str, expected: str) -> None:
    (problem,) = problems(write(tmp_path, text))
    assert problem.startswith("f.yaml:1: ")
    assert expected in problem


@pytest.mark.parametrize(
    "text", ["providers: '[{api_key: hunter2'", "gateway: 'api_keys: hunter2'"]
)
def test_text_in_the_place_of_parts_is_not_shown(tmp_path: Path, text: str) -> None:
    (problem,) = problems(write(tmp_path, text))
    assert "value text: expected a " in problem
    assert "hunter2" not in problem


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    assert problems(Path("/dev/zero")) == ["f.yaml: is larger than 1048576 bytes"]


def test_a_bad_value_from_the_environment_is_shown_as_its_reference(tmp_path: Path) -> None:
    path = write(tmp_path, "gateway: {workers: '${WORKERS}'}")
    assert problems(path, {"WORKERS": "hunter2"}) == [
        "f.yaml:1: gateway.workers: value '${WORKERS}': expected a whole number"
    ]


def test_an_override_is_typed_and_its_mistakes_name_the_variable(tmp_path: Path) -> None:
    path = write(tmp_path, "gateway: {workers: 1}")
    loaded = load(path, {"VEDETTE_GATEWAY__WORKERS": "3", "VEDETTE_GATEWAY__SIM": "false"})
    assert (loaded.config.gateway.workers, loaded.config.gateway.sim) == (3, False)
    assert loaded.overrides == ("VEDETTE_GATEWAY__SIM", "VEDETTE_GATEWAY__WORKERS")
    assert loaded.origin("gateway.workers") == "environment VEDETTE_GATEWAY__WORKERS"
    assert problems(path, {"VEDETTE_GATEWAY__WORKERS": "x"}) == [
        "environment VEDETTE_GATEWAY__WORKERS: gateway.workers: value 'x': expected a whole number"
    ]


def test_rules_over_several_settings_name_their_line(tmp_path: Path) -> None:
    text = (
        "providers:\n- {name: a, kind: opnai}\nroutes:\n- model: x\n  targets:\n  - {provider: b}\n"
    )
    found = problems(write(tmp_path, text))
    assert found[0].startswith("f.yaml:2: providers[0].kind: Unknown kind 'opnai'.")
    assert found[1].startswith("f.yaml:6: routes[0].targets[0].provider: Unknown provider 'b'")


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file or directory.*--config"):
        load(tmp_path / "none.yaml", {})


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a directory"):
        load(tmp_path, {})


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, "- hunter2"))
    assert "expected sections (gateway, console," in problem
    assert "found a list" in problem


def test_the_file_here_comes_before_the_one_of_the_environment(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    assert find_file({}, tmp_path) is None
    assert find_file({"VEDETTE_CONFIG": str(other)}, tmp_path) == other
    (tmp_path / "vedette.yaml").write_text("")
    assert find_file({"VEDETTE_CONFIG": str(other)}, tmp_path) == tmp_path / "vedette.yaml"


def found_one(env: object, config: Config) -> Discovered:
    settings = {"name": "openai", "kind": "openai", "api_key": "${KEY}"}
    return Discovered((("environment KEY", settings),), (Notice("found", "OpenAI"),))


def test_discovery_fills_in_where_there_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = load(None, {"VEDETTE_GATEWAY__WORKERS": "2"}, kinds=load_kinds(), discover=found_one)
    assert loaded.path is None
    assert loaded.config.gateway.workers == 2
    assert loaded.notices == (Notice("found", "OpenAI"),)
    assert loaded.origin("providers[0].api_key") == "environment KEY"
    key = loaded.config.providers[0].api_key
    assert key is not None
    # What the environment holds is taken as it is.
    assert key.get_secret_value() == "${KEY}"


def test_discovery_does_not_touch_providers_that_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"VEDETTE_PROVIDERS__0__NAME": "mine", "VEDETTE_PROVIDERS__0__KIND": "ollama"}
    loaded = load(None, env, kinds=load_kinds(), discover=found_one)
    assert [provider.name for provider in loaded.config.providers] == ["mine"]


def test_a_file_without_providers_is_not_filled_in_but_gets_a_hint(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, "gateway: {sim: false}"), {}, discover=found_one)
    assert loaded.config.providers == ()
    assert [notice.kind for notice in loaded.notices] == ["next"]
    assert "has no providers" in loaded.notices[0].text
    with_sim = load(write(tmp_path, "gateway: {workers: 2}"), {}, discover=found_one)
    assert with_sim.notices == ()


def test_a_variable_with_one_underscore_is_mentioned(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, CONTRACT), {"A_KEY": "k", "VEDETTE_GATEWAY_LISTEN": "x"})
    assert "VEDETTE_GATEWAY_LISTEN is not a setting" in loaded.notices[0].text


def test_a_variable_that_the_file_refers_to_is_not_mentioned(tmp_path: Path) -> None:
    path = write(tmp_path, "console: {token: '${VEDETTE_CONSOLE_TOKEN:-}'}")
    assert load(path, {"VEDETTE_CONSOLE_TOKEN": "x"}).notices == ()


def test_the_example_loads_and_holds_every_setting() -> None:
    loaded = load(EXAMPLE, {}, kinds=load_kinds())
    # What one provider or route of the example does not need another one shows.
    written = {re.sub(r"\[\d+\]", "", key) for key in settings_of(loaded)}
    assert set(_all_settings(Config, "")) - written == set()


def test_routes_from_elsewhere_are_read_by_the_same_rules() -> None:
    target: Plain = {"provider": "a", "when": {"capability": "tools"}}
    (route,) = read_routes([{"model": "r", "targets": [target]}], ["a"])
    assert route.targets[0].when is not None
    assert route.targets[0].when.capability == ("tools",)


def test_all_that_is_wrong_with_them_is_told_and_nothing_that_only_follows() -> None:
    target: Plain = {"provider": "a", "weight": "much"}
    with pytest.raises(ConfigProblems) as caught:
        read_routes([{"model": "r", "targets": [target], "retries": 99}], ["a"])
    assert [problem.key for problem in caught.value.problems] == [
        "routes[0].retries",
        "routes[0].targets[0].weight",
    ]
    with pytest.raises(ConfigProblems, match="Unknown provider 'b' in route 'r'"):
        read_routes([{"model": "r", "targets": [{"provider": "b"}]}], ["a"])
    with pytest.raises(ConfigProblems, match="at least one entry"):
        read_routes([{"model": "r", "targets": []}], ["a"])


def _all_settings(section: type[BaseModel], path: str) -> Iterator[str]:
    for field_name, field in section.model_fields.items():
        name = field.alias or field_name
        inner = list(_sections_in(field.annotation))
        if not inner:
            yield f"{path}{name}"
        for below in inner:
            yield from _all_settings(below, f"{path}{name}.")


def _sections_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The sections that an annotation is made of: `tuple[RouteConfig, ...] | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in get_args(annotation):
        yield from _sections_in(argument)
