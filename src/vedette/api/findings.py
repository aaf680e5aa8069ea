"""`/guard/findings` and `/guard/overview`: what rules fired on, and what people say of it."""

import re
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import read_body
from vedette.api.context import context_of
from vedette.api.finding_shapes import (
    FeedbackBody,
    FeedbackShape,
    FindingDetail,
    FindingGroup,
    FindingGroups,
    FindingPage,
    GuardOverview,
    finding_shape,
    overview_shape,
)
from vedette.api.guard import GuardUnavailable
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import NotFound
from vedette.guard.excerpts import Unseen, excerpt_of
from vedette.guard.feedback import FeedbackBook
from vedette.guard.overview import overview
from vedette.model.finding import (
    FINDING_DIMENSIONS,
    FindingDimension,
    FindingKey,
    FindingQuery,
    FindingRow,
)
from vedette.model.policy import ACTION_RANK, WHERES
from vedette.ports.findings import Findings
from vedette.query.filters import MAX_LIMIT, RANGE_PARAMETERS, check_trace_id, read_range
from vedette.query.parameters import Parameter, Parameters

DEFAULT_NS = 7 * 86_400 * 10**9
HOUR_NS = 3_600 * 10**9
MOST_BY = 4
_BY_DETECTOR: tuple[FindingDimension, ...] = ("detector",)
_CURSOR = re.compile(r"(\d{1,19})\.([0-9a-f-]{5,140})", re.ASCII)


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["guard"])
    add_route(api, "GET", "/guard/findings", list_findings, _LIST)
    add_route(api, "GET", "/guard/findings/counts", count_findings, _COUNTS)
    add_route(api, "GET", "/guard/findings/{finding_id}", show_finding, _SHOW)
    path = "/guard/findings/{finding_id}/feedback"
    add_route(api, "POST", path, give_feedback, _FEEDBACK)
    add_route(api, "DELETE", path, withdraw_feedback, _WITHDRAW)
    add_route(api, "GET", "/guard/overview", show_guard_overview, _OVERVIEW)
    return api


