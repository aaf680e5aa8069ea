"""Money comes in as a number or a text and goes out as a text."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.console import Console
from vedette.api.allowances import (
    AllowanceFields,
    BudgetBody,
    budget_shapes,
    read_allowance,
    read_usd,
)
from vedette.api.errors import InvalidFields
from vedette.query.money import parse_usd


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (1, "1.000000"),
        (0.1, "0.100000"),
        ("12.345", "12.345000"),
        ("0.000000001", "0.000000001"),
        (1_000_000_000, "1000000000.000000"),
    ],
)
def test_an_amount_is_what_was_sent(console: Console, sent: Any, shown: str) -> None:
    made = console.client.post("/api/v1/projects", json={
        "name": "a", "budgets": [{"limit_usd": sent, "window": "month", "action": "throttle"}],
        "limits": {"rpm": 3, "usd_per_minute": sent},
    }).json()  # fmt: skip
    assert made["budgets"] == [{
        "limit_usd": shown, "window": "month", "action": "throttle", "soft": [0.8],
        "timezone": "UTC", "reroute_to": "",
    }]  # fmt: skip
    assert made["limits"] == {
        "rpm": 3, "tpm": None, "concurrency": None, "usd_per_minute": shown,
    }  # fmt: skip
    same = console.client.patch(
        f"/api/v1/projects/{made['id']}", json={k: made[k] for k in ("budgets", "limits")}
    ).json()
    assert (same["budgets"], same["limits"]) == (made["budgets"], made["limits"])


@given(st.integers(0, 10**18))
def test_no_nano_dollar_is_lost(nano_usd: int) -> None:
    sent = BudgetBody(limit_usd=Decimal(nano_usd).scaleb(-9))
    allowance = read_allowance(AllowanceFields(budgets=(sent,)))
    (shown,) = budget_shapes(allowance)
    assert allowance.budgets[0].limit_nano_usd == nano_usd
    assert read_usd(Decimal(shown.limit_usd), "x") == nano_usd
    assert parse_usd(shown.limit_usd) == nano_usd


def test_a_budget_of_nothing_is_one(console: Console) -> None:
    body = {"name": "a", "budgets": [{"limit_usd": 0}]}
    made = console.client.post("/api/v1/projects", json=body).json()
    assert made["budgets"][0]["limit_usd"] == "0.000000"


@pytest.mark.parametrize("amount", ["-0.01", "1000000000.1", "Infinity", "-NaN", "1E-10"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(InvalidFields):
        read_usd(Decimal(amount), "x")
