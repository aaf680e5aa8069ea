"""What kept a trace from ending earlier."""

from collections.abc import Sequence

from vedette.query.spantree import SpanNode


def critical_path(roots: Sequence[SpanNode]) -> set[str]:
    """Ids of the spans on it.

    From the end of a span backwards, always the child that ended last before the point reached,
    then on from where that child began; to the millisecond.
    """
    path: set[str] = set()
    stack = sorted(roots, key=_by_end)[:1]
    while stack:
        node = stack.pop()
        path.add(node.span.span_id)
        reached = _end_ms(node)
        for child in sorted(node.children, key=_by_end):
            begin = child.span.start_ns // 1_000_000
            if _end_ms(child) > reached or begin >= reached:
                continue
            stack.append(child)
            reached = begin
    return path


def _end_ms(node: SpanNode) -> int:
    return node.span.end_ns // 1_000_000


def _by_end(node: SpanNode) -> int:
    return -_end_ms(node)
