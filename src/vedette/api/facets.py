"""`/facet-counts` and `/traces-summary`: what a filter's matches spread over and add up to."""

import functools
from collections.abc import Callable

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_bytes, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.model.query import Filter
from vedette.ports.stores import SpanStore
from vedette.query.facets import DIMENSIONS, MOST_SPANS, FacetAnswer, count_facets
from vedette.query.filters import FILTER_PARAMETERS, TRACE_ID_PARAMETER, read_filter
from vedette.query.parameters import Parameter, ParameterError, Parameters
from vedette.query.rollups import TraceTotals, trace_totals

_DEFAULT_FIELDS = (
    "status", "kind", "provider", "model", "user", "session", "tag", "environment", "release",
)  # fmt: skip


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["traces"])
    add_route(api, "GET", "/facet-counts", show_facet_counts, _COUNTS)
    add_route(api, "GET", "/traces-summary", show_trace_totals, _TOTALS)
    return api


async def show_facet_counts(request: Request) -> Response:
    parameters = read_parameters(request, _COUNTS.parameters)
    fields = _read_fields(parameters)
    return await _answer(request, parameters, functools.partial(count_facets, fields=fields))


async def show_trace_totals(request: Request) -> Response:
    parameters = read_parameters(request, _TOTALS.parameters)
    return await _answer(request, parameters, trace_totals)


async def _answer(
    request: Request,
    parameters: Parameters,
    ask: Callable[[SpanStore, Filter], FacetAnswer | TraceTotals],
) -> Response:
    context = context_of(request)
    services = context.services
    filter = read_filter(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )

    def encoded() -> bytes:
        return msgspec.json.encode(ask(services.store, filter))

    return json_bytes(await context.threads.run(encoded))


def _read_fields(parameters: Parameters) -> tuple[str, ...]:
    named = parameters.many("field")
    for name in named:
        if name not in DIMENSIONS:
            raise ParameterError("field", name, "one of " + ", ".join(DIMENSIONS))
    return named or _DEFAULT_FIELDS


_COUNTS = Operation(
    summary="Count what matches by the values of fields",
    description=f"Counts spans and the traces they are in, over the latest {MOST_SPANS} spans "
    "that match.",
    parameters=(
        Parameter(
            name="field",
            description="What to count by; repeat it for several. Without it: "
            + ", ".join(_DEFAULT_FIELDS)
            + ".",
            schema={"type": "array", "items": {"type": "string", "enum": list(DIMENSIONS)}},
            repeats=True,
        ),
        PROJECT_PARAMETER,
        TRACE_ID_PARAMETER,
        *FILTER_PARAMETERS,
    ),
    answers={200: FacetAnswer},
)
_TOTALS = Operation(
    summary="What the traces that match add up to",
    parameters=(PROJECT_PARAMETER, TRACE_ID_PARAMETER, *FILTER_PARAMETERS),
    answers={200: TraceTotals},
)
