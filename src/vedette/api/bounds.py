"""Where those who ask may do something: for operations that find out themselves what is theirs.

What is not bound to a project or an organization belongs to the whole installation, and so to those
who may do everything. May block: ask in a thread.
"""

from msgspec.structs import replace
from starlette.requests import Request

from vedette.access.desk import AccessDesk
from vedette.access.keys import KeyQuery
from vedette.api.authorization import principal_of
from vedette.api.context import context_of
from vedette.api.errors import Forbidden
from vedette.errors import NotFound
from vedette.model.policy import Policy, Scope
from vedette.model.user import Permission, Principal

_ALL = 1_000_000
_NOT_YOURS = (
    "The scopes of the policy have to name organizations, projects or keys, and only those where "
    "you have the permission {}."
)
_REFUSED = "You may not do this here: it needs the permission {}, where it counts."


class Bounds:
    """Of one who asks."""

    def __init__(self, principal: Principal, desk: AccessDesk | None) -> None:
        self._principal = principal
        self._desk = desk

    def everywhere(self, permission: Permission) -> bool:
        """Whether nothing is out of bounds."""
        only = self._principal.only
        return self._principal.is_root and (only is None or permission in only)

    def in_project(self, permission: Permission, project_id: str) -> bool:
        """False for a project that nobody made."""
        if self.everywhere(permission):
            return True
        organization = self._organization_of(project_id)
        return bool(organization) and self._principal.may(permission, organization, project_id)

    def in_organization(self, permission: Permission, organization_id: str) -> bool:
        """In all of its projects."""
        return bool(organization_id) and self._principal.may(permission, organization_id)

    def holds(self, permission: Permission, policy: Policy) -> bool:
        """Whether a policy is for nobody beyond; its scopes have ids."""
        if self.everywhere(permission):
            return True
        scope = policy.scope
        is_bound = bool(scope.organizations or scope.projects or scope.keys)
        scopes = (scope, *(rule.scope for rule in policy.rules))
        return is_bound and all(self._holds_all(permission, one) for one in scopes)

    def own(self, permission: Permission, policy: Policy, *, bound: bool = True) -> Policy:
        """The policy with ids in its scopes. Raises Forbidden where it is for others, too.

        With `bound` False it may name nobody: it is tried, and holds nowhere.
        """
        if self.everywhere(permission):
            return policy
        rules = [replace(rule, scope=self._with_ids(rule.scope)) for rule in policy.rules]
        named = replace(policy, scope=self._with_ids(policy.scope), rules=tuple(rules))
        scopes = (named.scope, *(rule.scope for rule in rules))
        if bound and not self.holds(permission, named):
            raise Forbidden(_NOT_YOURS.format(permission))
        if not all(self._holds_all(permission, one) for one in scopes):
            raise Forbidden(_NOT_YOURS.format(permission))
        return named

    def check_project(self, permission: Permission, project_id: str) -> None:
        """Raises Forbidden; without a project for all who may not do it everywhere."""
        if not self.in_project(permission, project_id):
            raise Forbidden(_REFUSED.format(permission))

    def project_id(self, named: str) -> str:
        """Of a project by id or name, among those that may be known of; else what it was."""
        found = [
            one.value.id
            for one in (self._desk.projects.list() if self._desk is not None else ())
            if named in (one.value.id, one.value.name) and self._sees(one.value.organization_id)
        ]
        return found[0] if len(found) == 1 else named

    def _holds_all(self, permission: Permission, scope: Scope) -> bool:
        return (
            all(self.in_organization(permission, id) for id in scope.organizations)
            and all(self.in_project(permission, id) for id in scope.projects)
            and all(self._has_key(permission, id) for id in scope.keys)
        )

    def _with_ids(self, scope: Scope) -> Scope:
        return replace(
            scope, organizations=tuple(map(self._organization_id, scope.organizations)),
            projects=tuple(map(self.project_id, scope.projects)),
        )  # fmt: skip

    def _sees(self, organization_id: str) -> bool:
        return self._principal.sees(organization_id)

    def _organization_id(self, named: str) -> str:
        found = [
            one.value.id
            for one in (self._desk.organizations.list() if self._desk is not None else ())
            if named in (one.value.id, one.value.name) and self._sees(one.value.id)
        ]
        return found[0] if len(found) == 1 else named

    def _organization_of(self, project_id: str) -> str:
        try:
            found = self._desk.projects.get(project_id) if self._desk is not None else None
        except NotFound:
            return ""
        return "" if found is None else found.value.organization_id

    def _has_key(self, permission: Permission, key_id: str) -> bool:
        """By the id of a key, or of the first of a row of rotations."""
        entries = () if self._desk is None else self._desk.keys.list(KeyQuery(), limit=_ALL)
        found = next((e.value for e in entries if key_id in (e.value.id, e.value.account_id)), None)
        return found is not None and self._principal.may(
            permission, found.organization_id, found.project_id
        )


def bounds_of(request: Request) -> Bounds:
    """Of whoever asks."""
    return Bounds(principal_of(request), context_of(request).services.access)
