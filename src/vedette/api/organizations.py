"""`/organizations`: the tenants of an installation."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import UNSET, Meta, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.access.desk import AccessDesk
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
from vedette.api.authorization import principal_of
from vedette.api.fields import read_fields
from vedette.api.holders import Holders
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.api.tenancy import IF_MATCH, PAGING, desk_of
from vedette.model.tenant import Organization
from vedette.query.shapes import Time
from vedette.query.times import format_time


class OrganizationBody(AllowanceFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new organization."""

    name: Annotated[str, Meta(max_length=200)]


class OrganizationChanges(AllowanceChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET


class OrganizationShape(msgspec.Struct, frozen=True, kw_only=True):
    """An organization."""

    id: str
    name: str
    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
    on_failure: Failing
    created_time: Time
    updated_time: Time
    version: int


class OrganizationList(msgspec.Struct, frozen=True):
    """Organizations in the order of their ids."""

    items: tuple[OrganizationShape, ...]
    next_cursor: str | None


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["organizations"])
    add_route(api, "GET", "/organizations", list_organizations, _LIST)
    add_route(api, "POST", "/organizations", create_organization, _CREATE)
    add_route(api, "GET", "/organizations/{organization_id}", show_organization, _SHOW)
    add_route(api, "PATCH", "/organizations/{organization_id}", change_organization, _CHANGE)
    add_route(api, "DELETE", "/organizations/{organization_id}", delete_organization, _DELETE)
    return api


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
    """Those that whoever asks may know of."""
    principal = principal_of(request)
    found = ((entry.value.id, entry) for entry in desk.organizations.list())
    return [(id, entry) for id, entry in found if principal.sees(id)]


def _shape(_id: str, entry: Entry[Organization]) -> OrganizationShape:
    value = entry.value
    return OrganizationShape(
        id=value.id,
        name=value.name,
        budgets=budget_shapes(value.allowance),
        limits=limits_shape(value.allowance),
        on_failure=value.allowance.on_failure,
        created_time=format_time(entry.created_ns),
        updated_time=format_time(entry.updated_ns),
        version=entry.version,
    )


_HOLDERS = Holders("organization", "organizations", _shape)
_LIST = Operation(summary="Organizations", parameters=PAGING, answers={200: OrganizationList})
_CREATE = Operation(
    summary="Make an organization",
    body=OrganizationBody,
    answers={201: OrganizationShape},
    refusals=(409, 413, 415),
)
_SHOW = Operation(summary="One organization", answers={200: OrganizationShape}, refusals=(404,))
_CHANGE = Operation(
    summary="Change an organization",
    headers=(IF_MATCH,),
    body=OrganizationChanges,
    answers={200: OrganizationShape},
    refusals=(404, 409, 412, 413, 415),
)
_DELETE = Operation(
    summary="Delete an organization that has no projects",
    answers={204: None},
    refusals=(404, 409),
)

SHAPES: tuple[type, ...] = (
    OrganizationBody, OrganizationChanges, OrganizationShape, OrganizationList,
)  # fmt: skip
"""What the OpenAPI document describes of this resource."""
