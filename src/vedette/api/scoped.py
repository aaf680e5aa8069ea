"""`/allowances`: what all users, sessions, models, tags and the like may spend and ask."""

from functools import partial
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter
from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.api.allowances import (
    AllowanceChanges,
    AllowanceFields,
    BudgetShape,
    Failing,
    LimitsShape,
    budget_shapes,
    limits_shape,
    read_allowance,
)
from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.fields import read_fields
from vedette.api.holders import Endpoints, Holders, Shapes, operations
from vedette.api.routing import json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.api.tenancy import desk_of, page_of, read_page
from vedette.errors import Conflict, NotFound
from vedette.model.budget import Scope
from vedette.model.tenant import ScopedAllowance
from vedette.model.user import Permission
from vedette.query.shapes import Time
from vedette.query.times import format_time

Together = Annotated[
    bool, Meta(description="Whether all that match share it; else each name has its own.")
]


class AllowanceBody(AllowanceFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new allowance."""

    scope: Annotated[Scope, Meta(description="What is counted.")]
    name: Annotated[
        str, Meta(description="Who is meant: a name, or a pattern with * and ?.", max_length=200)
    ] = "*"
    project: Annotated[
        str, Meta(description="Only within this project, by id or name; empty: all.")
    ] = ""
    together: Together = False


class AllowanceEdits(AllowanceChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; whom it is for stays."""

    together: Together | UnsetType = UNSET


class AllowanceShape(msgspec.Struct, frozen=True, kw_only=True):
    """An allowance."""

    id: Annotated[str | None, Meta(description="Null where the configuration sets it.")]
    origin: Literal["file", "managed"]
    scope: Scope
    name: str
    project: Annotated[str | None, Meta(description="Null: in all projects.")]
    together: bool
    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
    on_failure: Failing
    in_force: Annotated[bool, Meta(description="False: the configuration has one for the same.")]
    created_time: Time | None
    updated_time: Time | None
    version: int | None


class AllowanceList(msgspec.Struct, frozen=True):
    """Those of the configuration first, then the others in the order of their ids."""

    items: tuple[AllowanceShape, ...]
    next_cursor: str | None


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    return _OPERATIONS.router("money", "/allowances", "allowance_id", _ENDPOINTS)


async def list_allowances(request: Request) -> Response:
    parameters = read_parameters(request, _OPERATIONS.list.parameters)
    after_id, limit = read_page(parameters)
    desk, context = desk_of(request), context_of(request)
    found = await context.threads.run(desk.allowances.list)
    own = tuple(context.services.rules())
    if parameters.text("project"):
        named = await project_of(request, parameters)
        found = tuple(one for one in found if one[1].value.project == named)
        own = tuple(rule for rule in own if rule.project == named)
    taken = {rule.place for rule in own}
    entries, cursor = page_of(((id, (id, entry)) for id, entry in found), after_id, limit)
    items = [
        _told(rule, id, entry, in_force=rule.place not in taken)
        for id, entry in entries
        if (rule := entry.value)
    ]
    first = [] if after_id else [_told(rule) for rule in own]
    return json_response(AllowanceList((*first, *items), cursor))


async def create_allowance(request: Request) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, AllowanceBody)
    rule = ScopedAllowance(
        scope=body.scope, name=body.name, project=body.project, together=body.together,
        allowance=read_allowance(body),
    )  # fmt: skip
    rule = await context_of(request).threads.run(_own_place, request, rule)
    if any(one.place == rule.place for one in context_of(request).services.rules()):
        raise Conflict("The configuration has an allowance for the same. Change it there.")
    return await _HOLDERS.create(request, lambda: desk.allowances.create(rule))


async def show_allowance(request: Request, allowance_id: str) -> Response:
    return await _HOLDERS.show(request, allowance_id, partial(_own, request, "usage.read"))


async def change_allowance(request: Request, allowance_id: str) -> Response:
    desk, own = desk_of(request), partial(_own, request, "project.manage")

    def change(body: AllowanceEdits, version: int | None) -> Entry[ScopedAllowance]:
        return desk.allowances.change(
            allowance_id, allowance=lambda given: read_allowance(body, given),
            together=None if body.together is UNSET else body.together, version=version,
        )  # fmt: skip

    return await _HOLDERS.change(request, allowance_id, AllowanceEdits, own, change)


async def delete_allowance(request: Request, allowance_id: str) -> Response:
    def delete(id: str) -> None:
        _own(request, "project.manage", id)
        desk_of(request).allowances.delete(id)

    return await _HOLDERS.delete(request, allowance_id, delete)


def _own(request: Request, permission: Permission, id: str) -> Entry[ScopedAllowance]:
    """Raises NotFound, also for one of a project where one may not, or of all."""
    found = desk_of(request).allowances.get(id)
    if not bounds_of(request).in_project(permission, found.value.project):
        raise NotFound(f"There is no allowance {id[:80]!r}.")
    return found


def _own_place(request: Request, rule: ScopedAllowance) -> ScopedAllowance:
    """The rule with the id of its project. Raises Forbidden where one may not manage that."""
    bounds = bounds_of(request)
    if bounds.everywhere("project.manage"):
        return rule
    rule = replace(rule, project=bounds.project_id(rule.project))
    bounds.check_project("project.manage", rule.project)
    return rule


def _shape(id: str, entry: Entry[ScopedAllowance]) -> AllowanceShape:
    return _told(entry.value, id, entry)


def _told(
    rule: ScopedAllowance, id: str = "", entry: Entry[ScopedAllowance] | None = None, *,
    in_force: bool = True,
) -> AllowanceShape:  # fmt: skip
    allowance = rule.allowance
    return AllowanceShape(
        id=id or None,
        origin="managed" if id else "file",
        scope=rule.scope,
        name=rule.name,
        project=rule.project or None,
        together=rule.together,
        budgets=budget_shapes(allowance),
        limits=limits_shape(allowance),
        on_failure=allowance.on_failure,
        in_force=in_force,
        created_time=None if entry is None else format_time(entry.created_ns),
        updated_time=None if entry is None else format_time(entry.updated_ns),
        version=None if entry is None else entry.version,
    )


_HOLDERS = Holders("allowance", "allowances", _shape)
_ENDPOINTS = Endpoints(
    list_allowances, create_allowance, show_allowance, change_allowance, delete_allowance
)

SHAPES = Shapes(AllowanceBody, AllowanceEdits, AllowanceShape, AllowanceList)
"""What the OpenAPI document describes of this resource."""
_OPERATIONS = operations(
    "an allowance", SHAPES,
    made="In force within a second. Users and sessions are counted by project, the others over all "
    "projects.",
    parameters=(replace(PROJECT_PARAMETER, description="Only those within it."),),
)  # fmt: skip
