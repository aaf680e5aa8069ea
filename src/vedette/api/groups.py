"""`/sessions`, `/session-replay` and `/end-users`: traces that belong together."""

import functools
from collections.abc import Callable

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.group_shapes import ForgottenShape
from vedette.api.noting import noted
from vedette.api.routing import (
    Operation,
    add_route,
    json_bytes,
    json_response,
    read_parameters,
)
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import NotFound
from vedette.model.audit import AuditEvent
from vedette.query.filters import FILTER_PARAMETERS, PAGE_PARAMETERS, RANGE_PARAMETERS, read_page
from vedette.query.groups import By, GroupDetail, GroupPage, group_detail, list_groups
from vedette.query.parameters import ParameterError
from vedette.query.replay import ReplayAnswer, replay
from vedette.query.times import format_time

_LONGEST_ID = 1_000


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["sessions"])
    add_route(api, "GET", "/sessions", list_sessions, _LIST_SESSIONS)
    add_route(api, "GET", "/sessions/{session_id:path}", show_conversation, _SHOW_SESSION)
    add_route(api, "GET", "/session-replay/{session_id:path}", replay_session, _REPLAY)
    add_route(api, "GET", "/end-users", list_end_users, _LIST_USERS)
    add_route(api, "GET", "/end-users/{user_id:path}", show_end_user, _SHOW_USER)
    add_route(api, "DELETE", "/end-users/{user_id:path}", forget_end_user, _FORGET)
    return api


async def list_sessions(request: Request) -> Response:
    return await _list(request, "session", _LIST_SESSIONS)


async def list_end_users(request: Request) -> Response:
    return await _list(request, "user", _LIST_USERS)


async def show_conversation(request: Request, session_id: str) -> Response:
    return await _show(request, "session", session_id)


async def show_end_user(request: Request, user_id: str) -> Response:
    return await _show(request, "user", user_id)


async def replay_session(request: Request, session_id: str) -> Response:
    context = context_of(request)
    parameters = read_parameters(request, _REPLAY.parameters)
    project_id = await project_of(request, parameters)
    found = functools.partial(replay, context.services.store, project_id, _id(session_id))
    return await _found(request, found, f"There is no session {session_id!r}.")


async def forget_end_user(request: Request, user_id: str) -> Response:
    context = context_of(request)
    project_id = await project_of(request, read_parameters(request, _FORGET.parameters))
    event = AuditEvent(
        action="user.forgotten", project=project_id, target_kind="project", target_id=project_id
    )
    found = await noted(
        request, event, context.services.store.forget_user, project_id, _id(user_id)
    )
    if found.before.is_nothing:
        raise NotFound(f"Nothing is kept of a user {user_id!r}.")
    return json_response(
        ForgottenShape(
            project_id=project_id,
            before=found.before,
            after=found.after,
            files=found.files,
            verified=found.after.is_nothing,
            time=format_time(context.services.clock.now_ns()),
        )
    )


async def _list(request: Request, by: By, operation: Operation) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, operation.parameters)
    now_ns = services.clock.now_ns()
    query = read_page(parameters, project_id=await project_of(request, parameters), now_ns=now_ns)

    def encoded() -> bytes:
        page = list_groups(
            services.store, query.filter, by,
            after=query.after, limit=min(query.limit, 100), now_ns=now_ns,
        )  # fmt: skip
        return msgspec.json.encode(page)

    return json_bytes(await context.threads.run(encoded))


async def _show(request: Request, by: By, id: str) -> Response:
    context = context_of(request)
    services = context.services
    parameters = read_parameters(request, _SHOW_SESSION.parameters)
    now_ns = services.clock.now_ns()
    filter = read_page(
        parameters, project_id=await project_of(request, parameters), now_ns=now_ns
    ).filter
    found = functools.partial(group_detail, services.store, filter, by, _id(id), now_ns=now_ns)
    return await _found(request, found, f"There is no {by} {id!r}.")


async def _found(
    request: Request, find: Callable[[], msgspec.Struct | None], otherwise: str
) -> Response:
    def encoded() -> bytes:
        found = find()
        if found is None:
            raise NotFound(otherwise)
        return msgspec.json.encode(found)

    return json_bytes(await context_of(request).threads.run(encoded))


def _id(text: str) -> str:
    if not text or len(text) > _LONGEST_ID or "\x00" in text:
        raise ParameterError("id", text, f"1 to {_LONGEST_ID} characters")
    return text


_LIST_SESSIONS = Operation(
    summary="List sessions, the latest activity first",
    description="Sessions of the traces that match, each with what all its traces in the time "
    "range that match add up to. A page has 100 at most.",
    parameters=(PROJECT_PARAMETER, *FILTER_PARAMETERS, *PAGE_PARAMETERS),
    answers={200: GroupPage},
)
_LIST_USERS = Operation(
    summary="List users of the application, the latest activity first",
    description="Users that traces name, each with what its traces that match add up to. A page "
    "has 100 at most.",
    parameters=(PROJECT_PARAMETER, *FILTER_PARAMETERS, *PAGE_PARAMETERS),
    answers={200: GroupPage},
)
_SHOW_SESSION = Operation(
    summary="Show a session with its traces",
    parameters=(PROJECT_PARAMETER, *RANGE_PARAMETERS),
    answers={200: GroupDetail},
    refusals=(404,),
)
_SHOW_USER = Operation(
    summary="Show a user with the latest traces",
    parameters=(PROJECT_PARAMETER, *RANGE_PARAMETERS),
    answers={200: GroupDetail},
    refusals=(404,),
)
_REPLAY = Operation(
    summary="Replay a session step by step",
    description="Each step has only what is new in it. Payloads beyond 8 MB are left out.",
    parameters=(PROJECT_PARAMETER,),
    answers={200: ReplayAnswer},
    refusals=(404,),
)
_FORGET = Operation(
    summary="Delete all that is kept of a user",
    description="Every trace in which a span names the user goes, from every index and side "
    "table; the answer counts what was there and what is left. Rows of the ledger stay without "
    "user and session.",
    parameters=(PROJECT_PARAMETER,),
    answers={200: ForgottenShape},
    refusals=(404,),
)
