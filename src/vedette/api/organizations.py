"""`/organizations`: the tenants of an installation."""

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
from vedette.model.tenant import Allowance, Organization
from vedette.query.shapes import Time
from vedette.query.times import format_time


class OrganizationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new organization."""

    name: Annotated[str, Meta(max_length=200)]
    budgets: Budgets | None = None
    limits: LimitsBody | None = None


class OrganizationChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    budgets: Budgets | UnsetType | None = UNSET
    limits: LimitsBody | UnsetType | None = UNSET


class OrganizationShape(msgspec.Struct, frozen=True, kw_only=True):
    """An organization."""

    id: str
    name: str
    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
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
    after_id, limit = read_page(read_parameters(request, _LIST.parameters))
    desk = desk_of(request)
    found = await context_of(request).threads.run(desk.organizations.list)
    entries, cursor = page_of(((entry.value.id, entry) for entry in found), after_id, limit)
    return json_response(OrganizationList(tuple(map(_shape, entries)), cursor))


async def create_organization(request: Request) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, OrganizationBody)
    allowance = read_allowance(body.budgets, body.limits, Allowance())
    with naming_fields():
        entry = await context_of(request).threads.run(
            desk.organizations.create, body.name, allowance
        )
    location = {"location": f"/api/v1/organizations/{entry.value.id}", "etag": etag(entry.version)}
    return json_response(_shape(entry), status=201, headers=location)


async def show_organization(request: Request, organization_id: str) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    entry = await context_of(request).threads.run(desk.organizations.get, organization_id)
    return json_response(_shape(entry), headers={"etag": etag(entry.version)})


async def change_organization(request: Request, organization_id: str) -> Response:
    read_parameters(request)
    desk, body = desk_of(request), await read_fields(request, OrganizationChanges)
    threads = context_of(request).threads
    current = await threads.run(desk.organizations.get, organization_id)
    version = check_version(request, "organization", current.version)
    with naming_fields():
        entry = await threads.run(
            desk.organizations.change, organization_id,
            name=None if body.name is UNSET else body.name,
            allowance=lambda given: read_allowance(body.budgets, body.limits, given),
            version=version,
        )  # fmt: skip
    return json_response(_shape(entry), headers={"etag": etag(entry.version)})


async def delete_organization(request: Request, organization_id: str) -> Response:
    read_parameters(request)
    desk = desk_of(request)
    await context_of(request).threads.run(desk.organizations.delete, organization_id)
    return Response(status_code=204)


def _shape(entry: Entry[Organization]) -> OrganizationShape:
    value = entry.value
    return OrganizationShape(
        id=value.id,
        name=value.name,
        budgets=budget_shapes(value.allowance),
        limits=limits_shape(value.allowance),
        created_time=format_time(entry.created_ns),
        updated_time=format_time(entry.updated_ns),
        version=entry.version,
    )


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
