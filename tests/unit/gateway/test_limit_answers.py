from typing import Any

import pytest

from vedette.costs.accounts import Refused
from vedette.costs.limits import Limit, limits_of
from vedette.gateway.limit_answers import BudgetSpent, RateLimited, limit_lines, refusal, soft_lines
from vedette.model.tenant import Allowance, Budget, Limits

NOW = 1_800_000_000_000_000_000
S = 1_000_000_000


def limit(allowance: Allowance, name: str = "k") -> Limit:
    (found,) = limits_of("key", name, allowance)
    return found


def dollars(**fields: Any) -> Limit:
    return limit(Allowance(budgets=(Budget(limit_nano_usd=1_500_000_000, **fields),)))


def test_money_is_told_in_dollars_and_never_below_zero() -> None:
    assert limit_lines(dollars(), 1_234_567_890, NOW) == (
        b"x-vedette-limit: 1.500000;scope=key;unit=usd;window=total\r\n"
        b"x-vedette-remaining: 1.234567\r\n"
    )
    assert b"remaining: 0.000000\r\n" in limit_lines(dollars(), -5, NOW)


@pytest.mark.parametrize(("window", "least", "most"), [("1h", 3600, 3720), ("month", 1, 2_678_400)])
def test_the_reset_is_when_what_is_used_now_is_forgotten(
    window: Any, least: int, most: int
) -> None:
    said = limit_lines(dollars(window=window), 0, NOW)
    assert least <= int(said.split(b"x-vedette-reset: ")[1]) <= most


def test_a_budget_that_is_nearly_spent_is_named() -> None:
    assert soft_lines(dollars(), 0.8126) == (
        b"x-vedette-budget: scope=key;unit=usd;window=total;used=0.813\r\n"
    )


def test_a_spent_budget_says_when_it_is_whole_again_but_not_to_retry() -> None:
    spent = dollars(window="1d")
    refused = Refused(spent.account, 0, may_free=False)
    error, lines = refusal(spent, refused, NOW + 90 * S + 1, NOW)
    assert isinstance(error, BudgetSpent)
    assert error.retry_after_s == 91
    assert b"x-should-retry: false\r\n" in lines
    assert error.message == "The budget of the key 'k' is spent: 1.500000 USD (1d)."


def test_a_budget_that_others_hold_may_be_tried_again() -> None:
    held = dollars()
    error, lines = refusal(held, Refused(held.account, 5, may_free=True), None, NOW)
    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 1.0
    assert b"x-should-retry" not in lines


def test_a_rate_says_what_may_be_used() -> None:
    rate = limit(Allowance(limits=Limits(tpm=500)), name="")
    error, _ = refusal(rate, Refused(rate.account, 0, may_free=True), NOW + 5 * S, NOW)
    assert isinstance(error, RateLimited)
    assert error.message == "The key may use 500 tokens a minute; that is used up."
    assert error.retry_after_s == 5


def test_a_throttled_budget_says_so() -> None:
    slow = dollars(action="throttle")
    assert slow.slow is not None
    error, _ = refusal(slow, Refused(slow.slow, 0, may_free=False), NOW + 9 * S, NOW)
    assert isinstance(error, RateLimited)
    assert "only 6 calls a minute" in error.message
