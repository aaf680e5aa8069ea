"""Logging out at the provider, too, through which somebody logged in."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import Response

from vedette.access.signon.desk import SignedOn
from vedette.api.context import context_of
from vedette.errors import VedetteError

log = logging.getLogger(__name__)

ENDING_COOKIE = "vedette_sign_off"
PATH = "/api/v1/session"
WAIT_S = 4.0
"""For a provider that has to say where; then the log-out is of here alone."""


def base_url(request: Request) -> str:
    """Under which the browser reaches the console: as configured, else, on loopback, as asked."""
    configured = context_of(request).services.settings.public_url
    return configured or f"{request.url.scheme}://{request.url.netloc}"


def keep_ending(
    request: Request, response: Response, cookie: str, provider: str, found: SignedOn
) -> None:
    """The browser shows it when it logs out; `cookie` is that of the session."""
    context = context_of(request)
    desk, session = context.services.sign_on, _session(request, cookie)
    ending = desk.ending(provider, session, found) if desk is not None and session else ""
    if not ending:
        return
    response.set_cookie(
        ENDING_COOKIE, ending, max_age=context.sessions.ttl_s,
        path=PATH, httponly=True, samesite="strict",
        secure=context.services.settings.secure_cookie,
    )  # fmt: skip


async def end_there(request: Request, cookie: str) -> str:
    """Where the browser goes next; empty where nobody has to be told, or can be."""
    context = context_of(request)
    desk, carried = context.services.sign_on, request.cookies.get(ENDING_COOKIE, "")
    session = _session(request, cookie)
    if desk is None or not carried or not session:
        return ""
    try:
        async with asyncio.timeout(WAIT_S):
            return await context.outside.run(desk.end, carried, session, base_url(request))
    except (VedetteError, TimeoutError) as error:
        why = error.message if isinstance(error, VedetteError) else "it takes too long"
        log.warning("logged out here alone: %s", why)
        return ""


def _session(request: Request, cookie: str) -> str:
    """What tells this session of a user from others; empty for none."""
    known = context_of(request).sessions.user_of(cookie)
    return f"{known[0]}.{known[1]}" if known else ""
