"""What organizations, projects and allowances share: shapes, operations, and the steps of a list,
one, a change, an end."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import msgspec
from fastapi import APIRouter
from msgspec import UNSET, Meta, UnsetType, structs
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
)
from vedette.api.context import context_of
from vedette.api.etags import etag
from vedette.api.fields import naming_fields, read_fields
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.tenancy import IF_MATCH, PAGING, check_version, page_of, read_page
from vedette.model.tenant import Allowance
from vedette.query.parameters import Parameter
from vedette.query.shapes import Time
from vedette.query.times import format_time

Value = TypeVar("Value", bound=msgspec.Struct)
Changes = TypeVar("Changes", bound=msgspec.Struct)
Endpoint = Callable[..., Awaitable[Response]]


class TenantBody(AllowanceFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new organization or project."""

    name: Annotated[str, Meta(max_length=200)]


class TenantChanges(AllowanceChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET


class HolderShape(msgspec.Struct, frozen=True, kw_only=True):
    """What may be spent and asked, and since when."""

    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
    on_failure: Failing
    created_time: Time
    updated_time: Time
    version: int


def held(entry: Entry[Any], allowance: Allowance) -> dict[str, Any]:
    """The fields of a `HolderShape`."""
    return {
        "budgets": budget_shapes(allowance),
        "limits": limits_shape(allowance),
        "on_failure": allowance.on_failure,
        "created_time": format_time(entry.created_ns),
        "updated_time": format_time(entry.updated_ns),
        "version": entry.version,
    }


def bare(entry: Entry[Any]) -> Entry[Any]:
    """For who may know of it, but not what may be spent there."""
    return replace(entry, value=structs.replace(entry.value, allowance=Allowance()))


class Shapes(NamedTuple):
    """Of one kind of record: what is sent and what is answered."""

    body: type
    changes: type
    one: type
    list: type


class Endpoints(NamedTuple):
    """The five doors of one kind of record."""

    list: Endpoint
    create: Endpoint
    show: Endpoint
    change: Endpoint
    delete: Endpoint


class Operations(NamedTuple):
    """What the document says of them."""

    list: Operation
    create: Operation
    show: Operation
    change: Operation
    delete: Operation

    def router(self, tag: str, path: str, id: str, endpoints: Endpoints) -> APIRouter:
        """The routes below `/api/v1`; `id` names the parameter of the path."""
        api, one = APIRouter(tags=[tag]), f"{path}/{{{id}}}"
        places = (("GET", path), ("POST", path), ("GET", one), ("PATCH", one), ("DELETE", one))
        for (method, place), endpoint, operation in zip(places, endpoints, self, strict=True):
            add_route(api, method, place, endpoint, operation)
        return api


def operations(
    noun: str, shapes: Shapes, *, made: str = "", deleted: str = "",
    parameters: tuple[Parameter, ...] = (),
) -> Operations:  # fmt: skip
    """`noun` with its article; `made` says more of making, `deleted` of whom it takes along, and
    `parameters` narrow the list."""
    article, _, name = noun.partition(" ")
    changed = (404, 409, 412, 413, 415)
    return Operations(
        list=Operation(
            summary=f"{name.capitalize()}s", parameters=(*PAGING, *parameters),
            answers={200: shapes.list},
        ),
        create=Operation(
            summary=f"Make {article} {name}", description=made, body=shapes.body,
            answers={201: shapes.one}, refusals=(409, 413, 415),
        ),
        show=Operation(
            summary=f"One {name}", answers={200: shapes.one}, refusals=(404,)
        ),
        change=Operation(
            summary=f"Change {article} {name}", headers=(IF_MATCH,), body=shapes.changes,
            answers={200: shapes.one}, refusals=changed,
        ),
        delete=Operation(
            summary=f"Delete {article} {name}{deleted}", answers={204: None}, refusals=(404, 409)
        ),
    )  # fmt: skip


class Holders(Generic[Value]):
    """One kind of record behind one path; `ask` runs in a thread."""

    def __init__(
        self, noun: str, path: str, shape: Callable[[str, Entry[Value]], msgspec.Struct]
    ) -> None:
        self._noun = noun
        self._path = path
        self._shape = shape

    async def list(
        self, request: Request, ask: Callable[[], Sequence[tuple[str, Entry[Value]]]],
        shape: Callable[[tuple[Any, ...], str | None], msgspec.Struct],
    ) -> Response:  # fmt: skip
        """A page of all."""
        after_id, limit = read_page(read_parameters(request, PAGING))
        found = await context_of(request).threads.run(ask)
        page = ((id, (id, entry)) for id, entry in found)
        entries, cursor = page_of(page, after_id, limit)
        return json_response(shape(tuple(self._shape(*one) for one in entries), cursor))

    async def create(
        self, request: Request, ask: Callable[[], tuple[str, Entry[Value]]]
    ) -> Response:
        """What was made, and where it is."""
        with naming_fields():
            id, entry = await context_of(request).threads.run(ask)
        headers = {"location": f"/api/v1/{self._path}/{id}", "etag": etag(entry.version)}
        return json_response(self._shape(id, entry), status=201, headers=headers)

    async def show(self, request: Request, id: str, get: Callable[[str], Entry[Value]]) -> Response:
        read_parameters(request)
        return self._shown(id, await context_of(request).threads.run(get, id))

    async def change(
        self, request: Request, id: str, body: type[Changes], get: Callable[[str], Entry[Value]],
        ask: Callable[[Changes, int | None], Entry[Value]],
    ) -> Response:  # fmt: skip
        """`ask` gets the changes and the version that they are for."""
        read_parameters(request)
        changes, threads = await read_fields(request, body), context_of(request).threads
        current = await threads.run(get, id)
        version = check_version(request, self._noun, current.version)
        with naming_fields():
            return self._shown(id, await threads.run(ask, changes, version))

    async def delete(self, request: Request, id: str, ask: Callable[[str], object]) -> Response:
        read_parameters(request)
        await context_of(request).threads.run(ask, id)
        return Response(status_code=204)

    def _shown(self, id: str, entry: Entry[Value]) -> Response:
        return json_response(self._shape(id, entry), headers={"etag": etag(entry.version)})
