"""`/live`: the live feed over HTTP."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.live import event_stream
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.api.streaming import Streamed
from vedette.query.parameters import Parameter


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["live"])
    add_route(api, "GET", "/live", follow_live, _LIVE)
    return api


async def follow_live(request: Request) -> Response:
    parameters = read_parameters(request, _LIVE.parameters)
    services = context_of(request).services
    last_event_id = request.headers.get("last-event-id", "") or parameters.text("last_event_id")
    subscription = services.live.subscribe(
        await project_of(request, parameters), last_event_id=last_event_id
    )
    return Streamed(
        event_stream(services.live, subscription),
        media_type="text/event-stream",
        headers={"x-accel-buffering": "no"},
    )


_ID = {"type": "string"}
_LIVE = Operation(
    summary="New spans as server-sent events",
    description="Events: `ready` (first connection), `traces` (data: LiveTraces), `reset` (data: "
    "LiveReset: something was missed, load anew). At most four a second; a comment as heartbeat "
    "every 15 s. Goes on after `Last-Event-ID`.",
    parameters=(
        PROJECT_PARAMETER,
        Parameter(
            name="last_event_id",
            description="Like the header, for clients that cannot set it.",
            schema=_ID,
        ),
    ),
    headers=(
        Parameter(name="Last-Event-ID", description="Id of the last event seen.", schema=_ID),
    ),
    answers={200: "text/event-stream"},
)
