import pytest

from vedette.features.fingerprint import read_fingerprint
from vedette.features.hashing import TextHasher
from vedette.features.writing import read_print, write_print


def test_a_fingerprint_survives_its_writing() -> None:
    made = read_fingerprint(
        hasher=TextHasher(b"k" * 16), template="t", input="When?", answer="At noon.", tools=["a"]
    )
    assert read_print(write_print(made)) == made


@pytest.mark.parametrize("text", ["", "!", "QUJD", "x" * 1_000])
def test_what_is_none_reads_as_none(text: str) -> None:
    assert read_print(text) is None
