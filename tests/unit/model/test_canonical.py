"""JSON with one spelling, against the examples of RFC 8785."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.canonical import MOST_EXACT, canonical, tamed

NUMBERS = {
    333333333.33333329: "333333333.3333333", 1e30: "1e+30", 4.5: "4.5", 2e-3: "0.002",
    1e-27: "1e-27", 0.0: "0", 1e21: "1e+21", 1e20: "100000000000000000000",
    -1.5e-7: "-1.5e-7", 1e-6: "0.000001", 123456789012345680000.0: "123456789012345680000",
    5e-324: "5e-324", 1.7976931348623157e308: "1.7976931348623157e+308", 12.0: "12",
}  # fmt: skip

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST_EXACT, MOST_EXACT) | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_numbers_are_written_as_ecmascript_does(number: float) -> None:
    assert canonical(number).decode() == NUMBERS[number]


def test_zero_has_no_sign() -> None:
    assert canonical(-0.0) == b"0"


def test_names_are_sorted_by_utf_16() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    text = canonical(dict.fromkeys(names, 0))
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(text)) == order


def test_texts_have_the_shortest_escapes() -> None:
    assert canonical('€$\u000f\nA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@given(JSON)
def test_what_is_written_is_read_as_the_same(value: object) -> None:
    content = canonical(tamed(value))
    assert canonical(json.loads(content)) == content


@pytest.mark.parametrize("value", [math.nan, math.inf, MOST_EXACT + 1, b"x", "\ud800"], ids=repr)
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)


def test_anything_can_be_tamed() -> None:
    wild = {
        "big": MOST_EXACT + 1, "nan": math.nan, "text": "x" * 5000, "half": "\ud800",
        "bytes": b"ab", "many": (1, 2.5, None, {"deep": {3}}), 7: True,
    }  # fmt: skip
    tame = tamed(wild)
    assert json.loads(canonical(tame)) == tame
    assert tame["big"] == str(MOST_EXACT + 1)
    assert tame["text"]["bytes"] == 5000
    assert tame["half"] == "?"
    assert tame["many"] == [1, 2.5, None, {"deep": [3]}]
    assert tame["7"] is True
