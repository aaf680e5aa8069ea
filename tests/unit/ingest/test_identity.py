import pytest

from vedette.dialects.otlp_shape import OtlpSpan
from vedette.ingest.identity import clean_id, made_ids


@pytest.mark.parametrize(
    ("text", "id"),
    [("ab" * 8, "ab" * 8), ("", ""), ("00" * 8, ""), ("ab" * 16, "ab" * 16),
     ("q6urq6urq6s=", "ab" * 8)],
)  # fmt: skip
def test_ids_become_hex(text: str, id: str) -> None:
    assert clean_id(text, 8) == id


@pytest.mark.parametrize("text", ["abc", "no hex", "ab" * 40, "====", "ü"])
def test_what_is_no_hex_becomes_the_same_hash_each_time(text: str) -> None:
    made = clean_id(text, 8)
    assert made == clean_id(text, 8)
    assert len(bytes.fromhex(made)) == 8


def test_ids_are_made_from_what_a_span_says() -> None:
    one, same, other = (OtlpSpan(name=name) for name in "aab")
    assert made_ids(one) == made_ids(same) != made_ids(other)
    assert [len(id) for id in made_ids(one)] == [32, 16]
