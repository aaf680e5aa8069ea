"""What workers count together is counted once, whatever becomes of a worker."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.marks import several_holders
from vedette.clock import FakeClock
from vedette.costs import counters as module
from vedette.costs.accounts import Account, Balance, Charge, Refused
from vedette.costs.counters import Busy, Counters
from vedette.costs.windows import RING, Window

NOW = 1_800_000_000_000_000_000
S = 1_000_000_000
FORK = multiprocessing.get_context("fork")


def account(limit: int, window: str = "total", *, name: str = "a", strict: bool = True) -> Account:
    return Account(name, limit, Window(window), strict=strict)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Counters]:
    counters = Counters.at(str(tmp_path / "counters"))
    counters.join()
    yield counters
    counters.close()


def joined(path: Path) -> Counters:
    counters = Counters.at(str(path / "counters"))
    counters.join()
    return counters


def test_a_call_is_held_in_all_scopes_or_in_none(shared: Counters) -> None:
    key, project = account(100, name="key"), account(50, name="project")
    charges = [Charge(key, 40), Charge(project, 40)]
    assert shared.reserve(charges, NOW) == [60, 10]
    refused = shared.reserve(charges, NOW)
    assert refused == Refused(project, 10, may_free=True)
    assert shared.balance(key, NOW)[:2] == (0, 40)


def test_what_was_used_takes_the_place_of_what_was_held(shared: Counters) -> None:
    budget = account(100)
    shared.reserve([Charge(budget, 90)], NOW)
    shared.settle([(budget, 90, 30)], NOW)
    assert shared.balance(budget, NOW)[:2] == (30, 0)
    assert shared.reserve([Charge(budget, 70)], NOW) == [0]


def test_the_last_call_of_a_budget_may_go_beyond_it_but_only_alone(shared: Counters) -> None:
    budget = account(100, strict=False)
    assert shared.reserve([Charge(budget, 80)], NOW) == [20]
    assert shared.reserve([Charge(budget, 80)], NOW) == Refused(budget, 20, may_free=True)
    shared.settle([(budget, 80, 80)], NOW)
    assert shared.reserve([Charge(budget, 80)], NOW) == [-60]
    shared.settle([(budget, 80, 80)], NOW)
    assert shared.reserve([Charge(budget, 1)], NOW) == Refused(budget, 0, may_free=False)


def test_a_rate_lets_exactly_so_many_through_in_any_window(shared: Counters) -> None:
    rate = account(3, "1m")
    clock = FakeClock(NOW)
    admitted: list[int] = []
    for _ in range(400):
        if not isinstance(shared.reserve([Charge(rate, 0, 1)], clock.now_ns()), Refused):
            admitted.append(clock.now_ns())
        clock.advance(0.7)
    assert len(admitted) >= 3 * (400 * 0.7 // 62)
    for first, fourth in zip(admitted, admitted[3:], strict=False):
        assert fourth - first > 60 * S


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 50)), max_size=30))
def test_no_window_ever_holds_more_than_the_limit(steps: list[tuple[int, int]]) -> None:
    counters, limit = Counters.private(), account(100, "1m")
    clock, spent = FakeClock(NOW), list[tuple[int, int]]()
    for wait_s, amount in steps:
        clock.advance(wait_s)
        now_ns = clock.now_ns()
        if not isinstance(counters.reserve([Charge(limit, 0, amount)], now_ns), Refused):
            spent.append((now_ns, amount))
        window = [amount for at_ns, amount in spent if at_ns > now_ns - 60 * S]
        assert sum(window) <= 100
        assert sum(window) <= counters.balance(limit, now_ns).spent


def test_a_refused_call_learns_when_there_will_be_room(shared: Counters) -> None:
    rate = account(2, "1m")
    shared.reserve([Charge(rate, 0, 1)], NOW)
    shared.reserve([Charge(rate, 0, 1)], NOW + 10 * S)
    free = shared.frees_at_ns(rate, 1, NOW + 11 * S)
    assert free is not None
    assert 60 * S <= free - NOW <= 62 * S
    assert isinstance(shared.reserve([Charge(rate, 0, 1)], free - 1), Refused)
    assert shared.reserve([Charge(rate, 0, 1)], free) == [0]
    assert shared.frees_at_ns(account(2, name="b"), 1, NOW) is None


def test_a_new_month_begins_with_nothing_spent(shared: Counters) -> None:
    budget, end = account(10, "month"), Window("month").end_ns(NOW)
    assert end is not None
    shared.reserve([Charge(budget, 0, 10)], NOW)
    assert isinstance(shared.reserve([Charge(budget, 0, 1)], end - 1), Refused)
    assert shared.frees_at_ns(budget, 1, NOW) == end
    assert shared.reserve([Charge(budget, 0, 1)], end) == [9]


def test_a_clock_that_goes_back_forgives_nothing(shared: Counters) -> None:
    rate = account(1, "1m")
    shared.reserve([Charge(rate, 0, 1)], NOW)
    assert isinstance(shared.reserve([Charge(rate, 0, 1)], NOW - 3600 * S), Refused)


def test_all_of_it_outlives_the_process(tmp_path: Path) -> None:
    first = joined(tmp_path)
    first.reserve([Charge(account(10), 0, 7), Charge(account(10, name="b"), 5)], NOW)
    first.close()
    second = joined(tmp_path)
    assert second.balance(account(10), NOW)[:2] == (7, 0)
    # What the process held went with it: the next one took its column.
    assert second.balance(account(10, name="b"), NOW)[:2] == (0, 0)
    second.close()


@several_holders
def test_what_a_killed_worker_held_is_free_again(tmp_path: Path, shared: Counters) -> None:
    budget = account(100)
    ours, theirs = FORK.Pipe()
    worker = FORK.Process(target=_hold, args=(tmp_path, theirs))
    worker.start()
    assert ours.recv() == "held"
    assert shared.reserve([Charge(budget, 50)], NOW) == Refused(budget, 40, may_free=True)
    assert shared.sweep() == 0
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    assert shared.sweep() == 1
    assert shared.balance(budget, NOW) == Balance(0, 0, shared.balance(budget, NOW).made_ns)
    assert shared.reserve([Charge(budget, 100)], NOW) == [0]


def _hold(path: Path, pipe: Connection) -> None:
    joined(path).reserve([Charge(account(100), 60)], NOW)
    pipe.send("held")
    pipe.recv()


@pytest.mark.slow
def test_four_processes_let_through_what_one_would(tmp_path: Path, shared: Counters) -> None:
    gate = FORK.Barrier(4)
    results: multiprocessing.Queue[tuple[int, int]] = FORK.Queue()
    workers = [FORK.Process(target=_spend, args=(tmp_path, gate, results)) for _ in range(4)]
    for worker in workers:
        worker.start()
    counted = [results.get(timeout=30) for _ in workers]
    for worker in workers:
        worker.join()
    assert sum(requests for requests, _ in counted) == 500
    assert sum(spent for _, spent in counted) == shared.balance(account(10**6), NOW).spent
    assert shared.balance(account(10**6), NOW).held == 0


def _spend(path: Path, gate: object, results: "multiprocessing.Queue[tuple[int, int]]") -> None:
    counters = joined(path)
    budget, rate = account(10**6), account(500, "1m", name="rate")
    gate.wait()  # type: ignore[attr-defined]
    requests = spent = 0
    for number in range(500):
        if isinstance(counters.reserve([Charge(rate, 0, 1), Charge(budget, 100)], NOW), Refused):
            continue
        requests += 1
        spent += number
        counters.settle([(budget, 100, number)], NOW)
    results.put((requests, spent))


def test_what_was_spent_before_is_added_once(shared: Counters) -> None:
    budget = account(100, "1h")
    assert shared.open(budget, NOW) == Balance(0, 0, NOW, is_seeded=False)
    before = [(NOW - 600 * S, 30), (NOW - 2 * 3600 * S, 50), (NOW, 1)]
    shared.seed(budget, before, NOW)
    shared.seed(budget, before, NOW)
    assert shared.balance(budget, NOW) == Balance(31, 0, NOW, is_seeded=True)
    later = NOW + 3600 * S
    assert shared.balance(budget, later).spent == 1


def test_the_lock_is_not_waited_for_forever(shared: Counters, tmp_path: Path) -> None:
    other = Counters.at(str(tmp_path / "counters"))
    other._lock()
    with pytest.raises(Busy):
        shared.reserve([Charge(account(1), 1)], NOW)
    other._unlock()
    assert shared.reserve([Charge(account(1), 1)], NOW) == [0]
    other.close()


def test_accounts_that_say_nothing_any_more_make_room(shared: Counters) -> None:
    for number in range(module.ROWS):
        shared.reserve([Charge(account(9, "1m", name=f"user {number}"), 0, 1)], NOW)
    one_more = account(9, "1m", name="one more")
    with pytest.raises(Busy):
        shared.reserve([Charge(one_more, 0, 1)], NOW)
    later = NOW + 4000 * S
    old = account(9, "1m", name="user 0")
    assert shared.reserve([Charge(one_more, 0, 1)], later) == [8]
    assert shared.balance(old, later) == Balance()
    assert shared.reserve([Charge(old, 0, 1)], later) == [8]
    assert shared.balance(one_more, later).spent == 1


def test_a_call_that_finds_no_room_for_one_of_its_accounts_takes_nothing() -> None:
    counters = Counters.private()
    first, rate = account(10, name="0"), account(10, "1m", name="rate")
    counters.open(rate, NOW)
    for number in range(module.ROWS - 1):
        counters.reserve([Charge(account(10, name=str(number)), held=1)], NOW)
    before = counters.balance(first, NOW), counters.balance(rate, NOW)
    with pytest.raises(Busy):
        counters.reserve(
            [Charge(first, held=4), Charge(rate, spent=1), Charge(account(10, name="new"))], NOW
        )
    refused = counters.reserve(
        [Charge(first, held=4), Charge(rate, spent=1), Charge(account(10, name="1"), held=99)], NOW
    )
    assert isinstance(refused, Refused)
    assert (counters.balance(first, NOW), counters.balance(rate, NOW)) == before


def test_a_foreign_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "counters"
    path.write_bytes(b"something else")
    with pytest.raises(Busy):
        Counters.at(str(path))
    path.write_bytes(bytes(module.SIZE))
    with pytest.raises(Busy):
        Counters.at(str(path))
    assert path.read_bytes()[:8] == bytes(8)


@several_holders
def test_there_are_only_so_many_places(tmp_path: Path) -> None:
    opened = [joined(tmp_path) for _ in range(module.SLOTS)]
    last = Counters.at(str(tmp_path / "counters"))
    with pytest.raises(Busy):
        last.join()
    opened.pop().close()
    last.join()
    for one in (last, *opened):
        one.close()


def test_use_long_ago_is_forgotten_at_once(shared: Counters) -> None:
    rate = account(5, "1m")
    shared.reserve([Charge(rate, 0, 5)], NOW)
    assert shared.balance(rate, NOW + 10 * RING * 60 * S).spent == 0
