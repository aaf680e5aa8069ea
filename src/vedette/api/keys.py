"""`/keys`: virtual keys of projects. The answer that makes a key is the only one that shows it."""

import re
from typing import get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.access.issuing import IssuedKey
from vedette.access.keys import KeyQuery, KeyStatus, Place, place_of
from vedette.api.authorization import check_in, organization_of
from vedette.api.context import context_of
from vedette.api.etags import etag
from vedette.api.fields import naming_fields, read_fields
from vedette.api.key_shapes import (
    IssuedShape,
    KeyBody,
    KeyChanges,
    KeyList,
    KeyShape,
    RotationBody,
    key_shape,
    read_changes,
    read_settings,
)
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import project_named
from vedette.api.tenancy import IF_MATCH, PAGING, check_version, desk_of, read_page
from vedette.model.tenant import VirtualKey
from vedette.query.parameters import Parameter, ParameterError

_NANOSECONDS = re.compile(r"[0-9]{1,19}", re.ASCII)


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["keys"])
    add_route(api, "GET", "/keys", list_keys, _LIST)
    add_route(api, "POST", "/keys", create_key, _CREATE)
    add_route(api, "GET", "/keys/{key_id}", show_key, _SHOW)
    add_route(api, "PATCH", "/keys/{key_id}", change_key, _CHANGE)
    add_route(api, "POST", "/keys/{key_id}/rotate", rotate_key, _ROTATE)
    add_route(api, "DELETE", "/keys/{key_id}", delete_key, _DELETE)
    add_route(api, "POST", "/keys/open", open_gateway, _OPEN)
    return api


async def list_keys(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    cursor, limit = read_page(parameters)
    after = _place(cursor) if cursor else None
    desk, context = desk_of(request), context_of(request)
    now_ns = context.services.clock.now_ns()
    query = KeyQuery(
        project=parameters.text("project"),
        prefix=parameters.text("prefix"),
        text=parameters.text("q").strip(),
        owner=parameters.text("owner").strip(),
        metadata=tuple(map(_pair, parameters.many("metadata"))),
        status=parameters.choice("status", get_args(KeyStatus)),
        now_ns=now_ns,
    )
    found = await context.threads.run(desk.keys.list, query, after=after, limit=limit + 1)
    items = tuple(key_shape(entry, now_ns) for entry in found[:limit])
    return json_response(KeyList(items, _cursor(found[limit - 1]) if len(found) > limit else None))


def _cursor(entry: Entry[VirtualKey]) -> str:
    made_ns, id = place_of(entry)
    return f"{-made_ns}.{id}"


def _place(cursor: str) -> Place:
    made_ns, _, id = cursor.partition(".")
    if not id or _NANOSECONDS.fullmatch(made_ns) is None:
        raise ParameterError("cursor", cursor, "`next_cursor` of the page before")
    return -int(made_ns), id


async def create_key(request: Request) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, KeyBody)
    context = context_of(request)
    project = await project_named(request, body.project)
    organization = await organization_of(request, project)
    await check_in(request, "keys.manage", organization, project)
    settings = read_settings(body, context.services.clock.now_ns())
    with naming_fields():
        made = await context.threads.run(desk.keys.create, body.project, settings)
    return _issued(*made)


async def show_key(request: Request, key_id: str) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    return _shown(request, await context_of(request).threads.run(desk.keys.get, key_id))


async def change_key(request: Request, key_id: str) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, KeyChanges)
    context = context_of(request)
    current = await context.threads.run(desk.keys.get, key_id)
    check_version(request, "key", current.version)
    changes = read_changes(body, current.value, context.services.clock.now_ns())
    with naming_fields():
        # The version that the changes were worked out from: nothing of another's is undone.
        entry = await context.threads.run(
            desk.keys.change, key_id, changes, version=current.version
        )
    return _shown(request, entry)


async def rotate_key(request: Request, key_id: str) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, RotationBody)
    with naming_fields():
        made = await context_of(request).threads.run(
            desk.keys.rotate, key_id, overlap_s=body.overlap_s
        )
    return _issued(*made)


async def delete_key(request: Request, key_id: str) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    await context_of(request).threads.run(desk.keys.delete, key_id)
    return Response(status_code=204)


async def open_gateway(request: Request) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    await context_of(request).threads.run(desk.keys.open_again)
    return Response(status_code=204)


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def _issued(entry: Entry[VirtualKey], issued: IssuedKey) -> Response:
    headers = {"location": f"/api/v1/keys/{issued.id}", "etag": etag(entry.version)}
    return json_response(IssuedShape(id=issued.id, key=issued.text), status=201, headers=headers)


def _shown(request: Request, entry: Entry[VirtualKey]) -> Response:
    now_ns = context_of(request).services.clock.now_ns()
    return json_response(key_shape(entry, now_ns), headers={"etag": etag(entry.version)})


_TEXT = {"type": "string"}
_LIST = Operation(
    summary="Virtual keys",
    parameters=(
        Parameter(name="project", description="Id or name of their project.", schema=_TEXT),
        Parameter(name="prefix", description="How key or id begin.", schema=_TEXT),
        Parameter(name="q", description="Part of name, owner, id or metadata.", schema=_TEXT),
        Parameter(name="owner", description="Whose they are, exactly.", schema=_TEXT),
        Parameter(
            name="metadata",
            description="`name=value`, or `name` for any value; of several all must hold.",
            schema=_TEXT,
            repeats=True,
        ),
        Parameter(
            name="status",
            description="Only such keys.",
            schema={"type": "string", "enum": list(get_args(KeyStatus))},
        ),
        *PAGING,
    ),
    answers={200: KeyList},
    refusals=(404,),
)
_CREATE = Operation(
    summary="Make a key",
    description="With the first one the gateway asks every client for a key.",
    body=KeyBody,
    answers={201: IssuedShape},
    refusals=(409, 413, 415),
)
_SHOW = Operation(summary="One key", answers={200: KeyShape}, refusals=(404,))
_CHANGE = Operation(
    summary="Change or disable a key",
    headers=(IF_MATCH,),
    body=KeyChanges,
    answers={200: KeyShape},
    refusals=(404, 409, 412, 413, 415),
)
_ROTATE = Operation(
    summary="Replace a key by a new one",
    description="The new key has all settings of the old one and goes on with its budgets.",
    body=RotationBody,
    answers={201: IssuedShape},
    refusals=(404, 409, 413, 415),
)
_DELETE = Operation(summary="Revoke a key for good", answers={204: None}, refusals=(404, 409))
_OPEN = Operation(
    summary="Stop asking clients for a key",
    description="As before the first key was made; refused while there are keys.",
    answers={204: None},
    refusals=(409,),
)
