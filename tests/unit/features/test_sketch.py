"""Lexical sketches against the similarity that they estimate."""

from hypothesis import given
from hypothesis import strategies as st

from vedette.features.sketch import (
    BINS,
    VOCABULARY_BITS,
    min_hash,
    overlap,
    similarity,
    vocabulary,
)

WORDS = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=300)


@given(WORDS)
def test_a_text_is_wholly_similar_to_itself(words: list[int]) -> None:
    assert similarity(min_hash(words), min_hash(words)) == 1.0


@given(WORDS, WORDS)
def test_similarity_is_a_share_and_symmetric(one: list[int], other: list[int]) -> None:
    a, b = min_hash(one), min_hash(other)
    assert len(a) == 2 * BINS
    assert 0 <= similarity(a, b) == similarity(b, a) <= 1


def spread(count: int, start: int = 0) -> list[int]:
    """Numbers that are spread as hashes are."""
    return [(start + index) * 0x9E3779B97F4A7C15 % 2**64 for index in range(1, count + 1)]


def test_similarity_estimates_jaccard() -> None:
    shared = spread(200)
    one, other = shared + spread(100, 1_000), shared + spread(100, 5_000)
    # 200 words and 199 pairs in common, of 400 words and about 400 pairs in all.
    assert 0.35 < similarity(min_hash(one), min_hash(other)) < 0.65
    assert similarity(min_hash(spread(200)), min_hash(spread(200, 9_000))) < 0.1


def test_the_order_of_words_counts() -> None:
    words = spread(100)
    assert similarity(min_hash(words), min_hash(words[::-1])) < 0.9


def test_no_words_are_like_no_words_only() -> None:
    assert min_hash([]) == b""
    assert similarity(b"", b"") == 1.0
    assert similarity(b"", min_hash([1])) == 0.0


@given(WORDS)
def test_vocabulary_has_a_bit_for_each_bucket_with_a_word(words: list[int]) -> None:
    bits = vocabulary(words)
    assert len(bits) == VOCABULARY_BITS // 8
    buckets = {number >> 55 for number in words}
    assert int.from_bytes(bits, "little").bit_count() == len(buckets)


@given(WORDS, WORDS)
def test_overlap_is_the_shared_part(one: list[int], other: list[int]) -> None:
    a, b = vocabulary(one), vocabulary(other)
    assert overlap(a, a) == 1
    assert 0 <= overlap(a, b) <= 1
    assert overlap(b"", a) == 0
    assert overlap(a, vocabulary([*one, *other])) == 1
