"""The core sees what all machines have spent."""

from pathlib import Path

import pytest

from tests.support.valkey import valkey
from vedette.clock import SystemClock
from vedette.costs.accounts import Account, Balance
from vedette.costs.counters import Busy
from vedette.costs.shared import SharedBalances
from vedette.costs.windows import Window
from vedette.stores.leases.redis import RedisLeaseView

S = 1_000_000_000


def test_what_was_spent_before_is_seen_once_it_was_told(tmp_path: Path) -> None:
    now_ns = SystemClock().now_ns()
    with valkey(tmp_path) as server:
        balances = SharedBalances(RedisLeaseView(server.settings))
        for window in ("1h", "month", "total"):
            budget = Account(window, 100, Window(window))
            assert balances.balance(budget, now_ns) == Balance()
            opened = balances.open(budget, now_ns)
            assert (opened.spent, opened.is_seeded) == (0, False)
            assert now_ns - 60 * S < opened.made_ns < now_ns
            for _ in range(2):
                balances.seed(budget, [(now_ns, 30), (now_ns - 60 * S, 10)], now_ns)
            found = balances.balance(budget, now_ns)
            assert (found.spent, found.held, found.is_seeded) == (40, 0, True)
            frees = balances.frees_at_ns(budget, 100, now_ns)
            if window == "1h":
                assert frees is not None
                assert 0 < frees - now_ns < 3800 * S
            else:
                assert frees == budget.window.end_ns(now_ns)
        assert balances.born_ns == 0
        server.stop()
        for ask in (
            lambda: balances.balance(budget, now_ns),
            lambda: balances.seed(budget, [], now_ns),
            lambda: balances.frees_at_ns(Account("1h", 1, Window("1h")), 1, now_ns),
        ):
            with pytest.raises(Busy):
                ask()
