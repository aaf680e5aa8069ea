"""`/organizations`: the tenants of an installation."""

import msgspec
from fastapi import APIRouter
from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.access.desk import AccessDesk
from vedette.api.allowances import read_allowance
from vedette.api.authorization import principal_of
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
from vedette.model.tenant import Organization


class OrganizationBody(TenantBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new organization."""


class OrganizationChanges(TenantChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""


class OrganizationShape(HolderShape, frozen=True, kw_only=True):
    """An organization."""

    id: str
    name: str


class OrganizationList(msgspec.Struct, frozen=True):
    """Organizations in the order of their ids."""

    items: tuple[OrganizationShape, ...]
    next_cursor: str | None


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    return _OPERATIONS.router("organizations", "/organizations", "organization_id", _ENDPOINTS)


async def list_organizations(request: Request) -> Response:
    desk = desk_of(request)
    return await _HOLDERS.list(request, lambda: _seen(request, desk), OrganizationList)


async def create_organization(request: Request) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, OrganizationBody)
    allowance = read_allowance(body)

    def create() -> tuple[str, Entry[Organization]]:
        entry = desk.organizations.create(body.name, allowance)
        return entry.value.id, entry

    return await _HOLDERS.create(request, create)


async def show_organization(request: Request, organization_id: str) -> Response:
    return await _HOLDERS.show(request, organization_id, desk_of(request).organizations.get)


async def change_organization(request: Request, organization_id: str) -> Response:
    desk = desk_of(request)

    def change(body: OrganizationChanges, version: int | None) -> Entry[Organization]:
        return desk.organizations.change(
            organization_id, name=None if body.name is UNSET else body.name,
            allowance=lambda given: read_allowance(body, given), version=version,
        )  # fmt: skip

    return await _HOLDERS.change(
        request, organization_id, OrganizationChanges, desk.organizations.get, change
    )


async def delete_organization(request: Request, organization_id: str) -> Response:
    return await _HOLDERS.delete(request, organization_id, desk_of(request).organizations.delete)


def _seen(request: Request, desk: AccessDesk) -> list[tuple[str, Entry[Organization]]]:
    """Those that whoever asks may know of, with what may be spent only for who may read usage."""
    principal = principal_of(request)
    return [
        (id, entry if principal.may("usage.read", id) else bare(entry))
        for entry in desk.organizations.list()
        if principal.sees(id := entry.value.id)
    ]


def _shape(_id: str, entry: Entry[Organization]) -> OrganizationShape:
    value = entry.value
    return OrganizationShape(id=value.id, name=value.name, **held(entry, value.allowance))


_HOLDERS = Holders("organization", "organizations", _shape)
_ENDPOINTS = Endpoints(
    list_organizations, create_organization, show_organization, change_organization,
    delete_organization,
)  # fmt: skip

SHAPES = Shapes(OrganizationBody, OrganizationChanges, OrganizationShape, OrganizationList)
"""What the OpenAPI document describes of this resource."""
_OPERATIONS = operations("an organization", SHAPES, deleted=" that has no projects")
