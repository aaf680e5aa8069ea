"""`/intake`: what is let in of a project's spans."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.model.ingest import QuotaUse


class IntakeState(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for spans of a project."""

    quotas: tuple[QuotaUse, ...]
    """Of the project, and of those of its keys that sent something since the start."""


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["ingest"])
    add_route(api, "GET", "/intake", show_intake, _SHOW)
    return api


async def show_intake(request: Request) -> Response:
    project_id = await project_of(request, read_parameters(request, _SHOW.parameters))
    context = context_of(request)
    uses = await context.threads.run(context.services.quotas, project_id)
    return json_response(IntakeState(quotas=tuple(uses)))


_SHOW = Operation(
    summary="What is let in of a project's spans",
    description="Quotas and what is used of them.",
    parameters=(PROJECT_PARAMETER,),
    answers={200: IntakeState},
)

SHAPES: tuple[type, ...] = (IntakeState,)
"""What the OpenAPI document describes of this resource."""
