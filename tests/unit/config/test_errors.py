"""Messages about what is wrong."""

from vedette.config.errors import ConfigProblems, Problem, shown, unknown


def test_a_problem_is_told_with_place_and_key() -> None:
    assert (
        str(Problem("f.yaml:3", "gateway.listen", "is odd")) == "f.yaml:3: gateway.listen: is odd"
    )
    assert str(Problem("f.yaml", "", "is odd")) == "f.yaml: is odd"


def test_all_problems_are_told_at_once() -> None:
    error = ConfigProblems([Problem("f:1", "a", "x"), Problem("f:2", "b", "y")])
    assert error.message == "f:1: a: x\nf:2: b: y"
    assert error.code == "invalid_config"


def test_an_unknown_name_says_which_was_meant_and_which_there_are() -> None:
    message = unknown("provider", "opnai", ["openai", "azure"])
    assert message == "Unknown provider 'opnai'. Did you mean 'openai'? Known: azure, openai."
    many = unknown("kind", "zzz", [f"k{number:03}" for number in range(50)])
    assert many.endswith("k038, k039 and 10 more.")
    assert unknown("provider", "zzz", []) == "Unknown provider 'zzz'. Known: none."


def test_lists_and_mappings_are_never_printed() -> None:
    assert shown({"api_key": "hunter2"}) == "a mapping"
    assert shown(["hunter2"]) == "a list"


def test_long_values_are_cut() -> None:
    assert len(shown("x" * 1_000)) < 80
    assert shown(None) == "nothing"
