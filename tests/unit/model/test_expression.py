"""The tree of a filter."""

from vedette.model.expression import And, Compare, Exists, Field, Not, Or, both, conjuncts, leaves

A = Compare(Field("model"), "=", "a")
B = Exists(Field("user"))


def test_leaves_are_all_conditions_wherever_they_stand() -> None:
    assert list(leaves(And((A, Not(Or((B, A))))))) == [A, B, A]


def test_conjuncts_go_through_and_alone() -> None:
    assert conjuncts(And((A, And((B, Or((A, B))))))) == (A, B, Or((A, B)))
    assert conjuncts(None) == ()


def test_both_joins_what_is_there() -> None:
    assert both(None, None) is None
    assert both(A, None) == A
    assert both(A, And((B, A))) == And((A, B, A))
