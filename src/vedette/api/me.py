"""`/me`: one's own name, password, one-time codes and tokens."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.authorization import me_of
from vedette.api.context import context_of
from vedette.api.fields import naming_fields, read_fields
from vedette.api.people_shapes import (
    MeChanges,
    MyPassword,
    PasswordBody,
    RecoveryCodes,
    TokenBody,
    TokenIssued,
    TokenList,
    TotpBegun,
    TotpBody,
    UserShape,
    token_shape,
    user_shape,
)
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.session import check_passwords
from vedette.api.tenancy import desk_of


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["people"])
    add_route(api, "GET", "/me", show_me, _SHOW)
    add_route(api, "PATCH", "/me", change_me, _CHANGE)
    add_route(api, "POST", "/me/password", change_my_password, _PASSWORD)
    add_route(api, "POST", "/me/totp", begin_my_totp, _BEGIN)
    add_route(api, "POST", "/me/totp/confirm", confirm_my_totp, _CONFIRM)
    add_route(api, "POST", "/me/totp/drop", drop_my_totp, _DROP)
    add_route(api, "GET", "/me/tokens", list_my_tokens, _TOKENS)
    add_route(api, "POST", "/me/tokens", issue_my_token, _ISSUE)
    add_route(api, "DELETE", "/me/tokens/{token_id}", revoke_my_token, _REVOKE)
    return api


async def show_me(request: Request) -> Response:
    read_parameters(request)
    found = await context_of(request).threads.run(desk_of(request).people.get, me_of(request))
    return json_response(user_shape(found))


async def change_me(request: Request) -> Response:
    read_parameters(request)
    body, me = await read_fields(request, MeChanges), me_of(request, acts=True)
    with naming_fields():
        found = await context_of(request).threads.run(
            desk_of(request).people.change, me, name=body.name
        )
    return json_response(user_shape(found))


async def change_my_password(request: Request) -> Response:
    read_parameters(request)
    check_passwords(request)
    body, me = await read_fields(request, MyPassword), me_of(request, acts=True)
    _count_guess(request, me)
    with naming_fields():
        found = await context_of(request).threads.run(
            desk_of(request).logins.change_password, me, body.old, body.new
        )
    return json_response(user_shape(found))


async def begin_my_totp(request: Request) -> Response:
    read_parameters(request)
    desk, me = desk_of(request), me_of(request, acts=True)
    secret, uri = desk.logins.begin_totp(await context_of(request).threads.run(desk.people.get, me))
    return json_response(TotpBegun(secret=secret, uri=uri))


async def confirm_my_totp(request: Request) -> Response:
    read_parameters(request)
    body, me = await read_fields(request, TotpBody), me_of(request, acts=True)
    desk = desk_of(request)
    _count_guess(request, me)

    def confirm() -> tuple[str, ...]:
        desk.logins.confirm(me, body.password)
        return desk.logins.confirm_totp(me, body.secret, body.code)

    with naming_fields():
        return json_response(RecoveryCodes(await context_of(request).threads.run(confirm)))


async def drop_my_totp(request: Request) -> Response:
    read_parameters(request)
    body, me = await read_fields(request, PasswordBody), me_of(request, acts=True)
    desk = desk_of(request)
    _count_guess(request, me)

    def drop() -> None:
        desk.logins.confirm(me, body.password)
        desk.logins.drop_totp(me)

    await context_of(request).threads.run(drop)
    return Response(status_code=204)


async def list_my_tokens(request: Request) -> Response:
    read_parameters(request)
    found = await context_of(request).threads.run(desk_of(request).people.tokens, me_of(request))
    return json_response(TokenList(tuple(map(token_shape, found))))


async def issue_my_token(request: Request) -> Response:
    read_parameters(request)
    body, me = await read_fields(request, TokenBody), me_of(request, acts=True)
    context = context_of(request)
    now_ns = context.services.clock.now_ns()
    ends_ns = None if body.expires_in_s is None else now_ns + body.expires_in_s * 10**9
    with naming_fields():
        token, text = await context.threads.run(
            desk_of(request).people.issue_token, me, body.name, permissions=body.permissions,
            expires_ns=ends_ns,
        )  # fmt: skip
    return json_response(TokenIssued(token=token_shape(token), text=text), status=201)


async def revoke_my_token(request: Request, token_id: str) -> Response:
    read_parameters(request)
    people, me = desk_of(request).people, me_of(request, acts=True)
    await context_of(request).threads.run(people.revoke_token, me, token_id)
    return Response(status_code=204)


def _count_guess(request: Request, me: str) -> None:
    """A stolen session shall not be good for guessing the password."""
    attempts = context_of(request).sessions.attempts
    attempts.check(f"confirm {me}")
    attempts.count(f"confirm {me}")


_SHOW = Operation(summary="Who you are", answers={200: UserShape})
_CHANGE = Operation(
    summary="Change your name", body=MeChanges, answers={200: UserShape}, refusals=(413, 415)
)
_PASSWORD = Operation(
    summary="Change your password",
    description="All your sessions are over.",
    body=MyPassword,
    answers={200: UserShape},
    refusals=(413, 415),
)
_BEGIN = Operation(summary="Get a secret for one-time codes", answers={200: TotpBegun})
_CONFIRM = Operation(
    summary="Put one-time codes in force", body=TotpBody, answers={200: RecoveryCodes},
    refusals=(413, 415),
)  # fmt: skip
_DROP = Operation(
    summary="Ask for no code any more", body=PasswordBody, answers={204: None}, refusals=(413, 415)
)
_TOKENS = Operation(summary="Your personal tokens", answers={200: TokenList})
_ISSUE = Operation(
    summary="Make a personal token", body=TokenBody, answers={201: TokenIssued},
    refusals=(409, 413, 415),
)  # fmt: skip
_REVOKE = Operation(summary="Revoke a personal token", answers={204: None}, refusals=(404,))
