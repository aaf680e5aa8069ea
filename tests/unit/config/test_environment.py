"""References inside strings, and overrides."""

import pytest

from vedette.config.environment import Expansion, Overrides, join
from vedette.config.tree import Plain, from_plain, plain, read_yaml

SECTIONS = ("gateway", "providers")


def expand(text: str, env: dict[str, str]) -> object:
    expansion = Expansion(env)
    expanded = plain(expansion.expand(from_plain({"k": text}, "f.yaml:1")))
    assert not expansion.problems
    assert isinstance(expanded, dict)
    return expanded["k"]


def override(tree: Plain, env: dict[str, str]) -> tuple[object, Overrides]:
    overrides = Overrides(env, SECTIONS)
    return plain(overrides.apply(from_plain(tree, "f.yaml:1"))), overrides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${A}", "one"),
        ("x-${A}-${B:-two}", "x-one-two"),
        ("${B:-}", ""),
        ("${E:-two}", "two"),
        ("${A:-two}", "one"),
        ("$${A}", "${A}"),
        ("$A and $", "$A and $"),
        ("${B:-http://h:1/v1}", "http://h:1/v1"),
    ],
)
def test_references_are_replaced(text: str, expected: str) -> None:
    assert expand(text, {"A": "one", "E": ""}) == expected


def test_values_of_the_environment_are_not_expanded_again() -> None:
    assert expand("${A}", {"A": "${B}", "B": "x"}) == "${B}"


@pytest.mark.parametrize(
    ("env", "state"), [({}, "A_KEY is not set"), ({"A_KEY": ""}, "A_KEY is empty")]
)
def test_a_missing_variable_is_named_with_line_and_key(env: dict[str, str], state: str) -> None:
    expansion = Expansion(env)
    expansion.expand(read_yaml(b"providers:\n - api_key: x${A_KEY}", "f.yaml"))
    (problem,) = expansion.problems
    assert str(problem).startswith(
        f"f.yaml:2: providers[0].api_key: environment variable {state}: set it"
    )


@pytest.mark.parametrize("text", ["${", "${}", "${1A}", "${A", "${A-b}"])
def test_a_broken_reference_is_an_error(text: str) -> None:
    expansion = Expansion({"A": "x"})
    expansion.expand(from_plain({"k": text}, "f.yaml:1"))
    assert "without a variable" in expansion.problems[0].message


def test_shared_nodes_are_expanded_once() -> None:
    root = read_yaml(b"a: &x {k: '$${A}'}\nb: *x", "f.yaml")
    assert plain(Expansion({"A": "x"}).expand(root)) == {"a": {"k": "${A}"}, "b": {"k": "${A}"}}


def test_an_override_wins_over_the_file_and_says_where_it_came_from() -> None:
    overrides = Overrides({"VEDETTE_GATEWAY__LISTEN": "[::1]:0"}, SECTIONS)
    root = overrides.apply(from_plain({"gateway": {"listen": "x", "workers": 1}}, "f.yaml:1"))
    assert plain(root) == {"gateway": {"listen": "[::1]:0", "workers": 1}}
    assert overrides.used == ["VEDETTE_GATEWAY__LISTEN"]
    assert isinstance(root.value, dict)
    gateway = root.value["gateway"].value
    assert isinstance(gateway, dict)
    assert gateway["listen"].place == "environment VEDETTE_GATEWAY__LISTEN"
    assert gateway["workers"].place == "f.yaml:1"


def test_overrides_reach_into_lists_and_add_to_their_end() -> None:
    env = {
        "VEDETTE_PROVIDERS__0__API_KEY": "k",
        "VEDETTE_PROVIDERS__1__NAME": "b",
        "VEDETTE_PROVIDERS__1__KIND": "openai",
    }
    tree, _ = override({"providers": [{"name": "a"}]}, env)
    assert tree == {"providers": [{"name": "a", "api_key": "k"}, {"name": "b", "kind": "openai"}]}


def test_overrides_build_what_is_not_there() -> None:
    tree, _ = override({}, {"VEDETTE_GATEWAY__LIMITS__IDLE_S": "5", "VEDETTE_PROVIDERS": "x"})
    assert tree == {"gateway": {"limits": {"idle_s": "5"}}}


def test_lists_mappings_and_nothing_can_be_given() -> None:
    env = {
        "VEDETTE_GATEWAY__A": "[x, y]",
        "VEDETTE_GATEWAY__B": "null",
        "VEDETTE_GATEWAY__C": "{d: 1}",
    }
    tree, _ = override({}, env)
    assert tree == {"gateway": {"a": ["x", "y"], "b": None, "c": {"d": 1}}}


def test_a_position_beyond_the_end_is_an_error() -> None:
    tree, overrides = override({}, {"VEDETTE_PROVIDERS__3__NAME": "x"})
    assert tree == {}
    assert not overrides.used
    assert "environment VEDETTE_PROVIDERS__3__NAME: providers: has 0 entries" in str(
        overrides.problems[0]
    )


def test_a_name_is_no_position_and_the_variable_is_named() -> None:
    tree, overrides = override({"providers": [{"name": "a"}]}, {"VEDETTE_PROVIDERS__A__KIND": "x"})
    assert tree == {"providers": [{"name": "a"}]}
    assert str(overrides.problems[0]) == (
        "environment VEDETTE_PROVIDERS__A__KIND: providers: has 1 entries, so a is no position in "
        "it: 0 is the first"
    )


def test_a_number_is_a_key_where_there_is_a_mapping() -> None:
    tree, _ = override({"gateway": {"days": {"7": "1"}}}, {"VEDETTE_GATEWAY__DAYS__7": "2"})
    assert tree == {"gateway": {"days": {"7": "2"}}}


def test_a_whole_section_can_be_given_and_its_parts_after_it() -> None:
    env = {"VEDETTE_PROVIDERS": "[{name: a}]", "VEDETTE_PROVIDERS__0__KIND": "x"}
    tree, overrides = override({"providers": [{"name": "b"}, {"name": "c"}]}, env)
    assert tree == {"providers": [{"name": "a", "kind": "x"}]}
    assert overrides.used == sorted(env)


def test_a_section_that_is_no_yaml_is_suspected() -> None:
    _, overrides = override({}, {"VEDETTE_GATEWAY": "tcp://10.0.0.1:80"})
    assert overrides.suspects == ["VEDETTE_GATEWAY"]


def test_an_unknown_section_is_an_error() -> None:
    _, overrides = override({}, {"VEDETTE_GATEWEY__LISTEN": "x"})
    assert "Did you mean 'gateway'?" in str(overrides.problems[0])


def test_a_single_underscore_is_suspected_and_foreign_names_are_left_alone() -> None:
    _, overrides = override({}, {"VEDETTE_GATEWAY_LISTEN": "x", "VEDETTE_CONFIG": "y", "PATH": "z"})
    assert overrides.suspects == ["VEDETTE_GATEWAY_LISTEN"]
    assert not overrides.problems


def test_paths_are_written_as_people_read_them() -> None:
    assert join(join(join("", "providers"), 0), "name") == "providers[0].name"
