"""`/traces/{trace_id}/critical-path`, `/graph`, `/compare`: what the console makes of a trace."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.api.traces import read_trace_id
from vedette.errors import NotFound
from vedette.model.span import Kind, Span, StatusCode
from vedette.ports.stores import SpanStore
from vedette.query.agentgraph import AgentGraph, EdgeType
from vedette.query.criticalpath import critical_path
from vedette.query.money import format_usd
from vedette.query.parameters import Parameter
from vedette.query.payloads import MAX_SPANS
from vedette.query.shapes import Time
from vedette.query.spantree import SpanNode, build_tree, walk
from vedette.query.times import format_time
from vedette.query.tracediff import diff_traces

_MOST_ROWS = 2_000


class SpanStep(msgspec.Struct, frozen=True, kw_only=True):
    """A span, in short."""

    span_id: str
    name: str
    kind: Kind
    model: str | None
    status: StatusCode
    start_time: Time
    end_time: Time
    duration_ms: float
    cost_usd: str | None


class PathShape(msgspec.Struct, frozen=True, kw_only=True):
    """What kept a trace from ending earlier: parents first, then in order of start."""

    items: tuple[SpanStep, ...]
    spans_truncated: bool


class NodeShape(msgspec.Struct, frozen=True, kw_only=True):
    """Who worked."""

    id: str
    name: str
    kind: Kind
    spans: Annotated[tuple[str, ...], Meta(description="Ids of the spans that are this node.")]
    errors: int
    duration_ms: float
    cost_usd: str | None
    is_parallel: Annotated[bool, Meta(description="Beside others of the same parent.")]
    layer: int
    row: int


class EdgeShape(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Who called whom, or which agent worked after which."""

    from_: str
    to: str
    type: EdgeType
    count: int
    is_back: Annotated[bool, Meta(description="It closes a cycle.")]


class GraphShape(msgspec.Struct, frozen=True, kw_only=True):
    """A trace as a graph of who worked with whom."""

    nodes: tuple[NodeShape, ...]
    edges: tuple[EdgeShape, ...]
    left: Annotated[int, Meta(description="Nodes beyond the first 300.")]
    spans_truncated: bool


class PairShape(msgspec.Struct, frozen=True, kw_only=True):
    """Spans that belong to each other; null where the other trace has none."""

    depth: int
    left: SpanStep | None
    right: SpanStep | None


class ComparisonShape(msgspec.Struct, frozen=True, kw_only=True):
    """Two traces side by side, in the order of their trees."""

    items: tuple[PairShape, ...]
    rows_left: Annotated[int, Meta(description="Rows beyond the first 2000.")]
    spans_truncated: bool


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["traces"])
    add_route(api, "GET", "/traces/{trace_id}/critical-path", show_critical_path, _PATH)
    add_route(api, "GET", "/traces/{trace_id}/graph", show_graph, _GRAPH)
    add_route(api, "GET", "/traces/{trace_id}/compare/{other_id}", compare_traces, _COMPARE)
    return api


async def show_critical_path(request: Request, trace_id: str) -> Response:
    context = context_of(request)
    project_id = await project_of(request, read_parameters(request, _PATH.parameters))
    return json_response(
        await context.threads.run(
            _path, context.services.store, project_id, read_trace_id(trace_id)
        )
    )


async def show_graph(request: Request, trace_id: str) -> Response:
    context, parameters = context_of(request), read_parameters(request, _GRAPH.parameters)
    project_id = await project_of(request, parameters)
    is_simplified = parameters.flag("simplified", default=True)
    return json_response(
        await context.threads.run(
            _graph, context.services.store, project_id, read_trace_id(trace_id), is_simplified
        )
    )


async def compare_traces(request: Request, trace_id: str, other_id: str) -> Response:
    context = context_of(request)
    project_id = await project_of(request, read_parameters(request, _COMPARE.parameters))
    return json_response(
        await context.threads.run(
            _compared, context.services.store, project_id, read_trace_id(trace_id),
            read_trace_id(other_id),
        )
    )  # fmt: skip


