"""The cases of the console (`tracediff.test.ts`)."""

from tests.support.trees import node
from vedette.query.spantree import build_tree
from vedette.query.tracediff import MOST_COMPARED, diff_traces


def test_what_is_alike_is_paired_and_the_rest_stays_on_its_side() -> None:
    left = build_tree([
        node("r", "", 0, 9, name="root"), node("a", "r", 1, 2, name="plan"),
        node("b", "r", 2, 3, name="search"), node("c", "r", 3, 4, name="write"),
    ])  # fmt: skip
    right = build_tree([
        node("R", "", 0, 9, name="root"), node("A", "R", 1, 2, name="plan"),
        node("X", "R", 2, 3, name="check"), node("C", "R", 3, 4, name="write"),
    ])  # fmt: skip
    rows = diff_traces(left, right)
    found = [(r.depth, r.left and r.left.span_id, r.right and r.right.span_id) for r in rows]
    assert found == [
        (0, "r", "R"), (1, "a", "A"), (1, "b", None), (1, None, "X"), (1, "c", "C"),
    ]  # fmt: skip


def test_calls_side_by_side_that_began_in_another_order_are_paired() -> None:
    left = build_tree([
        node("a", "", 1, 9, name="flights"), node("b", "", 1, 5, name="weather"),
        node("c", "", 1, 6, name="hotels"),
    ])  # fmt: skip
    right = build_tree([
        node("C", "", 1, 6, name="hotels"), node("B", "", 1, 5, name="weather"),
        node("A", "", 1, 9, name="flights"), node("X", "", 2, 3, name="flights"),
    ])  # fmt: skip
    pairs = {(r.left and r.left.span_id, r.right and r.right.span_id)
             for r in diff_traces(left, right)}  # fmt: skip
    assert pairs == {("a", "A"), ("b", "B"), ("c", "C"), (None, "X")}


def test_many_siblings_are_paired_in_order() -> None:
    many = build_tree(node(f"s{n}", "", n, n, name=f"n{n}") for n in range(MOST_COMPARED + 1))
    rows = diff_traces(many, many[1:])
    assert (rows[0].left, rows[0].right) == (many[0].span, many[1].span)
    assert rows[-1].right is None
    assert diff_traces([], []) == []
