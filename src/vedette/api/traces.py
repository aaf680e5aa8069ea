"""`/traces`: the list, one trace with its spans, one span with everything."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_bytes, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import NotFound
from vedette.ports.stores import SpanStore
from vedette.query.cursors import encode_cursor
from vedette.query.filters import (
    FILTER_PARAMETERS,
    PAGE_PARAMETERS,
    RANGE_PARAMETERS,
    PageQuery,
    check_span_id,
    check_trace_id,
    filter_fields,
    read_page,
)
from vedette.query.metrics import Scope, read_scope
from vedette.query.parameters import Parameter, ParameterError
from vedette.query.payloads import trace_with_payloads
from vedette.query.shapes import FacetsShape, FilterFields, SpanShape, TraceDetail, TracePage
from vedette.query.traces import span_shape, trace_shapes

PAYLOAD_PARAMETER = Parameter(
    name="payload",
    description="Whether spans come with their payload (inputs, outputs, attributes, ...).",
    schema={"type": "string", "enum": ["true", "false"], "default": "true"},
)


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["traces"])
    add_route(api, "GET", "/traces", list_traces, _LIST)
    add_route(api, "GET", "/traces/{trace_id}", show_trace, _SHOW)
    add_route(api, "GET", "/traces/{trace_id}/spans/{span_id}", show_span, _SHOW_SPAN)
    add_route(api, "GET", "/facets", show_facets, _FACETS)
    add_route(api, "GET", "/filter-fields", show_fields, _FIELDS)
    return api


async def list_traces(request: Request) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _LIST.parameters)
    query = read_page(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )
    return json_bytes(await context.threads.run(_list, services.store, query))


async def show_trace(request: Request, trace_id: str) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _SHOW.parameters)
    payload = parameters.flag("payload", default=True)
    encoded = await context.threads.run(
        _show,
        services.store,
        (await project_of(request, parameters), read_trace_id(trace_id)),
        payload=payload,
    )
    return json_bytes(encoded)


async def show_span(request: Request, trace_id: str, span_id: str) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _SHOW_SPAN.parameters)
    try:
        span_id = check_span_id(span_id)
    except ValueError as error:
        raise ParameterError("span_id", span_id, str(error)) from None
    encoded = await context.threads.run(
        _show_span,
        services.store,
        await project_of(request, parameters),
        read_trace_id(trace_id),
        span_id,
    )
    return json_bytes(encoded)


async def show_facets(request: Request) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _FACETS.parameters)
    scope = read_scope(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )
    return json_bytes(await context.threads.run(_facets, services.store, scope))


async def show_fields(request: Request) -> Response:
    read_parameters(request)
    return json_response(filter_fields())


def _list(store: SpanStore, query: PageQuery) -> bytes:
    page = store.list_traces(query.filter, after=query.after, limit=query.limit)
    items = tuple(trace_shapes(store, query.filter.project_id, page.items))
    return msgspec.json.encode(TracePage(items, encode_cursor(page.next)))


def _show(store: SpanStore, key: tuple[str, str], *, payload: bool) -> bytes:
    detail = trace_with_payloads(store, *key, payload=payload)
    if detail is None:
        raise NotFound(f"There is no trace {key[1]!r}.")
    return msgspec.json.encode(detail)


def _show_span(store: SpanStore, project_id: str, trace_id: str, span_id: str) -> bytes:
    span = store.span(project_id, trace_id, span_id)
    if span is None:
        raise NotFound(f"There is no span {span_id!r} in trace {trace_id!r}.")
    return msgspec.json.encode(span_shape(span, payload=True, raw=True))


def _facets(store: SpanStore, scope: Scope) -> bytes:
    found = store.facets(scope.project_id, from_ns=scope.from_ns, to_ns=scope.to_ns)
    return msgspec.json.encode(
        FacetsShape(models=found.models, providers=found.providers, tags=found.tags)
    )


def read_trace_id(text: str) -> str:
    """Raises ParameterError."""
    try:
        return check_trace_id(text)
    except ValueError as error:
        raise ParameterError("trace_id", text, str(error)) from None


_LIST = Operation(
    summary="List traces, newest first",
    parameters=(PROJECT_PARAMETER, *FILTER_PARAMETERS, *PAGE_PARAMETERS),
    answers={200: TracePage},
)
_SHOW = Operation(
    summary="One trace with its spans, oldest first",
    description="Payloads come along up to 8 MB in all; the spans beyond have "
    "`payload_included` false and are loaded one by one.",
    parameters=(PROJECT_PARAMETER, PAYLOAD_PARAMETER),
    answers={200: TraceDetail},
    refusals=(404,),
)
_SHOW_SPAN = Operation(
    summary="One span with its whole payload",
    parameters=(PROJECT_PARAMETER,),
    answers={200: SpanShape},
    refusals=(404,),
)
_FACETS = Operation(
    summary="Values for filter menus",
    description="Models, providers and tags seen in the range (default: the last 24 hours).",
    parameters=(PROJECT_PARAMETER, *RANGE_PARAMETERS),
    answers={200: FacetsShape},
)
_FIELDS = Operation(
    summary="Fields that the parameter `filter` can name",
    answers={200: FilterFields},
)
