"""Money in and out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.query.money import EXPECTED, format_usd, parse_usd


@pytest.mark.parametrize(
    ("nano", "shown"),
    [
        (None, None),
        (0, "0.000000"),
        (1_250_000, "0.001250"),
        (499, "0.000000"),
        (500, "0.000001"),
        (1_999_999_999_999, "2000.000000"),
        (-1_500, "-0.000002"),
        (-499, "0.000000"),
    ],
)
def test_money_is_shown_to_the_micro_dollar(nano: int | None, shown: str | None) -> None:
    assert format_usd(nano) == shown


@given(st.integers(0, 10**18))
def test_what_is_shown_is_within_half_a_micro_dollar(nano: int) -> None:
    shown = format_usd(nano)
    assert shown is not None
    assert abs(Decimal(shown) * 10**9 - nano) <= 500
    assert parse_usd(shown) == Decimal(shown) * 10**9


@pytest.mark.parametrize(
    ("text", "nano"), [("0", 0), ("0.00125", 1_250_000), ("12.000000001", 12_000_000_001)]
)
def test_amounts_are_read_exactly(text: str, nano: int) -> None:
    assert parse_usd(text) == nano


@pytest.mark.parametrize(
    "text", ["", "-1", "1e3", "NaN", "1,5", ".5", "0.0000000001", "9" * 10, "٣"]
)
def test_anything_else_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="amount in USD") as caught:
        parse_usd(text)
    assert str(caught.value) == EXPECTED
