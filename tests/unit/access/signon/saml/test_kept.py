"""What is kept of assertions, and how little."""

import os

import pytest

from vedette.access.signon.refusals import SignOnRefused, SignOnStale
from vedette.access.signon.saml.kept import (
    MOST_ANSWERS,
    MOST_USED,
    WAIT_S,
    Answer,
    Answers,
    Used,
)
from vedette.access.signon.saml.said import Person, Said
from vedette.clock import FakeClock
from vedette.model.signon import SamlPresence

PERSON = Person(subject="7", email="", name="", groups=())
ANSWER = Answer(
    provider="p", issuer="i", recipient="r",
    said=Said(
        id="a", in_response_to="_q", made_s=0.0, expires_s=1.0, person=PERSON,
        presence=SamlPresence(subject="a"),
    ),
)  # fmt: skip


def test_an_answer_is_taken_once_by_its_ticket() -> None:
    answers = Answers(FakeClock(), os.urandom)
    ticket = answers.keep(ANSWER)
    assert len(ticket) >= 43
    for other in ("", "x", ticket[:-1], ticket + "x", "\udcff"):
        with pytest.raises(SignOnStale):
            answers.take(other)
    assert answers.take(ticket) == ANSWER
    with pytest.raises(SignOnStale):
        answers.take(ticket)


def test_an_answer_waits_for_a_moment_only() -> None:
    clock = FakeClock()
    answers = Answers(clock, os.urandom)
    ticket = answers.keep(ANSWER)
    clock.advance(WAIT_S)
    with pytest.raises(SignOnStale):
        answers.take(ticket)


def test_answers_have_bounds() -> None:
    clock = FakeClock()
    answers = Answers(clock, os.urandom)
    tickets = [answers.keep(ANSWER) for _ in range(MOST_ANSWERS)]
    with pytest.raises(SignOnRefused, match="at once"):
        answers.keep(ANSWER)
    assert answers.take(tickets[0])
    answers.keep(ANSWER)
    clock.advance(WAIT_S)
    assert answers.take(answers.keep(ANSWER))


def test_an_id_is_used_once_while_it_counts() -> None:
    clock = FakeClock()
    used, until_s = Used(clock), clock.now_ns() / 1e9 + 100
    used.use("i", "a", until_s)
    used.use("other", "a", until_s)
    with pytest.raises(SignOnRefused, match="used before"):
        used.use("i", "a", until_s)
    clock.advance(99.9)
    with pytest.raises(SignOnRefused, match="used before"):
        used.use("i", "a", until_s)


def test_ids_have_bounds_and_none_is_forgotten_too_soon() -> None:
    clock = FakeClock()
    used, until_s = Used(clock), clock.now_ns() / 1e9 + 100
    for number in range(MOST_USED):
        used.use("i", str(number), until_s)
    with pytest.raises(SignOnRefused, match="at once"):
        used.use("i", "more", until_s)
    with pytest.raises(SignOnRefused, match="used before"):
        used.use("i", "0", until_s)
    clock.advance(100)
    used.use("i", "more", until_s + 100)
