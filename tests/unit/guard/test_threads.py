"""Threads of a detector: bounded, replaced where one hangs, and never those of another one."""

import threading

import pytest

from vedette.guard.threads import MOST_LOST, Threads

WAIT_S = 30.0


class Door:
    """A look that waits until it is let through."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.inside = threading.Semaphore(0)

    def look(self) -> str:
        self.inside.release()
        self.opened.wait(WAIT_S)
        return "seen"


def test_what_a_look_says_or_raises_comes_back() -> None:
    threads = Threads("x", 2)
    assert threads.run(lambda: 5, WAIT_S) == 5
    with pytest.raises(KeyError):
        threads.run(_nowhere, WAIT_S)
    with pytest.raises(TimeoutError, match="its own"):
        threads.run(_out_of_time, WAIT_S)
    assert threads.run(lambda: 6, WAIT_S) == 6


def test_what_would_end_the_thread_is_a_failure() -> None:
    threads = Threads("x", 1)
    with pytest.raises(RuntimeError, match="SystemExit"):
        threads.run(_exit, WAIT_S)
    assert threads.run(lambda: 5, WAIT_S) == 5


def test_others_look_while_some_hang() -> None:
    threads, door = Threads("x", 2), Door()
    for _ in range(5):
        with pytest.raises(TimeoutError):
            threads.run(door.look, 0.01)
        assert door.inside.acquire(timeout=WAIT_S)
    assert threads.run(lambda: 5, WAIT_S) == 5
    door.opened.set()
    assert threads.run(lambda: 6, WAIT_S) == 6


def test_there_is_a_bound_to_threads_that_hang() -> None:
    threads, door = Threads("x", 1), Door()
    before = threading.active_count()
    for _ in range(MOST_LOST + 10):
        with pytest.raises(TimeoutError):
            threads.run(door.look, 0.01)
    assert threading.active_count() - before <= MOST_LOST + 1
    door.opened.set()
    assert threads.run(lambda: 5, WAIT_S) == 5


def test_no_more_look_at_a_time_than_may() -> None:
    threads, door = Threads("x", 2), Door()
    askers = [threading.Thread(target=threads.run, args=(door.look, WAIT_S)) for _ in range(6)]
    for asker in askers:
        asker.start()
    for _ in range(2):
        assert door.inside.acquire(timeout=WAIT_S)
    assert not door.inside.acquire(blocking=False)
    door.opened.set()
    for asker in askers:
        asker.join(WAIT_S)
    assert not any(asker.is_alive() for asker in askers)


def test_nothing_begins_after_the_end() -> None:
    threads = Threads("x", 2)
    threads.close()
    with pytest.raises(RuntimeError, match="closed"):
        threads.run(lambda: 5, WAIT_S)


def _out_of_time() -> None:
    raise TimeoutError("its own")


def _nowhere() -> None:
    raise KeyError("a")


def _exit() -> None:
    raise SystemExit(3)
