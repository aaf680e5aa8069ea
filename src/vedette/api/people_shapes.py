"""Users, members, invitations and tokens as the API shows them."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from vedette.access.visits import Visit
from vedette.model.user import (
    Invitation,
    Membership,
    Permission,
    PersonalToken,
    Role,
    User,
    permissions_of,
)
from vedette.query.shapes import Time
from vedette.query.times import format_time

Email = Annotated[str, Meta(max_length=254)]
Name = Annotated[str, Meta(max_length=200)]
Mailed = Annotated[bool, Meta(description="Whether the link was sent by mail.")]
Password = Annotated[str, Meta(max_length=1_024, description="10 characters or more.")]
Projects = Annotated[
    tuple[str, ...], Meta(max_length=1_000, description="Ids; empty: all of the organization.")
]
Permissions = Annotated[
    tuple[Permission, ...], Meta(max_length=50, description="Of the role `custom`.")
]


class UserBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new user; without a password the answer has a link to set one."""

    email: Email
    name: Name = ""
    password: Password = ""
    is_root: Annotated[bool, Meta(description="May do everything; the first one may.")] = False


class UserChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Name | UnsetType = UNSET
    is_root: bool | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    totp: Annotated[bool, Meta(description="`false` asks for no code any more.")] | UnsetType = (
        UNSET
    )


class UserShape(msgspec.Struct, frozen=True, kw_only=True):
    """A user."""

    id: str
    email: str
    name: str
    is_root: bool
    disabled: bool
    has_password: bool
    has_totp: bool
    created_time: Time


class UserList(msgspec.Struct, frozen=True):
    """Users in the order of their addresses."""

    items: tuple[UserShape, ...]


class UserMade(msgspec.Struct, frozen=True, kw_only=True):
    """A new user; `token` sets the password at `/password/reset` within an hour."""

    user: UserShape
    token: str | None
    mailed: Mailed


class ResetLink(msgspec.Struct, frozen=True, kw_only=True):
    """With this token a password can be set at `/password/reset`, within an hour."""

    token: str
    path: Annotated[str, Meta(description="Page of the console that takes it.")]
    mailed: Mailed


class ForgotBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose password was forgotten."""

    email: Annotated[str, Meta(min_length=1, max_length=254)]


class ResetBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token of a link, and the new password."""

    token: Annotated[str, Meta(min_length=1, max_length=200)]
    password: Password


class PlaceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody is in an organization."""

    role: Role
    projects: Projects = ()
    permissions: Permissions = ()


class MemberShape(msgspec.Struct, frozen=True, kw_only=True):
    """A member of an organization."""

    user: UserShape
    organization: str
    role: Role
    projects: tuple[str, ...]
    permissions: tuple[Permission, ...]


class MemberList(msgspec.Struct, frozen=True):
    """Members of an organization."""

    items: tuple[MemberShape, ...]


class InvitationBody(PlaceBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to invite."""

    email: Email
    organization: Annotated[str, Meta(max_length=64)] = "default"


