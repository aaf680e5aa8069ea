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
from vedette.api.allowances import read_allowance
from vedette.api.authorization import check_in, principal_of
from vedette.api.fields import read_fields
from vedette.api.holders import (
    Endpoints,
    Holders,
    HolderShape,
    Shapes,
    TenantBody,
    TenantChanges,
    bare,
    held,
    operations,
)
from vedette.api.routing import read_parameters
from vedette.api.tenancy import desk_of
from vedette.model.tenant import DEFAULT, Project

RetentionDays = Annotated[int, Meta(ge=1, le=MOST_DAYS)]
_RETENTION = (
    "Days after which its spans are deleted; null: as the configuration says. The shorter holds."
)


class ProjectBody(TenantBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new project."""

    organization: Annotated[str, Meta(description="Its id.", max_length=80)] = DEFAULT
    retention_days: Annotated[RetentionDays | None, Meta(description=_RETENTION)] = None


class ProjectChanges(TenantChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    retention_days: RetentionDays | UnsetType | None = UNSET


class ProjectShape(HolderShape, frozen=True, kw_only=True):
    """A project."""

    id: str
    name: str
    organization: str
    retention_days: Annotated[int | None, Meta(description=_RETENTION)]


class ProjectList(msgspec.Struct, frozen=True):
    """Projects in the order of their ids."""

    items: tuple[ProjectShape, ...]
    next_cursor: str | None


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    return _OPERATIONS.router("projects", "/projects", "project_id", _ENDPOINTS)


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
    """Those that whoever asks may know of, with what may be spent only for who may read usage."""
    principal = principal_of(request)
    return [
        (one.id, entry if principal.may("usage.read", one.organization_id, one.id) else bare(entry))
        for entry in desk.projects.list()
        if principal.knows((one := entry.value).organization_id, one.id)
    ]


def _shape(_id: str, entry: Entry[Project]) -> ProjectShape:
    value = entry.value
    return ProjectShape(
        id=value.id, name=value.name, organization=value.organization_id,
        retention_days=value.retention_days, **held(entry, value.allowance),
    )  # fmt: skip


_HOLDERS = Holders("project", "projects", _shape)
_ENDPOINTS = Endpoints(list_projects, create_project, show_project, change_project, delete_project)

SHAPES = Shapes(ProjectBody, ProjectChanges, ProjectShape, ProjectList)
"""What the OpenAPI document describes of this resource."""
_OPERATIONS = operations("a project", SHAPES, deleted=" with its keys; what it recorded stays")
