"""`/cache`: what kept answers are good for, and how to forget them."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.cache_shapes import CacheKeeper, CacheStats, PurgeAnswer, PurgeBody
from vedette.api.context import context_of
from vedette.api.fields import invalid_field, read_fields
from vedette.api.noting import noted
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.tenancy import desk_of
from vedette.errors import NotFound, VedetteError
from vedette.model.audit import INSTALLATION, AuditEvent
from vedette.model.purge import Purge
from vedette.query.times import format_time


class NoCache(VedetteError):
    """This console runs without gateways."""

    code = "cache_unavailable"
    status = 503


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["cache"])
    add_route(api, "GET", "/cache", show_cache, _SHOW)
    add_route(api, "POST", "/cache/purge", purge_cache, _PURGE)
    return api


async def show_cache(request: Request) -> Response:
    read_parameters(request)
    return json_response(await context_of(request).threads.run(_keeper_of(request).stats))


async def purge_cache(request: Request) -> Response:
    read_parameters(request)
    keeper, body = _keeper_of(request), await read_fields(request, PurgeBody)
    context = context_of(request)
    wanted = (body.project, body.model, body.tag, body.key)
    if body.everything == any(wanted):
        raise invalid_field(
            "Say which answers to forget: some, or everything.", "everything",
            str(body.everything).lower(), "true alone, or one of the others",
        )  # fmt: skip
    project_id = await _project_id(request, body.project) if body.project else ""
    await context.threads.run(bounds_of(request).check_project, "project.manage", project_id)
    purge = Purge(
        at_ns=context.services.clock.now_ns(), project_id=project_id, model=body.model,
        tag=body.tag, name=body.key,
    )  # fmt: skip
    event = AuditEvent(
        action="cache.purged", organization=INSTALLATION, target_kind="cache",
        target_id=" ".join(purge.labels) or "everything",
    )  # fmt: skip
    gone = await noted(request, event, keeper.purge, purge)
    at = format_time(purge.at_ns)
    return json_response(PurgeAnswer(purged_before=at, shared_answers=gone))


async def _project_id(request: Request, named: str) -> str:
    """Of a project by id or name; what is unknown is taken for an id."""
    try:
        return (
            await context_of(request).threads.run(desk_of(request).projects.find, named)
        ).value.id
    except NotFound:
        return named


def _keeper_of(request: Request) -> CacheKeeper:
    keeper = context_of(request).services.cache
    if keeper is None:
        raise NoCache("This console knows of no kept answers.")
    return keeper


_SHOW = Operation(
    summary="What kept answers are good for",
    description="Of the workers of this machine, since the start of the core.",
    answers={200: CacheStats},
)
_PURGE = Operation(
    summary="Forget kept answers",
    body=PurgeBody,
    answers={200: PurgeAnswer},
    refusals=(413, 415, 422),
)
