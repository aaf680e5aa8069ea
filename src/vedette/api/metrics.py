"""`/metrics/series` and `/metrics/summary`: model calls over time and as totals."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_bytes, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.ports.stores import SpanStore
from vedette.query.metrics import (
    SERIES_PARAMETERS,
    SUMMARY_PARAMETERS,
    Scope,
    SeriesAsked,
    find_series,
    read_scope,
    read_series,
    summary_answer,
    total_queries,
)
from vedette.query.shapes import SeriesAnswer, SummaryAnswer


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["metrics"])
    add_route(api, "GET", "/metrics/series", show_series, _SERIES)
    add_route(api, "GET", "/metrics/summary", show_summary, _SUMMARY)
    return api


async def show_series(request: Request) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _SERIES.parameters)
    asked = read_series(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )
    return json_bytes(await context.threads.run(_series, services.store, asked))


async def show_summary(request: Request) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _SUMMARY.parameters)
    scope = read_scope(
        parameters,
        project_id=await project_of(request, parameters),
        now_ns=services.clock.now_ns(),
    )
    return json_bytes(await context.threads.run(_summary, services.store, scope))


def _series(store: SpanStore, asked: SeriesAsked) -> bytes:
    return msgspec.json.encode(find_series(store, asked))


def _summary(store: SpanStore, scope: Scope) -> bytes:
    queries = total_queries(scope)
    answers = [store.series(query) for query in queries]
    return msgspec.json.encode(summary_answer(queries, *answers))


_SERIES = Operation(
    summary="Metrics of model calls over time",
    description="Calls are spans of kind `llm` and `embedding`. Default range: the last 24 hours. "
    "Points of `cost_usd` are plain numbers, made for drawing. Without a filter, and by model or "
    "provider, the answer comes from roll-ups; else from up to 100,000 spans that match.",
    parameters=(PROJECT_PARAMETER, *SERIES_PARAMETERS),
    answers={200: SeriesAnswer},
)
_SUMMARY = Operation(
    summary="Totals of a range beside the range before it",
    parameters=(PROJECT_PARAMETER, *SUMMARY_PARAMETERS),
    answers={200: SummaryAnswer},
)
