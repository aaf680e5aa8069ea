"""`/users`, `/members`, `/invitations`, `/password`: who may log in, and where they belong."""

from typing import Any

from fastapi import APIRouter
from msgspec import UNSET
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.letters import invitation_letter, reset_letter, welcome_letter
from vedette.access.passwords import hash_password
from vedette.access.people import People
from vedette.api.authorization import check_in, principal_of
from vedette.api.context import context_of
from vedette.api.errors import Forbidden
from vedette.api.fields import naming_fields, read_fields
from vedette.api.mailing import link_to, mailed
from vedette.api.people_shapes import (
    AcceptBody,
    InvitationBody,
    InvitationList,
    Invited,
    MemberList,
    MemberShape,
    PlaceBody,
    ResetBody,
    ResetLink,
    UserBody,
    UserChanges,
    UserList,
    UserMade,
    UserShape,
    invitation_shape,
    member_shape,
    user_shape,
)
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.session import check_passwords
from vedette.api.tenancy import desk_of
from vedette.model.user import Membership, Role, User
from vedette.query.parameters import Parameter


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["people"])
    add_route(api, "GET", "/users", list_users, _USERS)
    add_route(api, "POST", "/users", create_user, _CREATE)
    add_route(api, "PATCH", "/users/{user_id}", change_user, _CHANGE)
    add_route(api, "DELETE", "/users/{user_id}", delete_user, _DELETE)
    add_route(api, "POST", "/users/{user_id}/reset", begin_reset, _BEGIN)
    add_route(api, "POST", "/password/reset", reset_password, _RESET)
    add_route(api, "GET", "/members", list_members, _MEMBERS)
    add_route(api, "PUT", "/members/{organization_id}/{user_id}", place_member, _PLACE)
    add_route(api, "DELETE", "/members/{organization_id}/{user_id}", remove_member, _REMOVE)
    add_route(api, "GET", "/invitations", list_invitations, _INVITATIONS)
    add_route(api, "POST", "/invitations", invite_member, _INVITE)
    add_route(api, "DELETE", "/invitations/{invitation_id}", withdraw_invitation, _WITHDRAW)
    add_route(api, "POST", "/invitations/accept", accept_invitation, _ACCEPT)
    return api


async def list_users(request: Request) -> Response:
    read_parameters(request)
    found = await context_of(request).threads.run(_people(request).list)
    ordered = sorted(found, key=lambda user: user.email)
    return json_response(UserList(tuple(map(user_shape, ordered))))


async def create_user(request: Request) -> Response:
    read_parameters(request)
    body, desk = await read_fields(request, UserBody), desk_of(request)

    def create() -> tuple[User, str | None]:
        password = hash_password(body.password) if body.password else ""
        is_root = body.is_root or not desk.people.any
        user = desk.people.create(body.email, name=body.name, password=password, is_root=is_root)
        return user, None if password else desk.logins.begin_reset(user.id)

    with naming_fields():
        user, token = await context_of(request).threads.run(create)
    headers = {"location": f"/api/v1/users/{user.id}"}
    letter = welcome_letter(user, link_to(request, f"/login?reset={token}"))
    shape = UserMade(
        user=user_shape(user), token=token,
        mailed=token is not None and await mailed(request, letter),
    )  # fmt: skip
    return json_response(shape, status=201, headers=headers)


async def change_user(request: Request, user_id: str) -> Response:
    read_parameters(request)
    body, people = await read_fields(request, UserChanges), _people(request)
    changes: dict[str, Any] = {k: v for k, v in asdict(body).items() if v is not UNSET}
    if changes.pop("totp", None) is False:
        changes |= {"totp_secret": "", "recovery": ()}
    with naming_fields():
        user = await context_of(request).threads.run(people.change, user_id, **changes)
    return json_response(user_shape(user))


async def delete_user(request: Request, user_id: str) -> Response:
    read_parameters(request)
    await context_of(request).threads.run(_people(request).delete, user_id)
    return Response(status_code=204)


async def begin_reset(request: Request, user_id: str) -> Response:
    read_parameters(request)
    check_passwords(request)
    threads, desk = context_of(request).threads, desk_of(request)
    token = await threads.run(desk.logins.begin_reset, user_id)
    path = f"/login?reset={token}"
    user = await threads.run(desk.people.get, user_id)
    sent = await mailed(request, reset_letter(user, link_to(request, path)))
    return json_response(ResetLink(token=token, path=path, mailed=sent))


async def reset_password(request: Request) -> Response:
    read_parameters(request)
    check_passwords(request)
    body, context = await read_fields(request, ResetBody), context_of(request)
    context.sessions.attempts.check(_address(request))
    # A guess is as dear as one of a password.
    context.sessions.attempts.count(_address(request))
    with naming_fields():
        user = await context.threads.run(desk_of(request).logins.reset, body.token, body.password)
    return json_response(user_shape(user))


async def list_members(request: Request) -> Response:
    organization = _organization(request, _MEMBERS)
    await check_in(request, "members.manage", organization)
    found = await context_of(request).threads.run(_people(request).members, organization)
    return json_response(MemberList(tuple(member_shape(*one) for one in found)))


