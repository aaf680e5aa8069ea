"""Efforts and budgets say the same."""

import pytest

from vedette.dialects.efforts import BUDGETS, budget_of, effort_of
from vedette.model.chat import Reasoning


def test_a_budget_is_an_effort() -> None:
    budgets = (None, 1_024, 8_192, 50_000)
    efforts = [effort_of(Reasoning(enabled=True, budget_tokens=budget)) for budget in budgets]
    assert efforts == ["", "low", "medium", "high"]
    assert effort_of(Reasoning(enabled=False, effort="high")) == "none"


def test_an_effort_is_a_budget() -> None:
    assert budget_of(Reasoning(effort="high")) == 24_576
    assert budget_of(Reasoning(enabled=True)) == 8_192
    assert budget_of(Reasoning(effort="high", budget_tokens=5)) == 5
    assert budget_of(Reasoning()) is None
    assert budget_of(Reasoning(effort="none")) is None


@pytest.mark.parametrize("effort", ["low", "medium", "high"])
def test_there_and_back(effort: str) -> None:
    assert effort_of(Reasoning(budget_tokens=BUDGETS[effort])) == effort
