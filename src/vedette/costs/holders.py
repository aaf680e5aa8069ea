"""Who has budgets and limits, and which rows of the ledger are his."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from vedette.costs.limits import Limit, limits_by, limits_of, rules_in_force
from vedette.model.budget import Scope
from vedette.model.ledger import Dimension, LedgerQuery
from vedette.model.tenant import AccessSnapshot, ScopedAllowance
from vedette.ports.ledger import Ledger


class Holder(NamedTuple):
    """Who has limits."""

    limits: tuple[Limit, ...]
    queries: tuple[LedgerQuery, ...]
    """His rows, each in one of them."""
    created_ns: int = 0
    project_id: str = ""
    """Of a user or a session: whose names are those of a project."""


def holders(
    ledger: Ledger, snapshot: AccessSnapshot, rules: Iterable[ScopedAllowance], since_ns: int = 0
) -> Iterator[Holder]:
    """Of users and the like those that a rule names, and those who called since then.

    Raises StoreError.
    """
    for organization in snapshot.organizations:
        limits = tuple(limits_of("organization", organization.id, organization.allowance))
        query = LedgerQuery(organization_id=organization.id)
        yield Holder(limits, (query,), organization.created_ns)
    for project in snapshot.projects:
        limits = tuple(limits_of("project", project.id, project.allowance))
        yield Holder(limits, (LedgerQuery(project_id=project.id),), project.created_ns)
    for key in snapshot.keys:
        limits = tuple(limits_of("key", key.account_id, key.allowance))
        created_ns = 0 if key.replaces else key.created_ns
        yield Holder(limits, (LedgerQuery(key_id=key.account_id),), created_ns, key.project_id)
    for rule in rules_in_force(rules, snapshot.allowances):
        yield from _ruled(ledger, rule, since_ns)


def _ruled(ledger: Ledger, rule: ScopedAllowance, since_ns: int) -> Iterator[Holder]:
    found: dict[int, tuple[tuple[Limit, ...], str, list[LedgerQuery]]] = {}

    def find(name: str, project_id: str) -> list[LedgerQuery]:
        limits = limits_by(rule, name, project_id) if name else ()
        if not limits:
            return []
        within = project_id if rule.scope in _IN_PROJECTS else rule.project
        return found.setdefault(limits[0].account.key, (limits, within, []))[2]

    if _is_certain(rule):
        find(rule.name, rule.project)
    asked = LedgerQuery(
        by=("project", *_DIMENSIONS[rule.scope]), project_id=rule.project or None,
        from_ns=since_ns,
    )  # fmt: skip
    for one in ledger.sums(asked):
        project_id, name = one.names[0], _name_of(rule.scope, one.names[1:])
        find(name, project_id).append(_rows_of(rule.scope, one.names))
    for limits, within, queries in found.values():
        yield Holder(limits, tuple(queries), project_id=within)


_IN_PROJECTS = ("user", "session")
_DIMENSIONS: dict[Scope, tuple[Dimension, ...]] = {
    "organization": ("organization",),
    "project": ("project",),
    "key": ("key",),
    "user": ("user",),
    "session": ("session",),
    "model": ("route", "model"),
    "tag": ("tag",),
}
_PATTERN = frozenset("*?[")


def _is_certain(rule: ScopedAllowance) -> bool:
    """Whether it is known whom a rule is for before anybody called."""
    is_one = rule.together or not _PATTERN & set(rule.name)
    return is_one and (bool(rule.project) or rule.scope not in _IN_PROJECTS)


def _name_of(scope: Scope, names: tuple[str, ...]) -> str:
    if scope != "model":
        return names[0]
    # Models are counted by the name that the client wrote: that of the route, unless the route is
    # for several.
    route, model = names
    return route if route and not _PATTERN & set(route) else model


def _rows_of(scope: Scope, names: tuple[str, ...]) -> LedgerQuery:
    """The rows of one user, session, ... of a project."""
    project_id, name, *more = names
    query = LedgerQuery(project_id=project_id)
    match scope:
        case "key":
            return replace(query, key_id=name)
        case "user":
            return replace(query, user_id=name)
        case "session":
            return replace(query, session_id=name)
        case "tag":
            return replace(query, tag=name)
        case "model":
            return replace(query, route=name, model=more[0])
        case _:
            return query
