"""`/projects`: units of isolation; each call belongs to one of them."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import UNSET, Meta, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.api.allowances import (
    Budgets,
    BudgetShape,
    LimitsBody,
    LimitsShape,
    budget_shapes,
    limits_shape,
    read_allowance,
)
from vedette.api.context import context_of
from vedette.api.etags import etag
from vedette.api.fields import naming_fields, read_fields
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.tenancy import IF_MATCH, PAGING, check_version, desk_of, page_of, read_page
from vedette.model.tenant import DEFAULT, Allowance, Project
from vedette.query.shapes import Time
from vedette.query.times import format_time


class ProjectBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new project."""

    name: Annotated[str, Meta(max_length=200)]
    organization: Annotated[str, Meta(description="Its id.", max_length=80)] = DEFAULT
    budgets: Budgets | None = None
    limits: LimitsBody | None = None


class ProjectChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    budgets: Budgets | UnsetType | None = UNSET
    limits: LimitsBody | UnsetType | None = UNSET


class ProjectShape(msgspec.Struct, frozen=True, kw_only=True):
    """A project."""

    id: str
    name: str
    organization: str
    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
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
    after_id, limit = read_page(read_parameters(request, _LIST.parameters))
    desk = desk_of(request)
    found = await context_of(request).threads.run(desk.projects.list)
    entries, cursor = page_of(((entry.value.id, entry) for entry in found), after_id, limit)
    return json_response(ProjectList(tuple(map(_shape, entries)), cursor))


async def create_project(request: Request) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, ProjectBody)
    allowance = read_allowance(body.budgets, body.limits, Allowance())
    with naming_fields():
        entry = await context_of(request).threads.run(
            desk.projects.create, body.name, body.organization, allowance
        )
    location = {"location": f"/api/v1/projects/{entry.value.id}", "etag": etag(entry.version)}
    return json_response(_shape(entry), status=201, headers=location)


async def show_project(request: Request, project_id: str) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    entry = await context_of(request).threads.run(desk.projects.get, project_id)
    return json_response(_shape(entry), headers={"etag": etag(entry.version)})


async def change_project(request: Request, project_id: str) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, ProjectChanges)
    threads = context_of(request).threads
    current = await threads.run(desk.projects.get, project_id)
    version = check_version(request, "project", current.version)
    with naming_fields():
        entry = await threads.run(
            desk.projects.change, project_id,
            name=None if body.name is UNSET else body.name,
            allowance=lambda given: read_allowance(body.budgets, body.limits, given),
            version=version,
        )  # fmt: skip
    return json_response(_shape(entry), headers={"etag": etag(entry.version)})


async def delete_project(request: Request, project_id: str) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    await context_of(request).threads.run(desk.projects.delete, project_id)
    return Response(status_code=204)


def _shape(entry: Entry[Project]) -> ProjectShape:
    value = entry.value
    return ProjectShape(
        id=value.id,
        name=value.name,
        organization=value.organization_id,
        budgets=budget_shapes(value.allowance),
        limits=limits_shape(value.allowance),
        created_time=format_time(entry.created_ns),
        updated_time=format_time(entry.updated_ns),
        version=entry.version,
    )


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
