"""`/usage`, `/keys/{id}/usage`, `/ledger` and `/budgets`: what was spent, by whom, what is left."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.api.streaming import Streamed
from vedette.api.tenancy import desk_of
from vedette.api.usage_shapes import (
    BudgetBurn,
    BudgetList,
    KeyUsage,
    LimitList,
    SavingsReport,
    UsageReport,
    budget_burn,
    held_budget,
    held_limit,
    key_usage,
    saving_shape,
    usage_row,
    usd,
)
from vedette.costs.burning import Burn
from vedette.costs.reports import rows_csv, rows_jsonl, sums_csv
from vedette.costs.spending import BudgetState, Spending
from vedette.errors import NotFound, VedetteError
from vedette.model.budget import Scope
from vedette.model.ledger import DIMENSIONS, OTHERS, Dimension, LedgerQuery
from vedette.ports.ledger import Ledger
from vedette.query.parameters import Parameter, Parameters
from vedette.query.times import format_time, parse_time

_DEFAULT_NS = 30 * 86_400 * 1_000_000_000
_PIECE_BYTES = 65_536
_CSV = "text/csv; charset=utf-8"
_JSONL = "application/x-ndjson"


class NoLedger(VedetteError):
    """This console runs without a ledger."""

    code = "ledger_unavailable"
    status = 503


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["money"])
    add_route(api, "GET", "/usage", show_usage, _USAGE)
    add_route(api, "GET", "/savings", show_savings, _SAVINGS)
    add_route(api, "GET", "/ledger", export_ledger, _LEDGER)
    add_route(api, "GET", "/budgets", list_budgets, _BUDGETS)
    add_route(api, "GET", "/budgets/{budget_id}", show_budget, _BUDGET)
    add_route(api, "GET", "/limits", list_limits, _LIMITS)
    add_route(api, "GET", "/keys/{key_id}/usage", show_key_usage, _KEY_USAGE)
    return api


async def show_usage(request: Request) -> Response:
    parameters = read_parameters(request, _USAGE.parameters)
    context = context_of(request)
    ledger, query = _ledger(request), await _query(request, parameters)
    is_csv = parameters.choice("format", ("json", "csv")) == "csv"
    query = replace(query, top=0 if is_csv else parameters.parse("top", _top) or 0)
    found = await context.threads.run(ledger.sums, query)
    if is_csv:
        disposition = {"content-disposition": 'attachment; filename="vedette-usage.csv"'}
        return Response(sums_csv(found, query.by), media_type=_CSV, headers=disposition)
    (total,) = await context.threads.run(ledger.sums, replace(query, by=(), top=0))
    items = [one for one in found if OTHERS not in one.names[:1]] if query.by else []
    rest = [one for one in found if OTHERS in one.names[:1]]
    report = UsageReport(
        from_time=format_time(query.from_ns),
        to_time=format_time(query.to_ns),
        items=tuple(usage_row(one, query.by) for one in items),
        total=usage_row(total, ()),
        others=max((one.values for one in rest), default=0),
        rest=tuple(usage_row(replace(one, names=one.names[1:]), query.by[1:]) for one in rest),
    )
    return json_response(report)


def _top(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_VALUES:
        raise ValueError(f"a number from 1 to {_MOST_VALUES}")
    return int(text)


async def show_savings(request: Request) -> Response:
    parameters = read_parameters(request, _SAVINGS.parameters)
    context = context_of(request)
    ledger, query = _ledger(request), await _query(request, parameters)
    sums = await context.threads.run(ledger.sums, replace(query, by=("provider", "model")))
    found = await context.threads.run(context.services.savings, sums)
    (total,) = await context.threads.run(ledger.sums, replace(query, by=()))
    report = SavingsReport(
        from_time=format_time(query.from_ns),
        to_time=format_time(query.to_ns),
        cost_usd=usd(total.cost_nano_usd),
        saved_by_cache_usd=usd(total.saved_nano_usd),
        items=tuple(map(saving_shape, found)),
    )
    return json_response(report)


async def export_ledger(request: Request) -> Response:
    parameters = read_parameters(request, _LEDGER.parameters)
    context = context_of(request)
    ledger, query = _ledger(request), await _query(request, parameters)
    format = parameters.choice("format", ("jsonl", "csv")) or "jsonl"
    write = rows_csv if format == "csv" else rows_jsonl
    export = await context.exports.open(lambda: _pieces(write(ledger.rows(query))))
    return Streamed(
        export,
        media_type=_CSV if format == "csv" else _JSONL,
        headers={"content-disposition": f'attachment; filename="vedette-ledger.{format}"'},
    )


async def list_budgets(request: Request) -> Response:
    of = await _owner(request, _BUDGETS.parameters)
    found = await context_of(request).threads.run(_spending(request).budgets)
    return json_response(
        BudgetList(items=tuple(held_budget(one) for one in found if of.holds(*place_of(one))))
    )


async def show_budget(request: Request, budget_id: str) -> Response:
    read_parameters(request)
    found = await context_of(request).threads.run(_burn, request, budget_id)
    return json_response(budget_burn(*found))


def _burn(request: Request, budget_id: str) -> tuple[BudgetState, Burn]:
    """Raises NotFound, also for a budget of others."""
    state, burn = _spending(request).burn(budget_id)
    scope, name, project_id = place_of(state)
    bounds = bounds_of(request)
    if scope == "organization" and not project_id:
        may = bounds.in_organization("usage.read", name)
    else:
        may = bounds.in_project("usage.read", name if scope == "project" else project_id)
    if not may and not bounds.everywhere("usage.read"):
        raise NotFound(f"There is no budget {budget_id[:80]!r}.")
    return state, burn


async def list_limits(request: Request) -> Response:
    of = await _owner(request, _LIMITS.parameters)
    found = await context_of(request).threads.run(_spending(request).limits)
    return json_response(
        LimitList(
            items=tuple(
                held_limit(one)
                for one in found
                if of.holds(one.limit.scope, one.limit.name, one.project_id)
            )
        )
    )


class _Owner(NamedTuple):
    """Whose budgets and limits are asked for; all where nobody is named."""

    project: str
    organization: str

    def holds(self, scope: Scope, name: str, project_id: str) -> bool:
        """`project_id` is the project within which something is; empty: in all."""
        if self.project:
            return project_id == self.project or (scope, name) == ("project", self.project)
        if self.organization:
            return not project_id and (scope, name) == ("organization", self.organization)
        return True


async def _owner(request: Request, known: Sequence[Parameter]) -> _Owner:
    parameters = read_parameters(request, known)
    project = await project_of(request, parameters) if parameters.text("project") else ""
    return _Owner(project, parameters.text("organization"))


def place_of(state: BudgetState) -> tuple[Scope, str, str]:
    """Whose a budget is, and the project within which it is."""
    return state.scope, state.name, state.project_id


async def show_key_usage(request: Request, key_id: str) -> Response:
    read_parameters(request)
    context, spending = context_of(request), _spending(request)
    entry = await context.threads.run(desk_of(request).keys.get, key_id)
    return json_response(key_usage(await context.threads.run(spending.of_key, entry.value)))


def _pieces(lines: Iterator[str]) -> Iterator[bytes]:
    piece = bytearray()
    for line in lines:
        piece += line.encode()
        if len(piece) >= _PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def _ledger(request: Request) -> Ledger:
    ledger = context_of(request).services.ledger
    if ledger is None:
        raise NoLedger("This console has no ledger.")
    return ledger


def _spending(request: Request) -> Spending:
    spending = context_of(request).services.spending
    if spending is None:
        raise NoLedger("This console has no ledger.")
    return spending


async def _query(request: Request, parameters: Parameters) -> LedgerQuery:
    now_ns = context_of(request).services.clock.now_ns()

    def time(text: str) -> int:
        return parse_time(text, now_ns=now_ns)

    to_ns = parameters.parse("to", time) or now_ns
    from_ns = parameters.parse("from", time)
    named = {field: parameters.text(name) or None for name, field in _NAMED.items()}
    if named["project_id"] is not None:
        named["project_id"] = await project_of(request, parameters)
    query = LedgerQuery(
        by=parameters.parse("by", _dimensions) or (),
        from_ns=max(0, to_ns - _DEFAULT_NS) if from_ns is None else from_ns,
        to_ns=to_ns,
    )
    return replace(query, **named)


def _dimensions(text: str) -> tuple[Dimension, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    found = tuple(one for name in names for one in DIMENSIONS if one == name)
    if len(found) < len(names) or len(found) > _MOST_DIMENSIONS:
        raise ValueError(f"at most {_MOST_DIMENSIONS} of {', '.join(DIMENSIONS)}")
    return found


_MOST_DIMENSIONS = 4
_MOST_VALUES = 1_000
_NAMED = {
    "project": "project_id", "organization": "organization_id", "key": "key_id",
    "user": "user_id", "session": "session_id", "model": "model", "provider": "provider",
    "route": "route", "tag": "tag",
}  # fmt: skip
"""Parameters that narrow a question, and their fields."""
_TEXT = {"type": "string"}
_FILTERS = (
    Parameter(name="from", description="Calls from this time on (30 days ago).", schema=_TEXT),
    Parameter(name="to", description="Calls before this time (now).", schema=_TEXT),
    *(
        Parameter(name=name, description=f"Only calls of this {name}.", schema=_TEXT)
        for name in _NAMED
    ),
)


def _format(*names: str) -> Parameter:
    schema = {"type": "string", "enum": list(names), "default": names[0]}
    return Parameter(name="format", description="How to write them.", schema=schema)


_USAGE = Operation(
    summary="Usage and cost, summed up",
    description="From the ledger. By tag, a call with several tags counts for each of them.",
    parameters=(
        Parameter(
            name="by",
            description=f"What to sum by, separated by commas: {', '.join(DIMENSIONS)}.",
            schema=_TEXT,
        ),
        Parameter(
            name="top",
            description="Only so many values of the first dimension, those that cost most; the "
            "others are counted in `others` and added up in `rest`. Not for CSV.",
            schema={"type": "integer", "minimum": 1, "maximum": _MOST_VALUES},
        ),
        _format("json", "csv"),
        *_FILTERS,
    ),
    answers={200: (UsageReport, _CSV)},
)
_SAVINGS = Operation(
    summary="Where the same calls would have cost less",
    description="At today's list prices, with the tokens that they used; nothing below a cent. "
    "Another model may answer worse.",
    parameters=_FILTERS,
    answers={200: SavingsReport},
)
_LEDGER = Operation(
    summary="Export the ledger",
    description="One row for each call. A connection that breaks off means that the export is "
    "incomplete.",
    parameters=(_format("jsonl", "csv"), *_FILTERS),
    answers={200: (_JSONL, _CSV)},
)
_OWNERS = (
    replace(PROJECT_PARAMETER, description="Only those of a project and within it."),
    Parameter(name="organization", description="Only those of an organization.", schema=_TEXT),
)
_BUDGETS = Operation(
    summary="All budgets and what is left of them", parameters=_OWNERS, answers={200: BudgetList}
)
_BUDGET = Operation(
    summary="One budget over time, with a forecast",
    description="From the ledger, by the hour (`1h`: by the minute).",
    answers={200: BudgetBurn},
    refusals=(404,),
)
_LIMITS = Operation(
    summary="All limits in force and what is used of them",
    description="Those of users and the like who called within the last hour.",
    parameters=_OWNERS,
    answers={200: LimitList},
)
_KEY_USAGE = Operation(
    summary="What a key used and may still spend",
    description="The cost is that of the ledger, a moment behind; the budgets are up to date.",
    answers={200: KeyUsage},
    refusals=(404,),
)
