"""`/session`: exchange the access token for a cookie, ask for it, give it back."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import read_body
from vedette.api.context import Context, context_of
from vedette.api.errors import Unauthenticated
from vedette.api.noting import note
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.schemas import SessionBody, SessionState
from vedette.api.sessions import COOKIE
from vedette.model.audit import INSTALLATION, Actor, AuditEvent, Outcome
from vedette.query.times import format_time

PATH = "/api/v1/session"


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["session"])
    add_route(api, "GET", "/session", show_session, _SHOW)
    add_route(api, "POST", "/session", open_session, _OPEN)
    add_route(api, "DELETE", "/session", close_session, _CLOSE)
    return api


async def show_session(request: Request) -> Response:
    read_parameters(request)
    context = context_of(request)
    expires_s = context.sessions.expiry_of(request.cookies.get(COOKIE, ""))
    return json_response(_state(context, expires_s))


async def open_session(request: Request) -> Response:
    read_parameters(request)
    context = context_of(request)
    body = await read_body(request, SessionBody)
    sessions = context.sessions
    if not sessions.required:
        return json_response(_state(context, None))
    address = request.client.host if request.client else ""
    if not sessions.accepts_token(body.token, address):
        await note(request, _event("refused", "refused", Actor(kind="anonymous", address=address)))
        raise Unauthenticated("This is not the access token of the console.")
    cookie, expires_s = sessions.issue()
    await note(request, _event("opened", "done", Actor(kind="token", address=address)))
    response = json_response(_state(context, expires_s))
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=sessions.ttl_s,
        path="/",
        secure=context.services.settings.secure_cookie,
        httponly=True,
        samesite="strict",
    )
    return response


async def close_session(request: Request) -> Response:
    read_parameters(request)
    sessions = context_of(request).sessions
    if sessions.required and sessions.expiry_of(request.cookies.get(COOKIE, "")) is not None:
        address = request.client.host if request.client else ""
        await note(request, _event("closed", "done", Actor(kind="token", address=address)))
    response = Response(status_code=204)
    response.delete_cookie(
        COOKIE,
        path="/",
        secure=context_of(request).services.settings.secure_cookie,
        httponly=True,
        samesite="strict",
    )
    return response


def _event(done: str, outcome: Outcome, actor: Actor) -> AuditEvent:
    return AuditEvent(
        action=f"session.{done}", organization=INSTALLATION, outcome=outcome,
        target_kind="session", actor=actor,
    )  # fmt: skip


def _state(context: Context, expires_s: int | None) -> SessionState:
    required = context.sessions.required
    return SessionState(
        token_required=required,
        authenticated=not required or expires_s is not None,
        expires_time=None if expires_s is None else format_time(expires_s * 1_000_000_000),
    )


_SHOW = Operation(summary="Whether a token is needed, and shown", answers={200: SessionState})
_OPEN = Operation(
    summary="Show the access token, get a session cookie",
    body=SessionBody,
    answers={200: SessionState},
    refusals=(413, 415),
)
_CLOSE = Operation(summary="Forget the session cookie", answers={204: None})
