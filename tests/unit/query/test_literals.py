"""Values of filters in the unit of their field."""

import pytest

from vedette.model.expression import Field, Value
from vedette.query.literals import print_value, read_value


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("cost", "$0.25", 250_000_000),
        ("duration", "1.5m", 90_000.0),
        ("duration", "20", 20.0),
        ("tokens", "1e3", 1000.0),
        ("root", "Yes", True),
        ("status", "ERROR", "error"),
        ("trace", "AB", "ab"),
        ("attributes", "12", 12),
        ("attributes", "false", False),
        ("attributes", "v1.2.3", "v1.2.3"),
    ],
)
def test_values_are_read_by_their_field(field: str, raw: str, value: Value) -> None:
    key = "k" if field == "attributes" else ""
    found = read_value(Field(field, key), raw, is_quoted=False, now_ns=0)
    assert found == value
    assert type(found) is type(value)
    written = print_value(Field(field, key), value)
    assert written.strip('"')


@pytest.mark.parametrize(
    ("field", "raw", "need"),
    [("tokens", "many", "a number"), ("root", "maybe", "true or false"),
     ("duration", "1 fortnight", "a duration"), ("text", "  ", "a phrase")],
)  # fmt: skip
def test_a_wrong_value_says_what_is_needed(field: str, raw: str, need: str) -> None:
    with pytest.raises(ValueError, match=need):
        read_value(Field(field), raw, is_quoted=False, now_ns=0)


def test_a_quoted_number_of_an_attribute_stays_text() -> None:
    assert read_value(Field("attributes", "k"), "12", is_quoted=True, now_ns=0) == "12"
