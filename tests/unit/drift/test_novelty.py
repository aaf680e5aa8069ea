"""How unlike known answers an answer is."""

import math
import random

import numpy as np

from tests.support.drifting import HASHER, long_answer
from vedette.drift.novelty import Neighbours, similarities
from vedette.features.sketch import BINS, min_hash, similarity


def sketch(text: str) -> bytes:
    return min_hash(HASHER.words(text))


def test_another_text_is_more_novel_than_one_of_the_same_kind() -> None:
    chance = random.Random(1)
    known = Neighbours()
    texts = [long_answer(chance) for _ in range(40)]
    for text in texts:
        known.add(sketch(text), "", "")
    usual = known.novelty(sketch(long_answer(chance)), is_member=False)
    strange = known.novelty(sketch("Une réponse d'un tout autre genre"), is_member=False)
    assert usual < 0.8 < 0.95 < strange


def test_a_member_is_not_compared_with_itself() -> None:
    known = Neighbours()
    for index in range(9):
        known.add(min_hash([index * 2**40 + n * 2**50 for n in range(1, 30)]), "", "")
    known.add(sketch("the only one of its kind"), "", "")
    assert known.novelty(sketch("the only one of its kind"), is_member=True) > 0.9
    assert known.novelty(sketch("the only one of its kind"), is_member=False) < 0.7


def test_few_or_no_words_say_nothing() -> None:
    known = Neighbours()
    assert math.isnan(known.novelty(sketch("a"), is_member=False))
    for _ in range(10):
        known.add(sketch("a b c"), "", "")
        known.add(b"", "", "")
    assert math.isnan(known.novelty(b"", is_member=False))
    assert known.novelty(sketch("a b c"), is_member=False) == 0


def test_their_number_has_a_bound() -> None:
    known = Neighbours()
    for index in range(1_000):
        known.add(min_hash([index + 1]), "", "")
    assert known.novelty(min_hash([1]), is_member=False) < 0.7


def test_many_similarities_at_once_are_those_of_the_pairs() -> None:
    texts = ["a b c", "a b d", "no", "the long and winding road"]
    sketches = [sketch(text) for text in texts]
    rows = np.frombuffer(b"".join(sketches), "<u2").reshape(-1, BINS)
    for one in sketches:
        assert similarities(rows, one).tolist() == [similarity(one, other) for other in sketches]


def test_edges_are_new_where_no_answer_has_them() -> None:
    known = Neighbours()
    for opening, closing in (("a", "x"), ("a", "y"), ("b", "y"), ("a", "y")):
        known.add(b"", opening, closing)
    assert known.answers == 4
    assert known.new_edges("b", "z", is_member=False) == (False, True)
    assert known.new_edges("c", "x", is_member=False) == (True, False)


def test_a_rare_edge_of_a_member_counts_as_new() -> None:
    known = Neighbours()
    for opening, closing in (("a", "x"), ("a", "y"), ("a", "x"), ("b", "z")):
        known.add(b"", opening, closing)
    assert known.new_edges("a", "x", is_member=True) == (False, True)
    assert known.new_edges("b", "z", is_member=True) == (True, True)
