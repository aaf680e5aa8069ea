"""Linear models: windows see what the whole dilutes, repetition counts once."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from vedette.detectors.learned.features import SIZE, Features, extract
from vedette.detectors.learned.linear import (
    BLOCK_CHARS,
    MIN_GRAMS,
    MIN_WORDS,
    WINDOW_BLOCKS,
    LinearModel,
)

RNG = np.random.default_rng(5)


def model(*words: str) -> LinearModel:
    """One head that knows the given words and nothing else; bias -1."""
    weights = np.zeros((SIZE, 1), np.int8)
    for word in words:
        weights[extract(word).words[0], 0] = 100
    return LinearModel(("head",), weights, np.array([0.01], np.float32), np.array([-1], np.float32))


def test_the_score_is_the_sum_over_the_root_of_the_number() -> None:
    scores = model("attack").score(extract("attack now"))
    # Two words, one pair: three different features of words.
    assert scores.whole[0] == pytest.approx(-1 + 1 / math.sqrt(3))
    assert scores.windows.shape == (1, 1)


def test_repetition_counts_once() -> None:
    once = model("attack").score(extract("attack")).whole[0]
    many = model("attack").score(extract("attack " * 50)).whole[0]
    assert many < once


def test_windows_see_what_the_whole_dilutes() -> None:
    filler = " ".join(f"filler{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(300))
    text = f"{filler} attack attack {filler}"
    scores = model("attack").score(extract(text))
    worst = scores.worst_window(0)
    assert scores.windows[worst, 0] == scores.worst(0) > scores.whole[0]
    at = text.index("attack")
    assert worst * BLOCK_CHARS <= at + 1 < (worst + WINDOW_BLOCKS) * BLOCK_CHARS


def test_segments_are_scored_one_by_one() -> None:
    text = "hello there attack now bye bye"
    scores = model("attack").segments(extract(text), np.array([0, 13, 24]))
    assert scores.shape == (3, 1)
    assert int(scores[:, 0].argmax()) == 1
    assert scores[0, 0] == scores[2, 0] == -1


def test_first_places_are_those_of_numpy() -> None:
    indices = RNG.integers(0, 50, 400)
    _, first = np.unique(indices, return_index=True)
    expected = np.zeros(400, np.bool_)
    expected[first] = True
    assert np.array_equal(model().first_places(indices), expected)


def test_the_shipped_model_has_its_heads() -> None:
    shipped = LinearModel.read("attack")
    assert shipped.heads == ("injection", "jailbreak", "hijack", "toxicity", "harmful")
    assert np.isfinite(shipped.score(extract("")).whole).all()


def test_weights_of_another_shape_are_refused() -> None:
    one = np.ones(1, np.float32)
    with pytest.raises(ValueError, match="shape"):
        LinearModel(("head",), np.zeros((8, 1), np.int8), one, one)


def naive(features: Features, weights: NDArray[np.int8], start: int, end: int) -> list[float]:
    """Sums over the roots of the numbers of n-grams that first stand in a range, one by one."""
    parts = []
    for groups, places, least in (
        (features.chars, features.char_at, MIN_GRAMS), (features.words, features.word_at, MIN_WORDS)
    ):  # fmt: skip
        total, count = 0, 0
        for indices, at in zip(groups, places, strict=True):
            seen: set[int] = set()
            for index, place in zip(indices.tolist(), at.tolist(), strict=True):
                if index not in seen and start <= place < end:
                    total += int(weights[index, 0])
                    count += 1
                seen.add(index)
        parts.append(total / math.sqrt(max(count, least if end - start < features.length else 1)))
    return parts


@pytest.mark.parametrize("count", [0, 1, 3, 40, 70, 71, 72, 300, 900])
def test_sums_are_those_of_counting_one_by_one(count: int) -> None:
    weights = RNG.integers(-127, 128, (SIZE, 7)).astype(np.int8)
    one = np.ones(7, np.float32)
    many = LinearModel(tuple("abcdefg"), weights, one, np.zeros(7, np.float32))
    words = [f"w{chr(97 + number % 19)}{number % 23}" for number in range(count)]
    features = extract(" ".join(words))
    scores = many.score(features)
    length = features.length
    assert scores.whole[0] == pytest.approx(sum(naive(features, weights, 0, length)), rel=1e-5)
    for number, window in enumerate(scores.windows if len(scores.windows) > 1 else ()):
        start = number * BLOCK_CHARS
        expected = sum(naive(features, weights, start, start + WINDOW_BLOCKS * BLOCK_CHARS))
        assert window[0] == pytest.approx(expected, rel=1e-4, abs=1e-3)


def test_more_heads_than_bytes_are_refused() -> None:
    eight = np.ones(8, np.float32)
    with pytest.raises(ValueError, match="at most 7"):
        LinearModel(tuple("abcdefgh"), np.zeros((SIZE, 8), np.int8), eight, eight)
