"""`/session`: log in by access token or as a user, ask who one is, log out."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.logins import WrongLogin
from vedette.api.access import principal_of
from vedette.api.bodies import read_body
from vedette.api.context import context_of
from vedette.api.errors import Forbidden, Unauthenticated
from vedette.api.noting import note
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.schemas import (
    SessionBody,
    SessionEnd,
    SessionPlace,
    SessionState,
    SessionUser,
    SignOnProvider,
)
from vedette.api.sessions import COOKIE
from vedette.api.signoff import ENDING_COOKIE, end_there
from vedette.api.visits import begin_visit, end_visit
from vedette.model.audit import INSTALLATION, Actor, ActorKind, AuditEvent, Outcome
from vedette.model.user import Principal, User, permissions_of
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
    cookie = request.cookies.get(COOKIE, "")
    sessions = context_of(request).sessions
    known = sessions.user_of(cookie)
    return json_response(_state(request, known[2] if known else sessions.expiry_of(cookie)))


async def open_session(request: Request) -> Response:
    read_parameters(request)
    body = await read_body(request, SessionBody)
    sessions = context_of(request).sessions
    if not sessions.required:
        return json_response(_state(request, None))
    address = request.client.host if request.client else ""
    if body.email:
        user = await _log_in(request, body, address)
        cookie, expires_s = sessions.issue_to(user.id)
        await begin_visit(request, cookie)
        actor = Actor(kind="user", id=user.id, name=user.name or user.email, address=address)
    elif sessions.accepts_token(body.token, address):
        cookie, expires_s = sessions.issue()
        actor = Actor(kind="token", address=address)
    else:
        await note(
            request, session_event("refused", "refused", Actor(kind="anonymous", address=address))
        )
        raise Unauthenticated("This is not the access token of the console.")
    await note(request, session_event("opened", "done", actor))
    return _with_cookie(request, cookie, expires_s)


async def _log_in(request: Request, body: SessionBody, address: str) -> User:
    """Guesses are counted by address and by account. Raises WrongLogin, CodeNeeded or
    TooManyAttempts."""
    context = context_of(request)
    desk, attempts = context.services.access, context.sessions.attempts
    if desk is None:
        raise Unauthenticated("This console knows no users.")
    check_passwords(request)
    account = f"account {body.email.strip().lower()[:254]}"
    attempts.check(address)
    attempts.check(account)
    try:
        return await context.threads.run(desk.logins.log_in, body.email, body.password, body.code)
    except WrongLogin:
        attempts.count(address)
        attempts.count(account)
        actor = Actor(kind="anonymous", name=body.email[:254], address=address)
        await note(request, session_event("refused", "refused", actor))
        raise


def check_passwords(request: Request) -> None:
    """Raises Forbidden where users log in through providers only."""
    sign_on = context_of(request).services.sign_on
    if sign_on is not None and not sign_on.passwords:
        raise Forbidden("Passwords are switched off here. Log in through a provider.")


def _with_cookie(request: Request, cookie: str, expires_s: int) -> Response:
    response = json_response(_state(request, expires_s, cookie))
    keep_cookie(request, response, cookie)
    return response


def keep_cookie(request: Request, response: Response, cookie: str) -> None:
    """The browser shows it from now on."""
    context = context_of(request)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=context.sessions.ttl_s,
        path="/",
        secure=context.services.settings.secure_cookie,
        httponly=True,
        samesite="strict",
    )


async def close_session(request: Request) -> Response:
    read_parameters(request)
    cookie, there = request.cookies.get(COOKIE, ""), ""
    principal = _principal(request, cookie)
    if principal is not None and context_of(request).sessions.required:
        address = request.client.host if request.client else ""
        kind: ActorKind = "user" if principal.user_id else "token"
        actor = Actor(kind=kind, id=principal.user_id, name=principal.name, address=address)
        await note(request, session_event("closed", "done", actor))
        await end_visit(request, cookie)
        there = await end_there(request, cookie)
    response = json_response(SessionEnd(logout_url=there)) if there else Response(status_code=204)
    for name, path in ((COOKIE, "/"), (ENDING_COOKIE, PATH)):
        response.delete_cookie(
            name, path=path, secure=context_of(request).services.settings.secure_cookie,
            httponly=True, samesite="strict",
        )  # fmt: skip
    return response


def session_event(done: str, outcome: Outcome, actor: Actor, provider: str = "") -> AuditEvent:
    """`provider`: through which somebody logs in."""
    return AuditEvent(
        action=f"session.{done}", organization=INSTALLATION, outcome=outcome,
        target_kind="session", actor=actor, details={"provider": provider} if provider else {},
    )  # fmt: skip


def _principal(request: Request, cookie: str) -> Principal | None:
    """Whose session the cookie is."""
    context = context_of(request)
    desk = context.services.access
    people = desk.people if desk is not None else None
    return principal_of({"cookie": f"{COOKIE}={cookie}"}, context.sessions, people, "")


def _state(request: Request, expires_s: int | None, cookie: str = "") -> SessionState:
    sessions = context_of(request).sessions
    principal = _principal(request, cookie or request.cookies.get(COOKIE, ""))
    user = principal if principal is not None and principal.user_id else None
    sign_on = context_of(request).services.sign_on
    return SessionState(
        token_required=sessions.required,
        users=sessions.has_users(),
        mail=context_of(request).services.mailer() is not None,
        passwords=sign_on is None or sign_on.passwords,
        providers=()
        if sign_on is None
        else tuple(SignOnProvider(name=name, label=label) for name, label in sign_on.providers()),
        user=None if user is None else session_user(user),
        authenticated=principal is not None,
        expires_time=None
        if expires_s is None or principal is None
        else format_time(expires_s * 1_000_000_000),
    )


def session_user(principal: Principal) -> SessionUser:
    """What the console shows of who is logged in."""
    return SessionUser(
        id=principal.user_id, name=principal.name, is_root=principal.is_root,
        places=tuple(
            SessionPlace(
                organization=one.organization_id, role=one.role, projects=one.projects,
                permissions=tuple(sorted(permissions_of(one))),
            )
            for one in principal.memberships
        ),
    )  # fmt: skip


_SHOW = Operation(
    summary="Whether one has to log in, and who is logged in", answers={200: SessionState}
)
_OPEN = Operation(
    summary="Log in: by access token, or as a user",
    body=SessionBody,
    answers={200: SessionState},
    refusals=(413, 415),
)
_CLOSE = Operation(
    summary="Log out",
    description="200 where the provider through which one logged in can be told: go there next.",
    answers={204: None, 200: SessionEnd},
)
