"""What was looked at once is not looked at again."""

from collections.abc import Mapping
from typing import Any

import pytest

from vedette.clock import FakeClock
from vedette.guard.canonical import Canonicalizer
from vedette.guard.engine import Guard, Passage
from vedette.guard.memory import REMEMBERED_CHARS, Memory
from vedette.model.policy import Finding, Policy, Rule, Where
from vedette.ports.detector import Detection, Evidence, Subject


class Counting:
    """Finds the word `bad`, and counts how often it looked."""

    name = "counting"
    where: frozenset[Where] = frozenset({"input", "output", "system"})
    is_heavy = False

    def __init__(self) -> None:
        self.looks = 0
        self.fails = 0

    def detect(self, subject: Subject) -> Detection:
        self.looks += 1
        if self.fails:
            self.fails -= 1
            raise ValueError
        at = subject.text.find("bad")
        if at < 0:
            return Detection()
        found = Finding(detector=self.name, kind="bad", score=1.0, start=at, end=at + 3)
        return Detection(score=1.0, findings=(found,))


POLICY = Policy(
    name="p", rules=(Rule(name="r", detector="counting", where=("input", "output", "system")),)
)


@pytest.fixture
def detector() -> Counting:
    return Counting()


@pytest.fixture
def guard(detector: Counting) -> Guard:
    def make(name: str, options: Mapping[str, Any]) -> Counting:
        return detector

    return Guard(make, FakeClock())


def test_a_conversation_that_grows_is_looked_at_once_a_turn(
    guard: Guard, detector: Counting
) -> None:
    turns = [Passage(text=f"turn {number}, bad") for number in range(5)]
    for count in range(1, 6):
        verdict = guard.evaluate(turns[:count], POLICY)
        assert [finding.message for finding in verdict.findings] == list(range(count))
    assert detector.looks == 5


def test_the_same_text_at_another_place_is_another(guard: Guard, detector: Counting) -> None:
    guard.evaluate([Passage(text="hello"), Passage(text="hello", where="system")], POLICY)
    assert detector.looks == 2


def test_what_depends_on_more_than_the_text_is_known_beside_the_same(
    guard: Guard, detector: Counting
) -> None:
    for canary in ("c", "c", "d", "c"):
        told = Evidence(canaries=(canary,))
        guard.evaluate([Passage(text="hello", where="output", evidence=told)], POLICY)
    assert detector.looks == 2


def test_what_cannot_be_compared_quickly_is_looked_at_anew(
    guard: Guard, detector: Counting
) -> None:
    told = Evidence(schema={"type": "object"})
    for _ in range(2):
        guard.evaluate([Passage(text="hello", where="output", evidence=told)], POLICY)
    assert detector.looks == 2


def test_numbers_of_what_stands_beside_a_text_are_never_given_again() -> None:
    memory, reads = Memory(Canonicalizer()), frozenset({"question"})
    numbers = [memory.beside(Evidence(question=f"{n}"), reads) for n in range(100)]
    assert len(set(numbers)) == 100
    assert memory.beside(Evidence(question="0"), reads) not in numbers
    assert memory.beside(Evidence(question="99"), reads) == numbers[-1]
    assert memory.beside(Evidence(canaries=("c",)), reads) == 0
    assert memory.beside(Evidence(), None) is None


def test_a_failure_is_not_remembered(guard: Guard, detector: Counting) -> None:
    detector.fails = 1
    assert guard.evaluate([Passage(text="bad")], POLICY).bypassed
    assert guard.evaluate([Passage(text="bad")], POLICY).findings


def test_long_known_texts_are_quick(guard: Guard) -> None:
    long = [Passage(text="word " * 2_000)]
    assert not guard.is_quick(long, POLICY)
    guard.evaluate(long, POLICY)
    assert guard.is_quick(long, POLICY)
    assert not guard.is_quick([*long, Passage(text="other " * 2_000)], POLICY)


def test_memory_is_bounded_and_keeps_what_is_asked_for() -> None:
    memory = Memory(Canonicalizer())
    texts = [f"word{number} " * (REMEMBERED_CHARS // 200) for number in range(60)]
    memory.known(texts[0], "input")
    for text in texts[1:]:
        memory.known(text, "input")
        assert memory.recall(texts[0], "input") is not None
    found = [memory.recall(text, "input") for text in texts]
    assert sum(known is not None for known in found) <= 20


def test_what_is_too_long_is_not_kept() -> None:
    memory = Memory(Canonicalizer())
    long = "some words " * (REMEMBERED_CHARS // 10)
    assert not memory.known(long, "input").lasts
    assert memory.recall(long, "input") is None
