"""The table of fields."""

import pytest

from vedette.model.fields import FIELDS, KEYED, field_type


def test_every_field_is_told_and_choices_belong_to_choices() -> None:
    for name, type_ in FIELDS.items():
        assert type_.help.endswith("."), name
        assert bool(type_.choices) == (type_.kind == "choice"), name
    assert set(FIELDS) >= KEYED


def test_an_unknown_field_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        field_type("nothing")
