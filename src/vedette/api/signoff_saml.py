"""`/sso/{provider}/slo`: browsers bring what a SAML provider says of log-outs, and go on from here.

Whoever left there is logged out here, too, wherever he had logged in through it; whoever left here
first comes back. No cookie is read: what counts is signed by the provider.
"""

import logging
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.signon.refusals import SignOnRefused
from vedette.api.context import context_of
from vedette.api.errors import TooManyAttempts
from vedette.api.noting import note
from vedette.api.routing import Operation, add_route
from vedette.api.session import session_event
from vedette.api.signoff import base_url
from vedette.api.signon import address_of, desk_of_providers, read_form, see_other
from vedette.api.threads import Busy, TooSlow
from vedette.model.audit import Actor

log = logging.getLogger(__name__)

UNCONFIRMED, REFUSED = "signoff_failed", "signoff_refused"
"""Whether somebody who left here left there, too, is not known; a request was not believed."""


def router() -> APIRouter:
    """The routes at the root."""
    api = APIRouter(tags=["session"])
    add_route(api, "GET", "/sso/{provider}/slo", follow_logout, _FOLLOW)
    add_route(api, "POST", "/sso/{provider}/slo", take_logout, _TAKE)
    return api


async def follow_logout(request: Request, provider: str) -> Response:
    query = request.scope["query_string"].decode("latin-1")
    return await _follow(request, provider, query, None)


async def take_logout(request: Request, provider: str) -> Response:
    desk_of_providers(request).check_saml(provider)
    try:
        form = await read_form(request)
    except SignOnRefused as error:
        return _refuse(request, provider, error, REFUSED)
    return await _follow(request, provider, "", form)


async def _follow(
    request: Request, provider: str, query: str, form: dict[str, list[str]] | None
) -> Response:
    context, desk = context_of(request), desk_of_providers(request)
    address = address_of(request)
    try:
        context.sessions.attempts.check(address)
        found = await context.outside.run(desk.follow, provider, query, form, base_url(request))
    except (SignOnRefused, TooManyAttempts, Busy, TooSlow) as error:
        is_answer = "SAMLResponse" in (form or query)
        return _refuse(request, provider, error, UNCONFIRMED if is_answer else REFUSED)
    if found.user is not None:
        user = found.user
        actor = Actor(kind="user", id=user.id, name=user.name or user.email, address=address)
        await note(request, session_event("closed", "done", actor, provider=provider))
    return see_other(found.url or "/login")


def _refuse(
    request: Request, provider: str, error: SignOnRefused | TooManyAttempts | Busy | TooSlow,
    problem: str,
) -> Response:  # fmt: skip
    """Whoever sends what is not believed is guessing."""
    if isinstance(error, SignOnRefused):
        context_of(request).sessions.attempts.count(address_of(request))
        log.warning("log-out through %s refused: %s", provider, error.message)
    return see_other(f"/login?{urlencode({'problem': problem})}")


_FOLLOW = Operation(
    summary="Log out as a SAML provider says, or come back from logging out there",
    description="For browsers: leads back to the provider with the answer to its request, or to "
    "the log-in page.",
    answers={303: None},
    refusals=(404,),
)
_TAKE = Operation(
    summary="Log out as a SAML provider says in a form",
    description="For pages of the provider, which post `SAMLRequest` or `SAMLResponse`.",
    answers={303: None},
    refusals=(404,),
)
