import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.gemini_partial_args import PartialArguments


def put_together(*pieces: dict[str, Any]) -> Any:
    arguments = PartialArguments()
    for piece in pieces:
        arguments.add(piece)
    return json.loads(arguments.text())


def test_pieces_of_a_text_are_joined() -> None:
    assert put_together(
        {"jsonPath": "$.city", "stringValue": "Kö", "willContinue": True},
        {"json_path": "$.city", "string_value": "ln"},
    ) == {"city": "Köln"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.a.b", {"a": {"b": 1}}),
        ("$['a b'].c", {"a b": {"c": 1}}),
        ('$["a"]', {"a": 1}),
        ("$.a[1]", {"a": [None, 1]}),
        ("$.a[0].b", {"a": [{"b": 1}]}),
        ("$[0]", {"0": 1}),
    ],
)
def test_paths(path: str, expected: Any) -> None:
    assert put_together({"jsonPath": path, "numberValue": 1}) == expected


def test_values_of_every_kind() -> None:
    assert put_together(
        {"jsonPath": "$.b", "boolValue": False},
        {"jsonPath": "$.n", "nullValue": "NULL_VALUE"},
        {"jsonPath": "$.m", "nullValue": None},
        {"jsonPath": "$.f", "numberValue": 0.5},
        {"jsonPath": "$.s", "stringValue": ""},
    ) == {"b": False, "n": None, "m": None, "f": 0.5, "s": ""}


@pytest.mark.parametrize("path", ["", "a", "$", "$..a", "$.a[", "$.a[99999]", "$.a[x]"])
def test_a_place_that_makes_no_sense_changes_nothing(path: str) -> None:
    assert put_together({"jsonPath": path, "numberValue": 1}) == {}


steps = st.sampled_from([".a", ".b", "[0]", "[2]", "['c']"])


@given(st.lists(st.tuples(st.lists(steps, min_size=1, max_size=4),
                          st.sampled_from(["stringValue", "numberValue", "nullValue"])),
                max_size=6))  # fmt: skip
def test_no_pieces_are_an_error(pieces: list[tuple[list[str], str]]) -> None:
    made = put_together(*({"jsonPath": "$" + "".join(path), kind: "x"} for path, kind in pieces))
    assert isinstance(made, dict)
