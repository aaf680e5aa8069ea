"""What is remembered of others, and for how long."""

from vedette.clock import FakeClock
from vedette.detectors.remote.memory import MOST, Memory, digest


def test_what_was_said_is_known_for_a_while() -> None:
    clock = FakeClock()
    memory: Memory[str] = Memory(10.0, clock)
    memory.keep(b"a", "yes")
    assert memory.recall(b"a") == "yes"
    clock.advance(11)
    assert memory.recall(b"a") is None


def test_a_memory_of_no_time_keeps_nothing() -> None:
    memory: Memory[str] = Memory(0.0, FakeClock())
    memory.keep(b"a", "yes")
    assert memory.recall(b"a") is None


def test_the_oldest_goes_first() -> None:
    memory: Memory[int] = Memory(10.0, FakeClock())
    for n in range(MOST + 1):
        memory.keep(b"%d" % n, n)
    assert memory.recall(b"0") is None
    assert memory.recall(b"%d" % MOST) == MOST


def test_parts_of_a_question_do_not_run_into_each_other() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("\ud800") == digest("?")
