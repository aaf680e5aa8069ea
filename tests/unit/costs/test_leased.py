"""A machine spends its slice by itself, and reports it so that nothing counts twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.marks import several_holders
from vedette.costs.accounts import Account, Charge, Granted, Refused, Short
from vedette.costs.counters import Busy
from vedette.costs.leased import LeasedCounters
from vedette.costs.windows import Window
from vedette.ports.leases import Ask, Told

NOW = 1_800_000_000_000_000_000
S = 1_000_000_000


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[LeasedCounters]:
    made = LeasedCounters.at(str(tmp_path / "counters"))
    made.join()
    yield made
    made.close()


def account(limit: int = 100, window: str = "total", **fields: bool) -> Account:
    return Account("a", limit, Window(window), **fields)


def told(slice: int, spent: int = 0, held: int = 0, idle: int = 0, *, tight: bool = False) -> Told:
    return Told(slice, spent, held, idle, -1, tight, 1)


def exchange(counters: LeasedCounters, *answers: Told, now_ns: int = NOW) -> list[Ask]:
    rows, asks = counters.collect(now_ns)
    counters.apply(rows, asks, answers, now_ns)
    return asks


def take(
    counters: LeasedCounters, of: Account, amount: int, asked: int = 0, now_ns: int = NOW
) -> Granted | Refused | Short:
    return counters.take([Charge(of, amount)], now_ns, asked=asked)


def test_a_call_waits_for_the_first_slice_and_the_next_ones_do_not(
    counters: LeasedCounters,
) -> None:
    budget = account()
    assert take(counters, budget, 10) == Short(1)
    assert take(counters, budget, 5, asked=1) == Short(1)
    (said,) = exchange(counters, told(30))
    assert (said.must, said.least, said.total) == (10, 10, 0)
    assert said.want >= 11
    assert take(counters, budget, 10, asked=1) == [90]
    assert take(counters, budget, 20) == [70]
    assert take(counters, budget, 1) == Short(2)


def test_what_was_used_is_reported_until_it_was_heard(counters: LeasedCounters) -> None:
    budget = account()
    take(counters, budget, 10)
    exchange(counters, told(30))
    take(counters, budget, 10)
    counters.settle([(budget, 10, 7)], NOW)
    for _ in range(2):
        _, (said,) = counters.collect(NOW)
        assert (said.total, said.sent, said.held) == (7, 0, 0)
    exchange(counters, told(20, spent=7))
    (said,) = exchange(counters, told(20, spent=7))
    assert (said.total, said.sent) == (7, 7)


def test_less_is_used_before_less_is_asked_for(counters: LeasedCounters) -> None:
    budget = account()
    take(counters, budget, 50)
    exchange(counters, told(90, tight=True))
    take(counters, budget, 50)
    _, (said,) = counters.collect(NOW)
    assert (said.held, said.want) == (50, 50)
    # The answer is still under way: what was offered back is not used.
    assert isinstance(take(counters, budget, 10), Short)


def test_a_machine_that_rests_gives_everything_back(counters: LeasedCounters) -> None:
    budget = account()
    take(counters, budget, 10)
    exchange(counters, told(30))
    take(counters, budget, 10)
    counters.settle([(budget, 10, 10)], NOW)
    (said,) = exchange(counters, told(20, spent=10), now_ns=NOW + S)
    assert said.want > 0
    (said,) = exchange(counters, told(0, spent=10), now_ns=NOW + 4 * S)
    assert said.want == 0
    assert counters.collect(NOW + 5 * S) == ([], [])


def test_a_slice_is_not_used_after_its_time(counters: LeasedCounters) -> None:
    budget = account()
    take(counters, budget, 10)
    exchange(counters, told(90))
    assert take(counters, budget, 10, now_ns=NOW + 9 * S) == [90]
    assert isinstance(take(counters, budget, 10, now_ns=NOW + 11 * S), Short)


def test_what_others_hold_or_have_at_hand_is_waited_for(counters: LeasedCounters) -> None:
    budget = account(strict=False)
    take(counters, budget, 40)
    exchange(counters, told(0, spent=10, held=80))
    assert take(counters, budget, 40, asked=1) == Refused(budget, 10, may_free=True)
    take(counters, budget, 40)
    exchange(counters, told(0, spent=10, idle=80))
    assert take(counters, budget, 40, asked=2) == Refused(budget, 90, False, may_return=True)
    take(counters, budget, 40)
    exchange(counters, told(0, spent=100))
    assert take(counters, budget, 40, asked=3) == Refused(budget, 0, may_free=False)


def test_where_there_is_room_after_all_it_asks_again(counters: LeasedCounters) -> None:
    budget = account()
    take(counters, budget, 40)
    exchange(counters, told(0))
    assert take(counters, budget, 40, asked=1) == Short(2)


def test_away_an_open_limit_is_held_alone_and_a_closed_one_holds_all_back(
    counters: LeasedCounters,
) -> None:
    budget = account()
    take(counters, budget, 10)
    exchange(counters, told(20, spent=30))
    counters.lost()
    # Others have used 30, as far as is known.
    assert take(counters, budget, 60) == [10]
    assert take(counters, budget, 11) == Refused(budget, 10, may_free=True)
    with pytest.raises(Busy):
        take(counters, account(closed=True), 10)
    counters.settle([(budget, 60, 60)], NOW)
    (said,) = exchange(counters, told(0, spent=90))
    assert (said.total, said.in_window) == (60, 60)
    assert take(counters, budget, 5, asked=2) == Short(3)


def test_a_closed_limit_goes_on_while_its_slice_lasts(counters: LeasedCounters) -> None:
    budget = account(closed=True)
    take(counters, budget, 10)
    exchange(counters, told(20))
    counters.lost()
    assert take(counters, budget, 20) == [80]
    with pytest.raises(Busy):
        counters.reserve([Charge(budget, 1)], NOW)


@several_holders
def test_what_a_dead_worker_used_is_reported_by_another(
    tmp_path: Path, counters: LeasedCounters
) -> None:
    budget = account()
    other = LeasedCounters.at(str(tmp_path / "counters"))
    other.join()
    take(other, budget, 10)
    exchange(counters, told(50))
    take(other, budget, 10)
    take(other, budget, 30)
    other.settle([(budget, 10, 4)], NOW)
    other.close()
    assert counters.sweep() == 1
    (said,) = exchange(counters, told(0))
    assert (said.total, said.held) == (4, 0)


@several_holders
def test_one_worker_speaks_and_another_takes_over(tmp_path: Path, counters: LeasedCounters) -> None:
    other = LeasedCounters.at(str(tmp_path / "counters"))
    assert counters.lead()
    assert counters.lead()
    assert not other.lead()
    assert other.machine == counters.machine
    counters.close()
    assert other.lead()
    other.close()


def test_a_rate_frees_when_the_store_says_so(counters: LeasedCounters) -> None:
    rate = account(window="1m")
    counters.take([Charge(rate, 0, 1)], NOW)
    rows, asks = counters.collect(NOW)
    assert asks[0].piece_ns == 2 * S
    counters.apply(rows, asks, [Told(0, 100, 0, 0, 7000, True, 1)], NOW)
    assert counters.frees_at_ns(rate, 1, NOW) == NOW + 7 * S
    assert counters.take([Charge(rate, 0, 1)], NOW, asked=1) == Refused(rate, 0, may_free=False)


def test_rows_that_have_something_to_say_are_not_given_away(counters: LeasedCounters) -> None:
    counters.take([Charge(account(9, "1m"), 0, 1)], NOW)
    assert not counters._is_idle(0)


def test_alone_in_memory_it_works_the_same() -> None:
    counters = LeasedCounters.private()
    pipe = counters.open_pipe("")
    assert counters.lead()
    assert pipe >= 0
    counters.wake()
    assert counters.reserve([Charge(account(), 10)], NOW) == [90]
    counters.close()
