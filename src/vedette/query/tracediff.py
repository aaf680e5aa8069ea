"""Two traces side by side: which spans belong to each other."""

from collections import defaultdict, deque
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from vedette.model.span import Span
from vedette.query.spantree import SpanNode

MOST_COMPARED = 400
"""Siblings beyond this many are paired in order instead of by the longest common run."""

Pair = tuple[SpanNode | None, SpanNode | None]


class DiffRow(NamedTuple):
    """A span of both, or of one of them alone."""

    depth: int
    left: Span | None
    right: Span | None


def diff_traces(left: Sequence[SpanNode], right: Sequence[SpanNode]) -> list[DiffRow]:
    """Level by level: children of a pair are aligned by the longest common subsequence of their
    kinds and names; what is left is paired with its like wherever that stands, since calls that
    run side by side begin in any order; the rest stands alone on its side.
    """
    rows: list[DiffRow] = []
    stack = [(0, pair) for pair in reversed(_align(left, right))]
    while stack:
        depth, (one, other) = stack.pop()
        left_span, right_span = (None if at is None else at.span for at in (one, other))
        rows.append(DiffRow(depth, left_span, right_span))
        below = _align(one.children if one else (), other.children if other else ())
        stack += [(depth + 1, pair) for pair in reversed(below)]
    return rows


def _align(a: Sequence[SpanNode], b: Sequence[SpanNode]) -> list[Pair]:
    if not a or not b or max(len(a), len(b)) > MOST_COMPARED:
        return list(zip_longest(a, b))
    keys, others = list(map(_key, a)), list(map(_key, b))
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            is_same = keys[i] == others[j]
            best[i][j] = best[i + 1][j + 1] + 1 if is_same else max(best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if keys[i] == others[j]:
            pairs.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            pairs.append((a[i], None))
            i += 1
        else:
            pairs.append((None, b[j]))
            j += 1
    pairs += [*((one, None) for one in a[i:]), *((None, one) for one in b[j:])]
    return _reunited(pairs)


def _reunited(pairs: Sequence[Pair]) -> list[Pair]:
    """Those that stand alone on the left, with one like them that stands alone on the right."""
    alone: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    for at, (one, other) in enumerate(pairs):
        if one is None and other is not None:
            alone[_key(other)].append(at)
    taken: set[int] = set()
    found: list[Pair] = []
    for one, other in pairs:
        like = alone.get(_key(one)) if one is not None and other is None else None
        if like:
            taken.add(like[0])
            found.append((one, pairs[like.popleft()][1]))
        else:
            found.append((one, other))
    return [pair for at, pair in enumerate(found) if at not in taken]


def _key(node: SpanNode) -> tuple[str, str]:
    return node.span.kind, node.span.name
