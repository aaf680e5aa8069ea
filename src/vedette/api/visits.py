"""`/me/sessions`: where one is logged in, and how to end that."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.people import People
from vedette.access.visits import Visit
from vedette.api.authorization import me_of
from vedette.api.context import context_of
from vedette.api.noting import noted
from vedette.api.people_shapes import VisitList, visit_shape
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.sessions import COOKIE
from vedette.api.tenancy import desk_of
from vedette.model.audit import INSTALLATION, AuditEvent


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["people"])
    add_route(api, "GET", "/me/sessions", list_my_sessions, _LIST)
    add_route(api, "DELETE", "/me/sessions", end_my_other_sessions, _END_OTHERS)
    add_route(api, "DELETE", "/me/sessions/{session_id}", end_my_session, _END)
    return api


async def list_my_sessions(request: Request) -> Response:
    read_parameters(request)
    me, people = me_of(request), desk_of(request).people
    found = await context_of(request).threads.run(people.visits, me)
    current_ns = _current_ns(request)
    return json_response(VisitList(tuple(visit_shape(one, current_ns) for one in found)))


async def end_my_session(request: Request, session_id: str) -> Response:
    read_parameters(request)
    me, people = me_of(request, acts=True), desk_of(request).people
    await noted(request, _ended(session_id[:80]), people.end_visit, me, session_id)
    return Response(status_code=204)


async def end_my_other_sessions(request: Request) -> Response:
    read_parameters(request)
    me, people = me_of(request, acts=True), desk_of(request).people
    current_ns = _current_ns(request) or 0
    await noted(request, _ended("others"), people.end_visits, me, but_began_ns=current_ns)
    return Response(status_code=204)


async def begin_visit(
    request: Request, cookie: str, *, provider: str = "", provider_session: str = ""
) -> None:
    """Note the log-in that a new cookie of a user stands for, and what its provider calls it."""
    context = context_of(request)
    known, desk = context.sessions.user_of(cookie), context.services.access
    if known is None or desk is None:
        return
    user_id, began_ns, expires_s = known
    visit = Visit(
        user_id=user_id, began_ns=began_ns, expires_ns=expires_s * 10**9,
        address=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", ""), provider=provider,
        provider_session=provider_session,
    )  # fmt: skip
    await context.threads.run(desk.people.begin_visit, visit)


async def end_visit(request: Request, cookie: str) -> None:
    """Who logs out leaves no cookie behind that would still do."""
    context = context_of(request)
    known, desk = context.sessions.user_of(cookie), context.services.access
    if known is not None and desk is not None:
        await context.threads.run(_end, desk.people, known[0], known[1])


def _end(people: People, user_id: str, began_ns: int) -> None:
    for one in people.visits(user_id):
        if one.began_ns == began_ns:
            people.end_visit(user_id, one.id)


def _current_ns(request: Request) -> int | None:
    known = context_of(request).sessions.user_of(request.cookies.get(COOKIE, ""))
    return known[1] if known else None


def _ended(id: str) -> AuditEvent:
    return AuditEvent(
        action="session.ended", organization=INSTALLATION, target_kind="session", target_id=id
    )


_LIST = Operation(summary="Where you are logged in", answers={200: VisitList})
_END_OTHERS = Operation(summary="End all your sessions but this one", answers={204: None})
_END = Operation(summary="End one of your sessions", answers={204: None}, refusals=(404,))
