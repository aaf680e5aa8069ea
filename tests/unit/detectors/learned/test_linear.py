"""Linear models: windows see what the whole dilutes, repetition counts once."""

import math

import numpy as np
import pytest

from vedette.detectors.learned.features import SIZE, extract
from vedette.detectors.learned.linear import BLOCK_CHARS, LinearModel

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
    worst = int(scores.windows[:, 0].argmax())
    assert scores.windows[worst, 0] > scores.whole[0]
    at = text.index("attack")
    assert worst * BLOCK_CHARS <= at + 1 < (worst + 3) * BLOCK_CHARS


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
