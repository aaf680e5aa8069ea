"""How a name is matched."""

import pytest

from vedette.costs.price_data import (
    AllOf,
    AnyOf,
    Clause,
    Contains,
    EndsWith,
    Equals,
    Regex,
    StartsWith,
    matches,
)


@pytest.mark.parametrize(
    ("clause", "hit", "miss"),
    [
        (Equals("gpt-4"), "gpt-4", "gpt-4o"),
        (StartsWith("gpt"), "gpt-4", "my-gpt"),
        (EndsWith("mini"), "gpt-mini", "mini-gpt"),
        (Contains("4o"), "gpt-4o-x", "gpt-4"),
        (Regex("^gpt-[45]$"), "gpt-5", "gpt-55"),
        (AnyOf((Equals("a"), Equals("b"))), "b", "c"),
        (AllOf((StartsWith("a"), EndsWith("b"))), "axb", "ax"),
        (AnyOf((AllOf((Equals("a"), Equals("b"))), Equals("c"))), "c", "a"),
    ],
)
def test_each_clause(clause: Clause, hit: str, miss: str) -> None:
    assert matches(clause, hit)
    assert not matches(clause, miss)
