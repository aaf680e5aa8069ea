"""The cases of the console (`criticalpath.test.ts`)."""

from tests.support.trees import node
from vedette.query.criticalpath import critical_path
from vedette.query.spantree import build_tree


def test_it_follows_what_ended_last_then_what_came_before_it() -> None:
    tree = build_tree([
        node("root", "", 0, 100), node("a", "root", 0, 40), node("b", "root", 40, 90),
        node("beside", "root", 45, 80), node("deep", "b", 50, 85), node("other root", "", 0, 10),
    ])  # fmt: skip
    assert critical_path(tree) == {"a", "b", "deep", "root"}


def test_it_survives_children_that_outlive_their_parent_and_an_empty_trace() -> None:
    assert critical_path([]) == set()
    tree = build_tree([node("root", "", 0, 10), node("late", "root", 5, 50)])
    assert critical_path(tree) == {"root"}
