"""How much a machine keeps at hand."""

from vedette.costs.accounts import Account, Charge
from vedette.costs.leased import LeasedCounters
from vedette.costs.windows import Window
from vedette.ports.leases import Ask, Told

NOW = 1_800_000_000_000_000_000
S = 1_000_000_000


def asked(counters: LeasedCounters, now_ns: int, *, tight: bool = False) -> Ask:
    rows, (said,) = counters.collect(now_ns)
    told = Told(said.want, said.total, 0, 0, -1, tight, 1)
    counters.apply(rows, [said], [told], now_ns)
    return said


def spend(counters: LeasedCounters, account: Account, amount: int, now_ns: int) -> None:
    taken = [Charge(account, 0, amount)]
    if not isinstance(counters.take(taken, now_ns), list):
        asked(counters, now_ns)
        assert isinstance(counters.take(taken, now_ns), list)


def test_as_much_as_a_second_takes_is_kept_but_no_more_than_a_quarter() -> None:
    counters, rate = LeasedCounters.private(), Account("a", 10_000, Window("1m"))
    spend(counters, rate, 1, NOW)
    assert asked(counters, NOW).want == 100
    for step in range(40):
        now_ns = NOW + step * S // 4
        spend(counters, rate, 50, now_ns)
        said = asked(counters, now_ns)
    assert 150 < said.want < 300
    spend(counters, rate, 9_000, now_ns)
    assert asked(counters, now_ns).want == 2_500


def test_where_limits_are_tight_nothing_is_kept() -> None:
    counters, rate = LeasedCounters.private(), Account("a", 10_000, Window("1m"))
    spend(counters, rate, 1, NOW)
    asked(counters, NOW, tight=True)
    assert asked(counters, NOW).want == 0


def test_a_limit_that_is_raised_is_told() -> None:
    counters = LeasedCounters.private()
    spend(counters, Account("a", 100, Window("total")), 1, NOW)
    spend(counters, Account("a", 200, Window("total")), 1, NOW)
    assert asked(counters, NOW).limit == 200


def test_whoever_leaves_keeps_nothing() -> None:
    counters, budget = LeasedCounters.private(), Account("a", 1_000, Window("month"))
    spend(counters, budget, 1, NOW)
    _, (said,) = counters.collect(NOW, leaves=True)
    assert (said.want, said.piece_ns) == (0, -1)
