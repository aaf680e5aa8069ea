"""`/export`: all spans that match, as one stream in constant memory."""

import functools

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.api.streaming import Streamed
from vedette.query.export import FORMATS, export_pieces, file_name
from vedette.query.filters import FILTER_PARAMETERS, TRACE_ID_PARAMETER, read_filter
from vedette.query.parameters import Parameter


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["spans"])
    add_route(api, "GET", "/export", export_spans, _EXPORT)
    return api


async def export_spans(request: Request) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _EXPORT.parameters)
    format = parameters.choice("format", tuple(FORMATS)) or "jsonl"
    filter = read_filter(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )
    export = await context.exports.open(
        functools.partial(export_pieces, services.store, filter, format)
    )
    return Streamed(
        export,
        media_type=FORMATS[format],
        headers={"content-disposition": f'attachment; filename="{file_name(format)}"'},
    )


_EXPORT = Operation(
    summary="Export spans",
    description="All spans that match, newest first, with payload in `jsonl` (one span of the "
    "API a line), `json` (one array), `otlp` (OTLP/JSON) and `parquet`, and flat without payload "
    "in `csv`. A connection that breaks off means that the "
    "export is incomplete.",
    parameters=(
        Parameter(
            name="format",
            description="How to write them.",
            schema={"type": "string", "enum": list(FORMATS), "default": "jsonl"},
        ),
        PROJECT_PARAMETER,
        TRACE_ID_PARAMETER,
        *FILTER_PARAMETERS,
    ),
    answers={200: "application/x-ndjson"},
)
