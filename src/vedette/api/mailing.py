"""Writing to people, where a mail server is configured; `/password/forgot`."""

import logging

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.letters import send_reset
from vedette.api.context import context_of
from vedette.api.fields import read_fields
from vedette.api.people_shapes import ForgotBody
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.api.session import check_passwords
from vedette.api.tenancy import desk_of
from vedette.errors import VedetteError
from vedette.model.mail import Mail
from vedette.ports.mail import Mailer

log = logging.getLogger(__name__)


class NoMail(VedetteError):
    """No mail server is configured."""

    code = "mail_unavailable"
    status = 409


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["people"])
    add_route(api, "POST", "/password/forgot", send_reset_link, _FORGOT)
    return api


async def send_reset_link(request: Request) -> Response:
    """Whether there is such a user is not told, by words or by time: all is done afterwards."""
    read_parameters(request)
    check_passwords(request)
    body, context = await read_fields(request, ForgotBody), context_of(request)
    mailer = context.services.mailer()
    if mailer is None:
        raise NoMail("This console sends no mail. Ask somebody to make a link for you.")
    attempts = context.sessions.attempts
    address = request.client.host if request.client else ""
    email = body.email.strip().lower()
    for whose in (address, f"forgot {email}"):
        attempts.check(whose)
        attempts.count(whose)
    context.tasks.spawn(_write(request, mailer, email), name="mail")
    return Response(status_code=202)


async def mailed(request: Request, mail: Mail) -> bool:
    """Whether the mail server took it: the caller has the link besides."""
    context = context_of(request)
    mailer = context.services.mailer()
    if mailer is None:
        return False
    try:
        await context.outside.run(mailer.send, mail)
    except VedetteError as error:
        log.warning("a mail was not sent: %s", error.message)
        return False
    return True


def link_to(request: Request, path: str) -> str:
    """An address for mails: never one that the caller chose by a header."""
    return context_of(request).services.settings.public_url + path


async def _write(request: Request, mailer: Mailer, email: str) -> None:
    context, desk = context_of(request), desk_of(request)
    try:
        await context.outside.run(send_reset, desk, mailer, email, link_to(request, ""))
    except VedetteError as error:
        log.warning("a link for a password was not sent: %s", error.message)


_FORGOT = Operation(
    summary="Have a link to set a password sent",
    description="The answer is the same whether there is such a user or not.",
    body=ForgotBody,
    answers={202: None},
    refusals=(409, 413, 415),
)
