"""Parameters are read strictly."""

import pytest

from vedette.query.parameters import Parameter, ParameterError, Parameters, UnknownParameter

KNOWN = tuple(
    Parameter(name=name, description="", schema={}, repeats=name == "many")
    for name in ("count", "size", "kind", "flag", "many")
)


def read(*pairs: tuple[str, str]) -> Parameters:
    return Parameters(pairs, KNOWN)


def test_absent_and_empty_are_the_same() -> None:
    for parameters in (read(), read(("count", ""), ("size", ""), ("kind", ""), ("flag", ""))):
        assert parameters.text("kind") == ""
        assert parameters.integer("count", low=1, high=9, default=5) == 5
        assert parameters.number("size") is None
        assert parameters.choice("kind", ("a",)) is None
        assert parameters.flag("flag", default=True) is True
        assert parameters.many("many") == ()


def test_values_are_read_by_type() -> None:
    parameters = read(("count", "9"), ("size", "1.5"), ("kind", "b"), ("flag", "false"))
    assert parameters.integer("count", low=1, high=9, default=5) == 9
    assert parameters.number("size") == 1.5
    assert parameters.choice("kind", ("a", "b")) == "b"
    assert parameters.flag("flag", default=True) is False


def test_a_parameter_that_repeats_keeps_order_without_doubles() -> None:
    assert read(("many", "b"), ("many", "a"), ("many", "b")).many("many") == ("b", "a")


def test_any_other_given_twice_is_refused() -> None:
    with pytest.raises(ParameterError, match="given twice"):
        read(("kind", "a"), ("kind", "b"))


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownParameter, match="Known: count, flag, kind, many, size"):
        read(("knid", "a"))


@pytest.mark.parametrize("text", ["0", "10", "-1", "1.0", "x", "٣", "9" * 30, "1_0", " 1"])
def test_numbers_out_of_range_say_the_range(text: str) -> None:
    with pytest.raises(ParameterError, match="from 1 to 9"):
        read(("count", text)).integer("count", low=1, high=9, default=5)


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "1e999", "x"])
def test_only_finite_numbers_from_zero_are_numbers(text: str) -> None:
    with pytest.raises(ParameterError, match="0 or more"):
        read(("size", text)).number("size")


def test_a_choice_lists_what_it_takes() -> None:
    with pytest.raises(ParameterError, match="one of a, b") as caught:
        read(("kind", "c")).choice("kind", ("a", "b"))
    assert (caught.value.name, caught.value.value) == ("kind", "c")


@pytest.mark.parametrize("value", ["a\x00b", "a\nb", "\ud800"])
def test_control_characters_and_lone_surrogates_are_refused(value: str) -> None:
    with pytest.raises(ParameterError, match="control characters"):
        read(("kind", value))


def test_long_values_are_refused_and_not_repeated_in_full() -> None:
    with pytest.raises(ParameterError, match="at most 2000") as caught:
        read(("kind", "x" * 2_001))
    assert len(caught.value.message) < 300
