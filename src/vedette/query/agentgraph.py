"""The spans of a trace as a graph of who worked with whom.

Simplified, spans of the same kind and name are one node, and steps that only wrap (chains, other)
are skipped: their children hang on what stands above. Edges are calls (parent to child), with how
often, and handovers (one agent after another under the same parent, in order of start). Branches
that overlap in time are parallel. Edges that lead back are marked: without them the graph has
layers.
"""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from vedette.model.span import Span
from vedette.query.spantree import SpanNode, walk

MOST_NODES = 300
EdgeType = Literal["call", "handover"]
_WRAPPERS = frozenset({"chain", "other"})


class GraphNode:
    """Spans that are one in the graph."""

    def __init__(self, id: str, span: Span) -> None:
        self.id = id
        self.name = span.name or "unnamed"
        self.kind = span.kind
        self.spans: list[str] = []
        self.errors = 0
        self.duration_ms = 0.0
        self.cost_nano_usd = 0
        self.is_parallel = False
        self.layer = 0
        self.row = 0

    def add(self, span: Span) -> None:
        self.spans.append(span.span_id)
        self.errors += span.status == "error"
        self.duration_ms += span.duration_ms
        self.cost_nano_usd += span.cost_nano_usd or 0


class GraphEdge:
    """From one node to another."""

    def __init__(self, start: str, end: str, type: EdgeType) -> None:
        self.start = start
        self.end = end
        self.type: EdgeType = type
        self.count = 0
        self.is_back = start == end


class AgentGraph:
    """The graph of a tree; `left` nodes are beyond the bound."""

    def __init__(self, roots: Sequence[SpanNode], *, is_simplified: bool) -> None:
        self._is_simplified = is_simplified
        self._nodes: dict[str, GraphNode] = {}
        self._edges: dict[tuple[EdgeType, str, str], GraphEdge] = {}
        self.left = 0
        self._gather(roots)
        self.nodes = list(self._nodes.values())
        self.edges = [
            edge
            for edge in self._edges.values()
            if edge.start in self._nodes and edge.end in self._nodes
        ]
        self._place()
        self._mark_parallel(roots)

    def _key(self, span: Span) -> str:
        return f"{span.kind} {span.name}" if self._is_simplified else span.span_id

    def _gather(self, roots: Sequence[SpanNode]) -> None:
        stack: list[tuple[SpanNode, str | None]] = [(node, None) for node in reversed(roots)]
        while stack:
            node, above = stack.pop()
            span = node.span
            if self._is_simplified and span.kind in _WRAPPERS and node.children:
                stack += [(child, above) for child in reversed(node.children)]
                continue
            id = self._key(span)
            if id not in self._nodes and len(self._nodes) >= MOST_NODES:
                self.left += 1
                continue
            self._nodes.setdefault(id, GraphNode(id, span)).add(span)
            if above is not None:
                self._connect(above, id, "call")
            self._hand_over(node)
            stack += [(child, id) for child in reversed(node.children)]

    def _connect(self, start: str, end: str, type: EdgeType) -> None:
        place = (type, start, end)
        self._edges.setdefault(place, GraphEdge(start, end, type)).count += 1

    def _hand_over(self, node: SpanNode) -> None:
        agents = [child for child in node.children if child.span.kind == "agent"]
        for before, after in pairwise(agents):
            if len(self._nodes) < MOST_NODES and before.end_us <= after.start_us:
                self._connect(self._key(before.span), self._key(after.span), "handover")

    def _mark_parallel(self, roots: Sequence[SpanNode]) -> None:
        """Children of one parent that overlap in time ran beside each other."""
        for _, node in walk(roots):
            last: SpanNode | None = None
            for child in sorted(node.children, key=lambda one: one.start_us):
                if last is not None and child.start_us < last.end_us:
                    for one in (last, child):
                        found = self._nodes.get(self._key(one.span))
                        if found is not None:
                            found.is_parallel = True
                if last is None or child.end_us > last.end_us:
                    last = child

    def _place(self) -> None:
        """Layers by the longest way from a start, rows in the order of the nodes."""
        out: dict[str, list[GraphEdge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            out[edge.start].append(edge)
        _mark_back(self.nodes, out)
        waiting = dict.fromkeys(out, 0)
        for edge in self.edges:
            waiting[edge.end] += not edge.is_back
        ready = deque(node for node in self.nodes if not waiting[node.id])
        while ready:
            node = ready.popleft()
            for edge in out[node.id]:
                if edge.is_back:
                    continue
                after = self._nodes[edge.end]
                after.layer = max(after.layer, node.layer + 1)
                waiting[after.id] -= 1
                if not waiting[after.id]:
                    ready.append(after)
        rows: dict[int, int] = {}
        for node in self.nodes:
            node.row = rows.get(node.layer, 0)
            rows[node.layer] = node.row + 1


def _mark_back(nodes: Sequence[GraphNode], out: dict[str, list[GraphEdge]]) -> None:
    """An edge to a node that is still open leads back."""
    is_done: dict[str, bool] = {}
    for start in nodes:
        if start.id in is_done:
            continue
        is_done[start.id] = False
        stack = [(start.id, iter(out[start.id]))]
        while stack:
            id, edges = stack[-1]
            edge = next(edges, None)
            if edge is None:
                is_done[id] = True
                stack.pop()
            elif edge.end not in is_done:
                is_done[edge.end] = False
                stack.append((edge.end, iter(out[edge.end])))
            elif not is_done[edge.end]:
                edge.is_back = True
