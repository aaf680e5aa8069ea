"""`/spans`: spans across traces, filtered and paged."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_bytes, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.api.traces import PAYLOAD_PARAMETER
from vedette.ports.stores import SpanStore
from vedette.query.filters import (
    FILTER_PARAMETERS,
    PAGE_PARAMETERS,
    TRACE_ID_PARAMETER,
    PageQuery,
    read_page,
)
from vedette.query.payloads import span_page
from vedette.query.shapes import SpanPage


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["spans"])
    add_route(api, "GET", "/spans", list_spans, _LIST)
    return api


async def list_spans(request: Request) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _LIST.parameters)
    query = read_page(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )
    payload = parameters.flag("payload", default=True)
    return json_bytes(await context.threads.run(_list, services.store, query, payload=payload))


def _list(store: SpanStore, query: PageQuery, *, payload: bool) -> bytes:
    return msgspec.json.encode(span_page(store, query, payload=payload))


_LIST = Operation(
    summary="List spans, newest first",
    description="A page ends early when payloads exceed 8 MB in all; `next_cursor` goes on.",
    parameters=(
        PROJECT_PARAMETER,
        TRACE_ID_PARAMETER,
        *FILTER_PARAMETERS,
        PAYLOAD_PARAMETER,
        *PAGE_PARAMETERS,
    ),
    answers={200: SpanPage},
)
