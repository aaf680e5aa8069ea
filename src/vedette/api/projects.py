"""`/projects`: units of isolation; each call belongs to one of them."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import UNSET, Meta, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.access.desk import AccessDesk
from vedette.access.tenants import MOST_DAYS
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
from vedette.api.authorization import check_in, principal_of
from vedette.api.fields import read_fields
from vedette.api.holders import Holders
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.api.tenancy import IF_MATCH, PAGING, desk_of
from vedette.model.tenant import DEFAULT, Project
from vedette.query.shapes import Time
from vedette.query.times import format_time

RetentionDays = Annotated[int, Meta(ge=1, le=MOST_DAYS)]
_RETENTION = (
    "Days after which its spans are deleted; null: as the configuration says. The shorter holds."
)


class ProjectBody(AllowanceFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new project."""

    name: Annotated[str, Meta(max_length=200)]
    organization: Annotated[str, Meta(description="Its id.", max_length=80)] = DEFAULT
    retention_days: Annotated[RetentionDays | None, Meta(description=_RETENTION)] = None


class ProjectChanges(AllowanceChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    retention_days: RetentionDays | UnsetType | None = UNSET


class ProjectShape(msgspec.Struct, frozen=True, kw_only=True):
    """A project."""

    id: str
    name: str
    organization: str
    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
    on_failure: Failing
    retention_days: Annotated[int | None, Meta(description=_RETENTION)]
    created_time: Time
    updated_time: Time
    version: int


class ProjectList(msgspec.Struct, frozen=True):
    """Projects in the order of their ids."""

    items: tuple[ProjectShape, ...]
    next_cursor: str | None


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["projects"])
    add_route(api, "GET", "/projects", list_projects, _LIST)
    add_route(api, "POST", "/projects", create_project, _CREATE)
    add_route(api, "GET", "/projects/{project_id}", show_project, _SHOW)
    add_route(api, "PATCH", "/projects/{project_id}", change_project, _CHANGE)
    add_route(api, "DELETE", "/projects/{project_id}", delete_project, _DELETE)
    return api


async def list_projects(request: Request) -> Response:
    desk = desk_of(request)
    return await _HOLDERS.list(request, lambda: _seen(request, desk), ProjectList)


async def create_project(request: Request) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, ProjectBody)
    allowance = read_allowance(body)
    await check_in(request, "organization.manage", body.organization)

    def create() -> tuple[str, Entry[Project]]:
        entry = desk.projects.create(
            body.name, body.organization, allowance, retention_days=body.retention_days
        )
        return entry.value.id, entry

    return await _HOLDERS.create(request, create)


async def show_project(request: Request, project_id: str) -> Response:
    return await _HOLDERS.show(request, project_id, desk_of(request).projects.get)


async def change_project(request: Request, project_id: str) -> Response:
    desk = desk_of(request)

    def change(body: ProjectChanges, version: int | None) -> Entry[Project]:
        return desk.projects.change(
            project_id, name=None if body.name is UNSET else body.name,
            allowance=lambda given: read_allowance(body, given), version=version,
            retention_days=body.retention_days,
        )  # fmt: skip

    return await _HOLDERS.change(request, project_id, ProjectChanges, desk.projects.get, change)


async def delete_project(request: Request, project_id: str) -> Response:
    return await _HOLDERS.delete(request, project_id, desk_of(request).projects.delete)


def _seen(request: Request, desk: AccessDesk) -> list[tuple[str, Entry[Project]]]:
    """Those that whoever asks may know of."""
    principal = principal_of(request)
    return [
        (entry.value.id, entry)
        for entry in desk.projects.list()
        if principal.may("usage.read", entry.value.organization_id, entry.value.id)
        or principal.may("calls.read", entry.value.organization_id, entry.value.id)
    ]


def _shape(_id: str, entry: Entry[Project]) -> ProjectShape:
    value = entry.value
    return ProjectShape(
        id=value.id,
        name=value.name,
        organization=value.organization_id,
        budgets=budget_shapes(value.allowance),
        limits=limits_shape(value.allowance),
        on_failure=value.allowance.on_failure,
        retention_days=value.retention_days,
        created_time=format_time(entry.created_ns),
        updated_time=format_time(entry.updated_ns),
        version=entry.version,
    )


_HOLDERS = Holders("project", "projects", _shape)
_LIST = Operation(summary="Projects", parameters=PAGING, answers={200: ProjectList})
_CREATE = Operation(
    summary="Make a project",
    body=ProjectBody,
    answers={201: ProjectShape},
    refusals=(409, 413, 415),
)
_SHOW = Operation(summary="One project", answers={200: ProjectShape}, refusals=(404,))
_CHANGE = Operation(
    summary="Change a project",
    headers=(IF_MATCH,),
    body=ProjectChanges,
    answers={200: ProjectShape},
    refusals=(404, 409, 412, 413, 415),
)
_DELETE = Operation(
    summary="Delete a project with its keys; what it recorded stays",
    answers={204: None},
    refusals=(404, 409),
)

SHAPES: tuple[type, ...] = (
    ProjectBody, ProjectChanges, ProjectShape, ProjectList,
)  # fmt: skip
"""What the OpenAPI document describes of this resource."""
