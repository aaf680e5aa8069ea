"""The steps that organizations, projects and allowances share: a list, one, a change, an end."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.book import Entry
from vedette.api.context import context_of
from vedette.api.etags import etag
from vedette.api.fields import naming_fields, read_fields
from vedette.api.routing import json_response, read_parameters
from vedette.api.tenancy import PAGING, check_version, page_of, read_page

Value = TypeVar("Value", bound=msgspec.Struct)
Changes = TypeVar("Changes", bound=msgspec.Struct)


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