class InvitationShape(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation that waits."""

    id: str
    email: str
    organization: str
    role: Role
    projects: tuple[str, ...]
    expires_time: Time


class InvitationList(msgspec.Struct, frozen=True):
    """Invitations that wait."""

    items: tuple[InvitationShape, ...]


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation; its token is shown this once. Give the link to whom it is for."""

    invitation: InvitationShape
    token: str
    path: str
    mailed: Mailed


class AcceptBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token of an invitation; who is a user already needs no password."""

    token: Annotated[str, Meta(min_length=1, max_length=200)]
    name: Name = ""
    password: Password = ""


class MeChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One's own name."""

    name: Name


class MyPassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password until now, and the new one."""

    old: Annotated[str, Meta(max_length=1_024)]
    new: Password


class TotpBegun(msgspec.Struct, frozen=True, kw_only=True):
    """A secret for an app; in force once a code of it was shown."""

    secret: str
    uri: str


class TotpBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The secret that was given, a code of it, and the password."""

    secret: Annotated[str, Meta(max_length=100)]
    code: Annotated[str, Meta(max_length=20)]
    password: Annotated[str, Meta(max_length=1_024)]


class PasswordBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password, to show that it is still you."""

    password: Annotated[str, Meta(max_length=1_024)]


class RecoveryCodes(msgspec.Struct, frozen=True):
    """Each works once in the place of a code; shown this once."""

    codes: tuple[str, ...]


class TokenBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A personal token: a program may do with it what you may, or less."""

    name: Annotated[str, Meta(max_length=100)]
    permissions: Annotated[
        tuple[Permission, ...], Meta(max_length=50, description="Empty: all that you may do.")
    ] = ()
    expires_in_s: Annotated[int, Meta(ge=60, le=315_360_000)] | None = None


class PersonalTokenShape(msgspec.Struct, frozen=True, kw_only=True):
    """A personal token without its secret."""

    id: str
    name: str
    permissions: tuple[Permission, ...]
    created_time: Time
    expires_time: Time | None


class TokenList(msgspec.Struct, frozen=True):
    """One's own tokens."""

    items: tuple[PersonalTokenShape, ...]


class VisitShape(msgspec.Struct, frozen=True, kw_only=True):
    """A session of yours: a log-in in one browser."""

    id: str
    address: Annotated[str, Meta(description="Of the network it began from.")]
    agent: Annotated[str, Meta(description="What the browser calls itself.")]
    began_time: Time
    expires_time: Time
    current: Annotated[bool, Meta(description="Whether it is the one that asks.")]


class VisitList(msgspec.Struct, frozen=True):
    """Your sessions, the latest first."""

    items: tuple[VisitShape, ...]


class TokenIssued(msgspec.Struct, frozen=True, kw_only=True):
    """A new token; shown this once."""

    token: PersonalTokenShape
    text: str


def user_shape(user: User) -> UserShape:
    return UserShape(
        id=user.id, email=user.email, name=user.name, is_root=user.is_root,
        disabled=user.disabled, has_password=bool(user.password),
        has_totp=bool(user.totp_secret), created_time=format_time(user.created_ns),
    )  # fmt: skip


def member_shape(user: User, place: Membership) -> MemberShape:
    return MemberShape(
        user=user_shape(user), organization=place.organization_id, role=place.role,
        projects=place.projects, permissions=tuple(sorted(permissions_of(place))),
    )  # fmt: skip


def invitation_shape(one: Invitation) -> InvitationShape:
    return InvitationShape(
        id=one.id, email=one.email, organization=one.organization_id, role=one.role,
        projects=one.projects, expires_time=format_time(one.expires_ns),
    )  # fmt: skip


def token_shape(one: PersonalToken) -> PersonalTokenShape:
    return PersonalTokenShape(
        id=one.id, name=one.name, permissions=one.permissions,
        created_time=format_time(one.created_ns),
        expires_time=None if one.expires_ns is None else format_time(one.expires_ns),
    )  # fmt: skip


def visit_shape(one: Visit, current_ns: int | None) -> VisitShape:
    return VisitShape(
        id=one.id, address=one.address, agent=one.agent, began_time=format_time(one.began_ns),
        expires_time=format_time(one.expires_ns), current=one.began_ns == current_ns,
    )  # fmt: skip


SHAPES: tuple[type, ...] = (
    UserBody, UserChanges, UserShape, UserList, UserMade, ResetLink, ForgotBody, ResetBody,
    PlaceBody,
    MemberShape, MemberList, InvitationBody, InvitationShape, InvitationList, Invited, AcceptBody,
    MeChanges, MyPassword, TotpBegun, TotpBody, PasswordBody, RecoveryCodes, TokenBody,
    PersonalTokenShape, TokenList, TokenIssued, VisitShape, VisitList,
)  # fmt: skip
"""What the OpenAPI document describes of this resource."""
