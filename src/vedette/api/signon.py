"""`/sso`: browsers go from here to a provider of identities, and come back with who they are.

These are pages, not an API: what goes wrong leads to the log-in page with a code.
"""

import logging
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vedette.access.signon.desk import SignedOn, SignOnDesk
from vedette.access.signon.refusals import ProviderAway, SignOnRefused
from vedette.api.access import FLOW_PATH
from vedette.api.context import context_of
from vedette.api.errors import TooManyAttempts
from vedette.api.noting import note
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.api.session import keep_cookie, session_event
from vedette.api.signoff import base_url, keep_ending
from vedette.api.threads import Busy, TooSlow
from vedette.api.visits import begin_visit
from vedette.errors import NotFound, VedetteError
from vedette.model.audit import Actor
from vedette.query.parameters import Parameter

log = logging.getLogger(__name__)

COOKIE = "vedette_sign_on"
_MOST_ANSWER = 16_384
_MOST_FORM = 524_288
_FORM = "application/x-www-form-urlencoded"


def router() -> APIRouter:
    """The routes at the root."""
    api = APIRouter(tags=["session"])
    add_route(api, "GET", "/sso/{provider}", begin_sign_on, _BEGIN)
    add_route(api, "GET", "/sso/{provider}/callback", finish_sign_on, _FINISH)
    add_route(api, "POST", "/sso/{provider}/acs", take_assertion, _TAKE)
    add_route(api, "GET", "/sso/{provider}/metadata", show_saml_metadata, _METADATA)
    return api


async def begin_sign_on(request: Request, provider: str) -> Response:
    next = read_parameters(request, _BEGIN.parameters).text("next") or "/"
    context, desk = context_of(request), desk_of_providers(request)
    try:
        address = address_of(request)
        context.sessions.attempts.check(address)
        url, carried = await context.outside.run(desk.begin, provider, next, base_url(request))
    except (SignOnRefused, TooManyAttempts, Busy, TooSlow) as error:
        return to_login(error, provider)
    response = see_other(url)
    response.set_cookie(
        COOKIE, carried, max_age=600, path=FLOW_PATH, httponly=True, samesite="lax",
        secure=context.services.settings.secure_cookie,
    )  # fmt: skip
    return response


async def finish_sign_on(request: Request, provider: str) -> Response:
    context, desk = context_of(request), desk_of_providers(request)
    address = address_of(request)
    carried = request.cookies.get(COOKIE, "")
    try:
        context.sessions.attempts.check(address)
        answer = dict(request.query_params) if len(request.url.query) <= _MOST_ANSWER else {}
        found = await context.outside.run(desk.finish, provider, carried, answer)
    except NotFound:
        raise
    except VedetteError as error:
        return await _refuse(request, error, provider, address)
    return await let_in(request, found, provider)


async def take_assertion(request: Request, provider: str) -> Response:
    """Logs in nobody by itself, and neither reads nor sets a cookie: a page of any site can send
    this. It leads on to `finish_sign_on`, where the browser shows what it carries."""
    context, desk = context_of(request), desk_of_providers(request)
    desk.check_saml(provider)
    address = address_of(request)
    try:
        context.sessions.attempts.check(address)
        response, relay = await _form_response(request)
        ticket = await context.outside.run(desk.take, provider, response, relay, base_url(request))
    except NotFound:
        raise
    except VedetteError as error:
        return await _refuse(request, error, provider, address, keeps_flow=True)
    return see_other(f"{FLOW_PATH}{provider}/callback?{urlencode({'ticket': ticket})}")


async def show_saml_metadata(request: Request, provider: str) -> Response:
    read_parameters(request)
    text = desk_of_providers(request).metadata(provider, base_url(request))
    return Response(text, media_type="application/samlmetadata+xml")


async def _form_response(request: Request) -> tuple[str, str]:
    """The one `SAMLResponse` of the form, and its `RelayState`. Raises SignOnRefused."""
    form = await read_form(request)
    found = form.get("SAMLResponse", [])
    if len(found) != 1:
        raise SignOnRefused("The provider's answer has not one response.")
    return found[0], form.get("RelayState", [""])[0]


async def read_form(request: Request) -> dict[str, list[str]]:
    """What a page of a provider posts. Raises SignOnRefused."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise SignOnRefused("The provider's answer is no form.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_FORM:
            raise SignOnRefused("The provider's answer is too large.")
    try:
        return parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=8)
    except ValueError:
        raise SignOnRefused("The provider's answer is no form.") from None


async def let_in(request: Request, found: SignedOn, provider: str) -> Response:
    """A session for somebody whom a provider named."""
    user = found.user
    cookie, _ = context_of(request).sessions.issue_to(user.id)
    presence = found.presence.session if found.presence is not None else ""
    await begin_visit(request, cookie, provider=provider, provider_session=presence)
    actor = Actor(
        kind="user", id=user.id, name=user.name or user.email, address=address_of(request)
    )
    await note(request, session_event("opened", "done", actor, provider=provider))
    response = see_other(found.next)
    keep_cookie(request, response, cookie)
    keep_ending(request, response, cookie, provider, found)
    response.delete_cookie(COOKIE, path=FLOW_PATH)
    return response


async def _refuse(
    request: Request, error: VedetteError, provider: str, address: str, *, keeps_flow: bool = False
) -> Response:
    """`keeps_flow`: it may not be the browser that carries one, so none is taken from it."""
    if not isinstance(error, TooManyAttempts | ProviderAway | Busy | TooSlow):
        context_of(request).sessions.attempts.count(address)
        actor = Actor(kind="anonymous", address=address)
        await note(request, session_event("refused", "refused", actor, provider=provider))
    return to_login(error, provider, keeps_flow=keeps_flow)


def to_login(error: VedetteError, provider: str, *, keeps_flow: bool = False) -> Response:
    if not isinstance(error, TooManyAttempts):
        log.warning("log-in through %s refused: %s", provider, error.message)
    code = ProviderAway.code if isinstance(error, Busy | TooSlow) else error.code
    response = see_other(f"/login?{urlencode({'problem': code})}")
    if not keeps_flow:
        response.delete_cookie(COOKIE, path=FLOW_PATH)
    return response


def see_other(url: str) -> Response:
    headers = {"cache-control": "no-store"}
    return RedirectResponse(url, status_code=303, headers=headers)


def desk_of_providers(request: Request) -> SignOnDesk:
    desk = context_of(request).services.sign_on
    if desk is None:
        raise NotFound("There is no provider to log in with.")
    return desk


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


_NEXT = Parameter(name="next", description="Page to go to.", schema={"type": "string"})
_BEGIN = Operation(
    summary="Log in through a provider",
    description="For browsers: leads to the provider, which leads back.",
    parameters=(_NEXT,),
    answers={303: None},
    refusals=(404,),
)
_FINISH = Operation(
    summary="Come back from a provider",
    description="Leads to the console with a session, or to the log-in page with a `problem`.",
    answers={303: None},
    refusals=(404,),
)
_TAKE = Operation(
    summary="Take what a SAML provider says of somebody",
    description="For pages of the provider, which post `SAMLResponse`. Leads to where the log-in "
    "ends, or to the log-in page with a `problem`.",
    answers={303: None},
    refusals=(404,),
)
_METADATA = Operation(
    summary="What a SAML provider has to know of this console",
    answers={200: "application/samlmetadata+xml"},
    refusals=(404,),
)
