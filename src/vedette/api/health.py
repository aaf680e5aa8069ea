"""`/health/live`, `/health/ready` and `/metrics`: for orchestrators and Prometheus."""

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.access import principal_of
from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.schemas import Liveness, Readiness, SubsystemHealth

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


def router() -> APIRouter:
    """The routes at the root."""
    api = APIRouter(tags=["health"])
    add_route(api, "GET", "/health/live", show_liveness, _LIVE)
    add_route(api, "GET", "/health/ready", show_readiness, _READY)
    add_route(api, "GET", "/metrics", show_metrics, _METRICS)
    return api


async def show_liveness(request: Request) -> Response:
    return json_response(Liveness(status="ok", version=context_of(request).services.version))


async def show_readiness(request: Request) -> Response:
    context = context_of(request)
    subsystems = tuple(await context.threads.run(context.services.health))
    status = overall(subsystems)
    address = request.client.host if request.client else ""
    access = context.services.access
    people = access.people if access is not None else None
    if principal_of(request.headers, context.sessions, people, address) is None:
        subsystems = ()
    answer = Readiness(status=status, subsystems=subsystems)
    return json_response(answer, status=503 if status == "failed" else 200)


async def show_metrics(request: Request) -> Response:
    read_parameters(request)
    context = context_of(request)
    text = await context.threads.run(context.services.metrics_text)
    return Response(text, headers={"content-type": EXPOSITION})


def overall(subsystems: Sequence[SubsystemHealth]) -> Literal["ok", "degraded", "failed"]:
    """Failed when a required part is not ok, degraded when another one is not."""
    failed = [part for part in subsystems if not part.ok]
    if any(part.required for part in failed):
        return "failed"
    return "degraded" if failed else "ok"


_LIVE = Operation(summary="The process answers", answers={200: Liveness})
_READY = Operation(
    summary="Whether calls can be served and recorded",
    description="503 when a part that is required failed.",
    answers={200: Readiness, 503: Readiness},
)
_METRICS = Operation(summary="Metrics for Prometheus", answers={200: "text/plain"})
