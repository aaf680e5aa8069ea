"""`/views`: saved views, each with a version so that nobody overwrites what he has not seen."""

import re

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import read_body
from vedette.api.context import context_of
from vedette.api.etags import IF_MATCH, VersionDiffers, etag, expected_version
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.schemas import SavedView, ViewBody, ViewList
from vedette.errors import Conflict, NotFound, VedetteError
from vedette.ports.stores import Record
from vedette.query.filters import MAX_LIMIT
from vedette.query.parameters import Parameter
from vedette.query.times import format_time

KIND = "saved_view"
MAX_VIEWS = 1_000

_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)


class TooManyViews(VedetteError):
    """No room for another view."""

    code = "too_many_views"
    status = 409


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["views"])
    add_route(api, "GET", "/views", list_views, _LIST)
    add_route(api, "POST", "/views", create_view, _CREATE)
    add_route(api, "GET", "/views/{view_id}", show_view, _SHOW)
    add_route(api, "PUT", "/views/{view_id}", replace_view, _REPLACE)
    add_route(api, "DELETE", "/views/{view_id}", delete_view, _DELETE)
    return api


async def list_views(request: Request) -> Response:
    context = context_of(request)
    parameters = read_parameters(request, _LIST.parameters)
    after_id = parameters.parse("cursor", _check_id, default="") or ""
    limit = parameters.integer("limit", low=1, high=MAX_LIMIT, default=100)
    services = context.services
    project_id = services.settings.project_id
    found = await context.threads.run(
        services.records.list, project_id, KIND, after_id=after_id, limit=limit + 1
    )
    shown = found[:limit]
    return json_response(
        ViewList(tuple(map(_view, shown)), shown[-1].id if len(found) > limit else None)
    )


async def create_view(request: Request) -> Response:
    context = context_of(request)
    read_parameters(request)
    body = await read_body(request, ViewBody)
    services = context.services
    project_id = services.settings.project_id
    there = await context.threads.run(services.records.list, project_id, KIND, limit=MAX_VIEWS)
    if len(there) >= MAX_VIEWS:
        raise TooManyViews(f"There are {MAX_VIEWS} saved views. Delete one first.")
    record = await context.threads.run(
        services.records.put,
        project_id,
        KIND,
        f"{services.clock.now_ns() // 1_000_000 & 0xFFFFFFFFFFFF:012x}"
        + services.clock.span_id()[-4:],
        msgspec.to_builtins(body),
        version=0,
    )
    location = {"location": f"/api/v1/views/{record.id}", "etag": etag(record.version)}
    return json_response(_view(record), status=201, headers=location)


async def show_view(request: Request, view_id: str) -> Response:
    context = context_of(request)
    read_parameters(request)
    services = context.services
    record = await context.threads.run(
        services.records.get, services.settings.project_id, KIND, _known_id(view_id)
    )
    if record is None:
        raise NotFound(f"There is no saved view {view_id!r}.")
    return json_response(_view(record), headers={"etag": etag(record.version)})


async def replace_view(request: Request, view_id: str) -> Response:
    context = context_of(request)
    read_parameters(request)
    version = expected_version(request, "view")
    body = await read_body(request, ViewBody)
    services = context.services
    project_id, view_id = services.settings.project_id, _known_id(view_id)
    if await context.threads.run(services.records.get, project_id, KIND, view_id) is None:
        raise NotFound(f"There is no saved view {view_id!r}.")
    try:
        record = await context.threads.run(
            services.records.put,
            project_id,
            KIND,
            view_id,
            msgspec.to_builtins(body),
            version=version,
        )
    except Conflict:
        raise _differs(view_id, version) from None
    return json_response(_view(record), headers={"etag": etag(record.version)})


async def delete_view(request: Request, view_id: str) -> Response:
    context = context_of(request)
    read_parameters(request)
    version, view_id = expected_version(request, "view"), _known_id(view_id)
    services = context.services
    try:
        await context.threads.run(
            services.records.delete,
            services.settings.project_id,
            KIND,
            view_id,
            version=version,
        )
    except Conflict:
        raise _differs(view_id, version) from None
    return Response(status_code=204)


def _view(record: Record) -> SavedView:
    body = msgspec.convert(record.body, ViewBody)
    return SavedView(
        id=record.id,
        version=record.version,
        created_time=format_time(record.created_ns),
        updated_time=format_time(record.updated_ns),
        name=body.name,
        page=body.page,
        query=body.query,
        layout=body.layout,
    )


def _check_id(text: str) -> str:
    if _ID.fullmatch(text) is None:
        raise ValueError("the id of a view: 16 hex digits")
    return text


def _known_id(text: str) -> str:
    try:
        return _check_id(text)
    except ValueError:
        raise NotFound(f"There is no saved view {text[:80]!r}.") from None


def _differs(view_id: str, version: int) -> VersionDiffers:
    return VersionDiffers(
        f"The saved view {view_id!r} is no longer at version {version}. Load it and try again."
    )


_LIST = Operation(
    summary="Saved views, oldest first",
    parameters=(
        Parameter(
            name="cursor",
            description="Where to go on: `next_cursor` of the page before.",
            schema={"type": "string"},
        ),
        Parameter(
            name="limit",
            description="Rows of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 100},
        ),
    ),
    answers={200: ViewList},
)
_CREATE = Operation(
    summary="Save a view",
    body=ViewBody,
    answers={201: SavedView},
    refusals=(409, 413, 415),
)
_SHOW = Operation(summary="One saved view", answers={200: SavedView}, refusals=(404,))
_REPLACE = Operation(
    summary="Replace a saved view",
    headers=(IF_MATCH,),
    body=ViewBody,
    answers={200: SavedView},
    refusals=(404, 412, 413, 415, 428),
)
_DELETE = Operation(
    summary="Delete a saved view",
    headers=(IF_MATCH,),
    answers={204: None},
    refusals=(404, 412, 428),
)