async def place_member(request: Request, organization_id: str, user_id: str) -> Response:
    read_parameters(request)
    body, people = await read_fields(request, PlaceBody), _people(request)
    threads, desk = context_of(request).threads, desk_of(request)
    await check_in(request, "members.manage", organization_id)
    await threads.run(desk.organizations.get, organization_id)
    there = {user.id: place for user, place in await threads.run(people.members, organization_id)}
    if user_id not in there and not principal_of(request).is_root:
        # Who is there at all is not for one organization to know: others are invited.
        raise Forbidden("Invite whoever is not a member yet.")
    await _check_rank(request, organization_id, body.role)
    if user_id in there:
        await _check_rank(request, organization_id, there[user_id].role)
    with naming_fields():
        place = await threads.run(people.place, Membership(
            user_id=user_id, organization_id=organization_id, role=body.role,
            projects=body.projects, permissions=body.permissions,
        ))  # fmt: skip
    return json_response(member_shape(await threads.run(people.get, user_id), place))


async def remove_member(request: Request, organization_id: str, user_id: str) -> Response:
    read_parameters(request)
    threads, people = context_of(request).threads, _people(request)
    await check_in(request, "members.manage", organization_id)
    for user, place in await threads.run(people.members, organization_id):
        if user.id == user_id:
            await _check_rank(request, organization_id, place.role)
    await threads.run(people.remove, organization_id, user_id)
    return Response(status_code=204)


async def list_invitations(request: Request) -> Response:
    organization = _organization(request, _INVITATIONS)
    await check_in(request, "members.manage", organization)
    found = await context_of(request).threads.run(_people(request).invitations, organization)
    return json_response(InvitationList(tuple(map(invitation_shape, found))))


async def invite_member(request: Request) -> Response:
    read_parameters(request)
    body, people = await read_fields(request, InvitationBody), _people(request)
    threads, desk = context_of(request).threads, desk_of(request)
    await check_in(request, "members.manage", body.organization)
    await _check_rank(request, body.organization, body.role)
    organization = (await threads.run(desk.organizations.get, body.organization)).value
    with naming_fields():
        invitation, token = await threads.run(
            people.invite, body.email, body.organization, body.role, projects=body.projects,
            permissions=body.permissions,
        )  # fmt: skip
    path = f"/login?invitation={token}"
    letter = invitation_letter(invitation.email, organization.name, link_to(request, path))
    shape = Invited(
        invitation=invitation_shape(invitation), token=token, path=path,
        mailed=await mailed(request, letter),
    )  # fmt: skip
    return json_response(shape, status=201)


async def withdraw_invitation(request: Request, invitation_id: str) -> Response:
    read_parameters(request)
    threads, people = context_of(request).threads, _people(request)
    found = await threads.run(people.invitation, invitation_id)
    await check_in(request, "members.manage", found.organization_id)
    await threads.run(people.withdraw, invitation_id)
    return Response(status_code=204)


async def accept_invitation(request: Request) -> Response:
    read_parameters(request)
    check_passwords(request)
    body, context = await read_fields(request, AcceptBody), context_of(request)
    context.sessions.attempts.check(_address(request))
    context.sessions.attempts.count(_address(request))
    people = _people(request)

    def accept() -> User:
        invitation = people.invited(body.token)
        known = people.find(invitation.email)
        password = "" if known is not None else hash_password(body.password)
        return people.accept(body.token, name=body.name, password=password)

    with naming_fields():
        return json_response(user_shape(await context.threads.run(accept)))


async def _check_rank(request: Request, organization: str, role: Role) -> None:
    """Owners are made and unmade by owners, and so is whoever's permissions are chosen freely."""
    if role in ("owner", "custom"):
        await check_in(request, "organization.manage", organization)


def _organization(request: Request, operation: Operation) -> str:
    return read_parameters(request, operation.parameters).text("organization") or "default"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _people(request: Request) -> People:
    return desk_of(request).people


_ORGANIZATION = Parameter(
    name="organization", description="Its id.", schema={"type": "string", "default": "default"}
)
_USERS = Operation(summary="Users", answers={200: UserList})
_CREATE = Operation(
    summary="Make a user",
    description="With the first one the console asks everybody to log in.",
    body=UserBody,
    answers={201: UserMade},
    refusals=(409, 413, 415),
)
_CHANGE = Operation(
    summary="Change a user", body=UserChanges, answers={200: UserShape},
    refusals=(404, 409, 413, 415),
)  # fmt: skip
_DELETE = Operation(
    summary="Delete a user",
    description="With memberships and tokens. With the last one the console asks for no log-in.",
    answers={204: None},
    refusals=(404, 409),
)
_BEGIN = Operation(
    summary="Make a link to set a password anew", answers={200: ResetLink}, refusals=(404,)
)
_RESET = Operation(
    summary="Set a password by a link", body=ResetBody, answers={200: UserShape},
    refusals=(404, 413, 415),
)  # fmt: skip
_MEMBERS = Operation(
    summary="Members of an organization", parameters=(_ORGANIZATION,), answers={200: MemberList}
)
_PLACE = Operation(
    summary="Give a member a role", body=PlaceBody, answers={200: MemberShape},
    refusals=(404, 409, 413, 415),
)  # fmt: skip
_REMOVE = Operation(summary="Remove a member", answers={204: None}, refusals=(404,))
_INVITATIONS = Operation(
    summary="Invitations that wait", parameters=(_ORGANIZATION,), answers={200: InvitationList}
)
_INVITE = Operation(
    summary="Invite somebody", body=InvitationBody, answers={201: Invited},
    refusals=(404, 409, 413, 415),
)  # fmt: skip
_WITHDRAW = Operation(summary="Withdraw an invitation", answers={204: None}, refusals=(404,))
_ACCEPT = Operation(
    summary="Accept an invitation", body=AcceptBody, answers={200: UserShape},
    refusals=(404, 409, 413, 415),
)  # fmt: skip
