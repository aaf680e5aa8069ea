"""The spans of a trace as a tree; nothing that came is left out."""

from collections.abc import Iterable, Iterator, Sequence

from vedette.model.span import Span


class SpanNode:
    """A span and what stands below it, in order of start."""

    __slots__ = ("children", "span")

    def __init__(self, span: Span) -> None:
        self.span = span
        self.children: list[SpanNode] = []

    @property
    def start_us(self) -> int:
        return self.span.start_ns // 1_000

    @property
    def end_us(self) -> int:
        return self.span.end_ns // 1_000


def build_tree(spans: Iterable[Span]) -> list[SpanNode]:
    """Roots in order of start.

    A span whose parent is missing is a root, and so is the first span of a cycle. Iterative, so
    depth is bounded by memory only. The same as in the console (`spantree.ts`).
    """
    nodes: dict[str, SpanNode] = {}
    for span in spans:
        nodes.setdefault(span.span_id, SpanNode(span))
    order = sorted(nodes.values(), key=_start)
    parents = {id: _parent_of(node, nodes) for id, node in nodes.items()}
    roots: list[SpanNode] = []
    for node in order:
        parent = parents[node.span.span_id]
        (roots if parent is None else parent.children).append(node)
    reached: set[str] = set()
    for root in roots:
        _reach(root, reached)
    for node in order:
        if node.span.span_id in reached:
            continue
        parent = parents[node.span.span_id]
        if parent is not None:
            parent.children = [child for child in parent.children if child is not node]
        roots.append(node)
        _reach(node, reached)
    return sorted(roots, key=_start)


def walk(roots: Sequence[SpanNode]) -> Iterator[tuple[int, SpanNode]]:
    """Every node with its depth, parents first, siblings in order."""
    stack = [(0, node) for node in reversed(roots)]
    while stack:
        depth, node = stack.pop()
        yield depth, node
        stack += [(depth + 1, child) for child in reversed(node.children)]


def _start(node: SpanNode) -> int:
    return node.start_us


def _parent_of(node: SpanNode, nodes: dict[str, SpanNode]) -> SpanNode | None:
    parent = nodes.get(node.span.parent_span_id)
    return None if parent is node else parent


def _reach(root: SpanNode, reached: set[str]) -> None:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.span.span_id not in reached:
            reached.add(node.span.span_id)
            stack += node.children
