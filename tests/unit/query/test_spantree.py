"""Flat spans to a tree."""

from tests.support.trees import node
from vedette.query.spantree import build_tree, walk


def test_spans_are_in_order_of_start_and_orphans_are_roots() -> None:
    roots = build_tree([
        node("late", "root", 5, 9), node("root", "", 0, 10), node("early", "root", 1, 2),
        node("orphan", "nobody", 3, 4), node("root", "", 0, 99),
    ])  # fmt: skip
    assert [(depth, one.span.span_id) for depth, one in walk(roots)] == [
        (0, "root"), (1, "early"), (1, "late"), (0, "orphan"),
    ]  # fmt: skip
    assert roots[0].span.end_ns == node("root", "", 0, 10).end_ns


def test_the_first_span_of_a_cycle_is_a_root() -> None:
    roots = build_tree([node("a", "b", 1, 2), node("b", "a", 0, 3), node("c", "c", 4, 5)])
    assert [(depth, one.span.span_id) for depth, one in walk(roots)] == [
        (0, "b"), (1, "a"), (0, "c"),
    ]  # fmt: skip
    assert build_tree([]) == []


def test_depth_is_no_bound() -> None:
    spans = [node(str(n), str(n - 1), n, 20_000) for n in range(10_000)]
    assert max(depth for depth, _ in walk(build_tree(spans))) == 9_999