async def list_findings(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    context, findings = context_of(request), findings_of(request)
    query = await _query(request, parameters)
    after = parameters.parse("cursor", _cursor)
    limit = parameters.integer("limit", low=1, high=MAX_LIMIT, default=50)
    rows = await context.threads.run(findings.list, query, after=after, limit=limit + 1)
    shown = rows[:limit]
    book = feedback_of(request)
    said = await context.threads.run(lambda: [book.of(query.project_id, row.id) for row in shown])
    items = tuple(finding_shape(row, one) for row, one in zip(shown, said, strict=True))
    following = f"{shown[-1].at_ns}.{shown[-1].id}" if len(rows) > limit else None
    return json_response(FindingPage(items, following))


async def count_findings(request: Request) -> Response:
    parameters = read_parameters(request, _COUNTS.parameters)
    context, findings = context_of(request), findings_of(request)
    query = await _query(request, parameters)
    by = parameters.parse("by", _dimensions) or _BY_DETECTOR
    found = await context.threads.run(findings.counts, query, by)
    items = tuple(
        FindingGroup(
            values=dict(zip(by, one.names, strict=True)), findings=one.findings, calls=one.calls
        )
        for one in found
    )
    return json_response(FindingGroups(items))


async def show_finding(request: Request, finding_id: str) -> Response:
    parameters = read_parameters(request, _SHOW.parameters)
    context = context_of(request)
    row = await _found(request, parameters, finding_id)
    store = context.services.store
    span = await context.threads.run(store.span, row.project_id, row.trace_id, row.span_id)
    said = await context.threads.run(feedback_of(request).of, row.project_id, row.id)
    excerpt = excerpt_of(row, span)
    return json_response(
        FindingDetail(
            finding=finding_shape(row, said),
            excerpt=None if isinstance(excerpt, Unseen) else excerpt,
            unseen=excerpt.reason if isinstance(excerpt, Unseen) else "",
            note=said.value.note if said is not None else "",
        )
    )


async def give_feedback(request: Request, finding_id: str) -> Response:
    parameters = read_parameters(request, _FEEDBACK.parameters)
    body = await read_body(request, FeedbackBody)
    row = await _found(request, parameters, finding_id)
    say = partial(feedback_of(request).say, row, is_true=body.is_true, note=body.note)
    said = await context_of(request).threads.run(say)
    return json_response(FeedbackShape(finding=row.id, is_true=said.is_true, note=said.note))


async def withdraw_feedback(request: Request, finding_id: str) -> Response:
    parameters = read_parameters(request, _WITHDRAW.parameters)
    project_id = await project_of(request, parameters)
    key = _key(finding_id)
    await context_of(request).threads.run(
        feedback_of(request).withdraw, project_id, f"{key.trace_id}-{key.span_id}-{key.n}"
    )
    return Response(status_code=204)


async def show_guard_overview(request: Request) -> Response:
    parameters = read_parameters(request, _OVERVIEW.parameters)
    context = context_of(request)
    project_id = await project_of(request, parameters)
    from_ns, to_ns = _full_hours(*_range(request, parameters))
    said = await context.threads.run(feedback_of(request).all, project_id)
    found = await context.threads.run(
        overview, findings_of(request), said, project_id, from_ns=from_ns, to_ns=to_ns
    )
    return json_response(overview_shape(found, from_ns=from_ns, to_ns=to_ns))


def findings_of(request: Request) -> Findings:
    """Raises GuardUnavailable."""
    findings = context_of(request).services.findings
    if findings is None:
        raise GuardUnavailable("This console keeps no findings.")
    return findings


def feedback_of(request: Request) -> FeedbackBook:
    """Raises GuardUnavailable."""
    book = context_of(request).services.feedback
    if book is None:
        raise GuardUnavailable("This console keeps no feedback.")
    return book


async def _found(request: Request, parameters: Parameters, id: str) -> FindingRow:
    """Raises NotFound, also for one of another project."""
    project_id = await project_of(request, parameters)
    found = await context_of(request).threads.run(findings_of(request).get, project_id, _key(id))
    if found is None:
        raise NotFound(f"There is no finding {id[:80]!r} in this project.")
    return found


def _key(id: str) -> FindingKey:
    """Raises NotFound."""
    try:
        return FindingKey.of(id)
    except ValueError:
        raise NotFound(f"There is no finding {id[:80]!r}.") from None


async def _query(request: Request, parameters: Parameters) -> FindingQuery:
    from_ns, to_ns = _range(request, parameters)
    text = parameters.text
    version = parameters.integer("version", low=0, high=9_999, default=0)
    return FindingQuery(
        project_id=await project_of(request, parameters), from_ns=from_ns, to_ns=to_ns,
        detector=text("detector"), kind=text("kind"), policy=text("policy"),
        version=version or None, rule=text("rule"),
        action=parameters.choice("action", ACTION_RANK) or "",
        mode=parameters.choice("mode", ("enforce", "shadow")) or "",
        where=parameters.choice("where", WHERES) or "", model=text("model"), route=text("route"),
        key_id=text("key"), min_score=parameters.number("min_score"),
        trace_id=parameters.parse("trace_id", check_trace_id) or "",
    )  # fmt: skip


def _range(request: Request, parameters: Parameters) -> tuple[int, int]:
    now_ns = context_of(request).services.clock.now_ns()
    from_ns, to_ns = read_range(parameters, now_ns=now_ns)
    end = now_ns + 60 * 10**9 if to_ns is None else to_ns
    return (end - DEFAULT_NS if from_ns is None else from_ns), end


def _full_hours(from_ns: int, to_ns: int) -> tuple[int, int]:
    """Calls are summed up by the hour: what is told beside them is of the same hours."""
    return from_ns // HOUR_NS * HOUR_NS, -(-to_ns // HOUR_NS) * HOUR_NS


def _cursor(text: str) -> tuple[int, FindingKey]:
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise ValueError("the next_cursor of the page before, unchanged")
    return int(match[1]), FindingKey.of(match[2])


def _dimensions(text: str) -> tuple[FindingDimension, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    found = tuple(one for name in names for one in FINDING_DIMENSIONS if one == name)
    if len(found) != len(names) or len(found) > MOST_BY:
        raise ValueError(f"at most {MOST_BY} of {', '.join(FINDING_DIMENSIONS)}")
    return found


_TEXT = {"type": "string"}
_CONDITIONS = (
    PROJECT_PARAMETER,
    *RANGE_PARAMETERS,
    *(
        Parameter(name=name, description=f"The {name}, exact.", schema=_TEXT)
        for name in ("detector", "kind", "policy", "rule", "model", "route", "key")
    ),
    Parameter(name="version", description="Of the policy.", schema={"type": "integer"}),
    Parameter(
        name="action", description="Of the rule.",
        schema={"type": "string", "enum": list(ACTION_RANK)},
    ),
    Parameter(
        name="mode", description="Of the rule.",
        schema={"type": "string", "enum": ["enforce", "shadow"]},
    ),
    Parameter(
        name="where", description="Where the text stands.",
        schema={"type": "string", "enum": list(WHERES)},
    ),
    Parameter(
        name="min_score", description="This or more.", schema={"type": "number", "minimum": 0}
    ),
    Parameter(name="trace_id", description="Of this trace only.", schema=_TEXT),
)  # fmt: skip
_LIST = Operation(
    summary="Findings, the newest first",
    description="Of the last 7 days where no range is given.",
    parameters=(
        *_CONDITIONS,
        Parameter(
            name="cursor", description="Where to go on: `next_cursor` of the page before.",
            schema=_TEXT,
        ),
        Parameter(
            name="limit", description="Rows of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 50},
        ),
    ),
    answers={200: FindingPage},
)  # fmt: skip
_COUNTS = Operation(
    summary="How many findings there are, by what they are",
    parameters=(
        *_CONDITIONS,
        Parameter(
            name="by",
            description=f"At most {MOST_BY} of {', '.join(FINDING_DIMENSIONS)}, with commas.",
            schema={"type": "string", "default": "detector"},
        ),
    ),
    answers={200: FindingGroups},
)
_SHOW = Operation(
    summary="One finding, in its text as far as that is kept",
    parameters=(PROJECT_PARAMETER,),
    answers={200: FindingDetail},
    refusals=(404,),
)
_FEEDBACK = Operation(
    summary="Say whether a finding is right",
    parameters=(PROJECT_PARAMETER,),
    body=FeedbackBody,
    answers={200: FeedbackShape},
    refusals=(404, 413, 415),
)
_WITHDRAW = Operation(
    summary="Take back what was said",
    parameters=(PROJECT_PARAMETER,),
    answers={204: None},
    refusals=(404,),
)
_OVERVIEW = Operation(
    summary="What the guard did, how well, how long it took and what it cost",
    description="In full hours: a range grows to the hours that it begins and ends in.",
    parameters=(PROJECT_PARAMETER, *RANGE_PARAMETERS),
    answers={200: GuardOverview},
)
