"""People: who they are, where they belong, and what they may do there."""

from typing import Literal

import msgspec

Permission = Literal[
    "calls.read", "calls.write", "guard.use", "usage.read", "keys.manage", "project.manage",
    "alerts.manage", "policies.manage", "members.manage", "audit.read", "organization.manage",
]  # fmt: skip
PERMISSIONS: tuple[Permission, ...] = (
    "calls.read", "calls.write", "guard.use", "usage.read", "keys.manage", "project.manage",
    "alerts.manage", "policies.manage", "members.manage", "audit.read", "organization.manage",
)  # fmt: skip
Role = Literal["owner", "admin", "member", "viewer", "custom"]
ROLES: dict[str, frozenset[Permission]] = {
    "viewer": frozenset({"calls.read", "usage.read"}),
    "member": frozenset({"calls.read", "calls.write", "guard.use", "usage.read"}),
    "admin": frozenset(PERMISSIONS) - {"organization.manage"},
    "owner": frozenset(PERMISSIONS),
    "custom": frozenset(),
}
"""What each role may do; `custom` may do what its membership names."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is at a provider through which he signs on."""

    issuer: str
    subject: str


class User(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Somebody who may log in. What is secret of it never leaves the record store."""

    id: str
    email: str
    """In lower case; one user has it."""
    name: str = ""
    password: str = ""
    """Argon2id; empty: no log-in by password."""
    totp_secret: str = ""
    """Sealed; empty: none."""
    recovery: tuple[str, ...] = ()
    """SHA-256 of the codes that are left."""
    reset_token: str = ""
    """SHA-256 of the token with which a password may be set anew."""
    reset_until_ns: int = 0
    is_root: bool = False
    """Whether everything of the installation is allowed."""
    disabled: bool = False
    sessions_from_ns: int = 0
    """Sessions that began before it are over."""
    identities: tuple[Identity, ...] = ()
    """By which providers name him; one of each issuer."""
    created_ns: int = 0


class Membership(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a user is in an organization."""

    user_id: str
    organization_id: str
    role: Role = "viewer"
    projects: tuple[str, ...] = ()
    """Ids; empty: all projects of the organization."""
    permissions: tuple[Permission, ...] = ()
    """Of the role `custom`."""
    source: str = ""
    """The provider whose groups decide about it; empty: somebody gave it by hand."""


class Invitation(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A place that waits for somebody."""

    id: str
    email: str
    organization_id: str
    role: Role = "viewer"
    projects: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()
    token_sha256: str
    created_ns: int = 0
    expires_ns: int = 0


class PersonalToken(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Lets a program act for a user; only its hash is kept."""

    id: str
    user_id: str
    name: str
    token_sha256: str
    permissions: tuple[Permission, ...] = ()
    """At most what the user may do; empty: all of it."""
    created_ns: int = 0
    expires_ns: int | None = None


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever asks, and what that allows."""

    user_id: str = ""
    """Empty: the access token of the console, or somebody at a console without a log-in."""
    name: str = ""
    is_root: bool = False
    memberships: tuple[Membership, ...] = ()
    only: frozenset[Permission] | None = None
    """Of a personal token: nothing beyond these; None: no such bound."""
    token_id: str = ""
    key_id: str = ""
    """Of a virtual key, for the little that one may do at the console."""
    project_id: str = ""
    """Of a virtual key: where it acts as long as no project is named."""

    @property
    def rules_all(self) -> bool:
        """Whether nothing is forbidden."""
        return self.is_root and self.only is None

    def may(self, permission: Permission, organization: str, project: str = "") -> bool:
        """In a project; without one: in the organization as a whole."""
        if self.only is not None and permission not in self.only:
            return False
        if self.is_root:
            return True
        return any(
            one.organization_id == organization
            and permission in permissions_of(one)
            and (not one.projects or (project != "" and project in one.projects))
            for one in self.memberships
        )

    def knows(self, organization: str, project: str) -> bool:
        """Whether a project may be known of: by all who belong to it, whatever they may do there;
        by a token only where it is good for something."""
        if self.only is not None:
            return any(self.may(one, organization, project) for one in self.only)
        return self.is_root or any(
            one.organization_id == organization and (not one.projects or project in one.projects)
            for one in self.memberships
        )

    def sees(self, organization: str) -> bool:
        """Whether the organization may be known of."""
        return self.is_root or any(one.organization_id == organization for one in self.memberships)


ROOT = Principal(is_root=True)


def permissions_of(membership: Membership) -> frozenset[Permission]:
    if membership.role == "custom":
        return frozenset(membership.permissions)
    return ROLES[membership.role]
