"""The rows on which bets are made."""

import numpy as np

from tests.support.drifting import calls, observe, take
from vedette.drift.board import Board
from vedette.drift.novelty import Neighbours
from vedette.drift.signals import NUMBERS
from vedette.features.sketch import VOCABULARY_BITS
from vedette.model.drift import Observation


def test_all_rows_together_may_spend_one() -> None:
    board = Board(take(calls(1), 30))
    assert abs(board.number_weights.sum() + board.class_weights.sum() - 1) < 1e-12
    assert len(board.number_names) == len(board.number_weights)
    assert len(board.class_names) == len(board.class_weights)


def test_values_of_a_call_fill_the_rows() -> None:
    board = Board(take(calls(1), 30))
    values = board.read(observe("Why?", "No"), Neighbours(), is_member=False)
    assert len(values.numbers) == len(NUMBERS) + 2
    assert len(values.hit) == len(values.asked) == board.own_classes
    assert values.repeat is None
    assert values.hit[-VOCABULARY_BITS:].sum() == 1
    again = board.read(observe("Why?", "Yes"), Neighbours(), is_member=False)
    assert again.repeat is not None
    flags = slice(board.own_classes - VOCABULARY_BITS - 4, board.own_classes - VOCABULARY_BITS)
    assert again.hit[flags].tolist() == [True, True, False, False]
    assert again.asked[flags].tolist() == [True, True, False, False]


def test_edges_are_compared_with_those_of_the_baseline() -> None:
    board, known = Board(take(calls(1), 30)), Neighbours()
    answer = observe("Why?", "It is as it is").fingerprint.answer
    assert answer is not None
    known.add(answer.min_hash, answer.opening, answer.closing)
    values = board.read(observe("How?", "It is as so it goes"), known, is_member=False)
    edges = slice(board.own_classes - VOCABULARY_BITS - 2, board.own_classes - VOCABULARY_BITS)
    assert values.hit[edges].tolist() == [False, True]
    assert values.asked[edges].tolist() == [True, True]


def test_an_empty_call_says_nothing() -> None:
    board = Board(take(calls(1), 30))
    values = board.read(Observation(), Neighbours(), is_member=False)
    assert np.isnan(values.numbers).all()
    assert not values.asked.any()
    assert not values.hit.any()


def test_only_strangeness_of_words_is_bet_on() -> None:
    board = Board(take(calls(1), 30))
    novelty = board.number_names.index("novelty")
    repeated = board.number_names.index("repeat_similarity")
    assert board.number_weights[novelty, :7].sum() == 0
    assert board.number_weights[repeated, 7:].sum() == 0
