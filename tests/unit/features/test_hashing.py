"""Keyed hashes of texts and words."""

from hypothesis import given
from hypothesis import strategies as st

from vedette.features.hashing import _WORD, TextHasher, _ascii_words

KEY = b"0123456789abcdef"


@given(st.text(min_size=1))
def test_another_key_gives_another_hash(text: str) -> None:
    assert TextHasher(KEY).text(text) == TextHasher(KEY).text(text)
    assert TextHasher(KEY).text(text) != TextHasher(KEY + b"x").text(text)


def test_the_empty_text_has_the_empty_hash() -> None:
    assert TextHasher(KEY).text("") == ""
    assert len(TextHasher(KEY).text("a")) == 32


def test_a_key_of_any_length_will_do() -> None:
    long = b"k" * 1_000
    assert TextHasher(long).text("a") != TextHasher(long + b"k").text("a")
    assert TextHasher(b"").text("a")


def test_words_are_numbers_of_64_bits_without_regard_to_case() -> None:
    hasher = TextHasher(KEY)
    assert hasher.words("Yes, the 42 words") == hasher.words("yes the 4 2 WORDS!")
    assert all(0 <= number < 1 << 64 for number in hasher.words("one two three"))


def test_signs_of_languages_without_blanks_are_words() -> None:
    assert len(TextHasher(KEY).words("我不能回答")) == 5


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    hasher = TextHasher(KEY)
    assert hasher.words(text) == hasher.words(text)


def test_the_memory_of_words_has_a_bound() -> None:
    hasher = TextHasher(KEY)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [a + b + c + d for a in letters for b in letters for c in letters for d in letters]
    first = hasher.words("abba")
    hasher.words(" ".join(words[:70_000]))
    assert len(hasher._words) <= 65_536
    assert hasher.words("abba") == first


@given(st.text(st.characters(max_codepoint=127)))
def test_words_of_plain_ascii_are_those_of_any_text(text: str) -> None:
    assert _ascii_words(text) == _WORD.findall(text.lower())