def _tree(store: SpanStore, project_id: str, trace_id: str) -> tuple[list[SpanNode], bool]:
    """The tree, and whether spans beyond the bound are left out. Raises NotFound."""
    spans = store.trace_spans(project_id, trace_id, payload=False, limit=MAX_SPANS + 1)
    if not spans:
        raise NotFound(f"There is no trace {trace_id!r}.")
    return build_tree(spans[:MAX_SPANS]), len(spans) > MAX_SPANS


def _path(store: SpanStore, project_id: str, trace_id: str) -> PathShape:
    roots, is_cut = _tree(store, project_id, trace_id)
    path = critical_path(roots)
    steps = tuple(_step(node.span) for _, node in walk(roots) if node.span.span_id in path)
    return PathShape(items=steps, spans_truncated=is_cut)


def _graph(store: SpanStore, project_id: str, trace_id: str, is_simplified: bool) -> GraphShape:
    roots, is_cut = _tree(store, project_id, trace_id)
    graph = AgentGraph(roots, is_simplified=is_simplified)
    return GraphShape(
        nodes=tuple(
            NodeShape(
                id=node.id, name=node.name, kind=node.kind, spans=tuple(node.spans),
                errors=node.errors, duration_ms=round(node.duration_ms, 3),
                cost_usd=format_usd(node.cost_nano_usd), is_parallel=node.is_parallel,
                layer=node.layer, row=node.row,
            )
            for node in graph.nodes
        ),
        edges=tuple(
            EdgeShape(
                from_=edge.start, to=edge.end, type=edge.type, count=edge.count,
                is_back=edge.is_back,
            )
            for edge in graph.edges
        ),
        left=graph.left,
        spans_truncated=is_cut,
    )  # fmt: skip


def _compared(store: SpanStore, project_id: str, one: str, other: str) -> ComparisonShape:
    left, is_left_cut = _tree(store, project_id, one)
    right, is_right_cut = _tree(store, project_id, other)
    rows = diff_traces(left, right)
    items = tuple(
        PairShape(
            depth=row.depth, left=None if row.left is None else _step(row.left),
            right=None if row.right is None else _step(row.right),
        )
        for row in rows[:_MOST_ROWS]
    )  # fmt: skip
    return ComparisonShape(
        items=items, rows_left=max(0, len(rows) - _MOST_ROWS),
        spans_truncated=is_left_cut or is_right_cut,
    )  # fmt: skip


def _step(span: Span) -> SpanStep:
    return SpanStep(
        span_id=span.span_id, name=span.name, kind=span.kind, model=span.model or None,
        status=span.status, start_time=format_time(span.start_ns),
        end_time=format_time(span.end_ns), duration_ms=round(span.duration_ms, 3),
        cost_usd=format_usd(span.cost_nano_usd),
    )  # fmt: skip


_PATH = Operation(
    summary="The critical path of a trace",
    description="From the end backwards, always the child that ended last before the point "
    "reached, to the millisecond.",
    parameters=(PROJECT_PARAMETER,),
    answers={200: PathShape},
    refusals=(404,),
)
_GRAPH = Operation(
    summary="A trace as a graph of who worked with whom",
    description="Edges are calls and handovers between agents; those that close a cycle are "
    "marked, without them the graph has layers.",
    parameters=(
        PROJECT_PARAMETER,
        Parameter(
            name="simplified",
            description="Spans of one kind and name as one node, and no steps that only wrap.",
            schema={"type": "string", "enum": ["true", "false"], "default": "true"},
        ),
    ),
    answers={200: GraphShape},
    refusals=(404,),
)
_COMPARE = Operation(
    summary="Two traces side by side",
    description="Spans are paired level by level, by the longest common run of their kinds and "
    "names; bodies are loaded span by span.",
    parameters=(PROJECT_PARAMETER,),
    answers={200: ComparisonShape},
    refusals=(404,),
)

SHAPES: tuple[type, ...] = (PathShape, GraphShape, ComparisonShape)
"""What the OpenAPI document describes of this resource."""
