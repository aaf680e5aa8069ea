"""Cursors survive the trip and nothing else does."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.query import Position
from vedette.query.cursors import decode_cursor, encode_cursor


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.from_regex(r"[0-9a-f]{1,64}", fullmatch=True))
def test_a_cursor_comes_back_as_the_position_it_was(start_ns: int, id: str) -> None:
    cursor = encode_cursor(Position(start_ns, id))
    assert cursor is not None
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert decode_cursor(cursor) == Position(start_ns, id)


def test_the_end_has_no_cursor() -> None:
    assert encode_cursor(None) is None


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "x", "!!!!", "AAAA", packed("[1]"), packed('["a","b"]'), packed('[1,"../etc"]'),
        packed(f'[{2**63},"ab"]'), packed('[1,"ab\'; drop"]'), packed("{}"), "é",
    ],
)  # fmt: skip
def test_forged_cursors_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="next_cursor"):
        decode_cursor(text)


@given(st.text())
def test_any_text_is_a_position_or_a_clear_refusal(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(decode_cursor(text), Position)
