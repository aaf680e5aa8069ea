"""`/audit`: who did what, whether the log is what was signed, proofs, export, erasure."""

import functools
from collections.abc import Iterator

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.audit_shapes import (
    AuditCheckpoint,
    AuditKey,
    AuditList,
    AuditShape,
    EraseBody,
    Erased,
    audit_shape,
    cursor_of,
    read_cursor,
)
from vedette.api.context import context_of
from vedette.api.fields import read_fields
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.streaming import Streamed
from vedette.api.tenancy import PAGING
from vedette.audit.desk import AuditDesk
from vedette.audit.proofs import EntryProof
from vedette.audit.verifying import AuditReport
from vedette.errors import NotFound, VedetteError
from vedette.model.audit import AuditQuery
from vedette.query.filters import MAX_LIMIT, RANGE_PARAMETERS, read_range
from vedette.query.parameters import Parameter, Parameters

_PIECE = 200


class NoAuditLog(VedetteError):
    """This console runs without an audit log."""

    code = "audit_unavailable"
    status = 503


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["audit"])
    add_route(api, "GET", "/audit", list_audit, _LIST)
    add_route(api, "GET", "/audit/verify", verify_audit, _VERIFY)
    add_route(api, "GET", "/audit/export", export_audit, _EXPORT)
    add_route(api, "GET", "/audit/key", show_audit_key, _KEY)
    add_route(api, "GET", "/audit/checkpoint", show_audit_checkpoint, _CHECKPOINT)
    add_route(api, "POST", "/audit/erase", erase_personal, _ERASE)
    add_route(api, "GET", "/audit/{entry_id}", show_audit_entry, _SHOW)
    add_route(api, "GET", "/audit/{entry_id}/proof", prove_audit_entry, _PROVE)
    return api


async def list_audit(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    limit = parameters.integer("limit", low=1, high=MAX_LIMIT, default=100)
    before = parameters.parse("cursor", read_cursor)
    context, desk = context_of(request), _desk(request)
    query = _query(parameters, context.services.clock.now_ns())
    found = await context.threads.run(desk.find, query, before=before, limit=limit + 1)
    shown = found[:limit]
    return json_response(AuditList(
        tuple(map(audit_shape, shown)), cursor_of(shown[-1]) if len(found) > limit else None
    ))  # fmt: skip


async def show_audit_entry(request: Request, entry_id: str) -> Response:
    read_parameters(request)
    found = await context_of(request).threads.run(_desk(request).show, entry_id)
    return json_response(audit_shape(found))


async def prove_audit_entry(request: Request, entry_id: str) -> Response:
    read_parameters(request)
    return json_response(await context_of(request).threads.run(_desk(request).prove, entry_id))


async def verify_audit(request: Request) -> Response:
    parameters = read_parameters(request, _VERIFY.parameters)
    named, context = parameters.text("organization"), context_of(request)
    now_ns = context.services.clock.now_ns()
    verify = functools.partial(_desk(request).verify, (named,) if named else (), now_ns=now_ns)
    return json_response(await context.threads.run(verify))


async def export_audit(request: Request) -> Response:
    parameters = read_parameters(request, _EXPORT.parameters)
    context, desk = context_of(request), _desk(request)
    query = _query(parameters, context.services.clock.now_ns())
    export = await context.exports.open(functools.partial(_lines, desk, query))
    headers = {"content-disposition": 'attachment; filename="vedette-audit.jsonl"'}
    return Streamed(export, media_type="application/x-ndjson", headers=headers)


async def show_audit_key(request: Request) -> Response:
    read_parameters(request)
    key = _desk(request).key
    if key is None:
        raise NotFound("There is no signing key yet.")
    return json_response(AuditKey(key.text))


async def show_audit_checkpoint(request: Request) -> Response:
    parameters = read_parameters(request, _CHECKPOINT.parameters)
    named = parameters.text("organization") or "default"
    note = await context_of(request).threads.run(_desk(request).checkpoint, named)
    return json_response(AuditCheckpoint(named, note))


async def erase_personal(request: Request) -> Response:
    read_parameters(request)
    desk, body = _desk(request), await read_fields(request, EraseBody)
    return json_response(Erased(await context_of(request).threads.run(desk.erase, body.value)))


def _desk(request: Request) -> AuditDesk:
    desk = context_of(request).services.audit
    if desk is None:
        raise NoAuditLog("This console has no audit log.")
    return desk


def _query(parameters: Parameters, now_ns: int) -> AuditQuery:
    from_ns, to_ns = read_range(parameters, now_ns=now_ns)
    named = parameters.text("organization")
    return AuditQuery(
        organizations=(named,) if named else (), project=parameters.text("project"),
        action=parameters.text("action"), outcome=parameters.text("outcome"),
        actor=parameters.text("actor"), target=parameters.text("target"), from_ns=from_ns,
        to_ns=to_ns,
    )  # fmt: skip


def _lines(desk: AuditDesk, query: AuditQuery) -> Iterator[bytes]:
    lines: list[bytes] = []
    for shown in desk.export(query):
        lines.append(msgspec.json.encode(audit_shape(shown)) + b"\n")
        if len(lines) >= _PIECE:
            yield b"".join(lines)
            lines.clear()
    yield b"".join(lines)


_TEXT = {"type": "string"}
_ORGANIZATION = Parameter(
    name="organization",
    description="Id of the organization, or `installation` for what belongs to none.",
    schema=_TEXT,
)
_FILTERS = (
    _ORGANIZATION,
    Parameter(name="project", description="Id of the project.", schema=_TEXT),
    Parameter(
        name="action",
        description="The action or how it begins: `key.` finds all that was done to keys.",
        schema=_TEXT,
    ),
    Parameter(
        name="outcome",
        description="How it ended.",
        schema={"type": "string", "enum": ["done", "refused", "failed", "unknown"]},
    ),
    Parameter(
        name="actor",
        description="Who did it: a kind such as `token`, or kind and id, `user:usr_1`.",
        schema=_TEXT,
    ),
    Parameter(name="target", description="Id of what it was done to.", schema=_TEXT),
    *RANGE_PARAMETERS,
)
_LIST = Operation(
    summary="The audit log, newest first",
    description="Entries of all organizations unless one is named.",
    parameters=(*_FILTERS, *PAGING),
    answers={200: AuditList},
)
_SHOW = Operation(summary="One entry", answers={200: AuditShape}, refusals=(404,))
_PROVE = Operation(
    summary="Proof that an entry is in the signed log",
    description="`vedette audit verify --proof` checks it without this installation.",
    answers={200: EntryProof},
    refusals=(404,),
)
_VERIFY = Operation(
    summary="Whether the log is what was signed",
    description="Reads the whole log: chain, heads, seals and every checkpoint outside.",
    parameters=(_ORGANIZATION,),
    answers={200: AuditReport},
    refusals=(404,),
)
_EXPORT = Operation(
    summary="Export the audit log",
    description="All entries that match, newest first, one a line.",
    parameters=_FILTERS,
    answers={200: "application/x-ndjson"},
)
_KEY = Operation(
    summary="The public key that verifies checkpoints", answers={200: AuditKey}, refusals=(404,)
)
_CHECKPOINT = Operation(
    summary="The newest signed checkpoint of a log",
    parameters=(_ORGANIZATION,),
    answers={200: AuditCheckpoint},
    refusals=(404,),
)
_ERASE = Operation(
    summary="Erase a personal value from the audit log",
    description="Wherever it stands as a whole. The entries stay, the chain still fits, and each "
    "log says that something was erased.",
    body=EraseBody,
    answers={200: Erased},
    refusals=(413, 415),
)
