"""`/drift`: what is watched, what has changed, and looks back at what was recorded."""

import re

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.documents import FORMAT, read_format, written
from vedette.api.drift_desk import DriftDesk, NoDrift
from vedette.api.drift_shapes import (
    BaselineBody,
    BaselineShape,
    DriftAlarmPage,
    DriftAlarmShape,
    DriftBoard,
    DriftReport,
    alarm_shape,
    baseline_shape,
    board_shape,
)
from vedette.api.fields import read_fields
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.drift.baselines import Scope
from vedette.drift.history import History
from vedette.drift.live import WatchState
from vedette.drift.periods import PeriodsReport
from vedette.drift.tables import (
    alarms_table,
    comparison_document,
    history_document,
    report_table,
)
from vedette.model.document import Document
from vedette.query import times
from vedette.query.filters import FILTER_PARAMETERS, read_filter
from vedette.query.pages import MEDIA_TYPES
from vedette.query.parameters import Parameter, ParameterError

_MOST = 200
_HASH = re.compile(r"[0-9a-f]{4,64}", re.ASCII)


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["drift"])
    add_route(api, "GET", "/drift", show_drift, _BOARD)
    add_route(api, "GET", "/drift/alarms", list_drift_alarms, _ALARMS)
    add_route(api, "GET", "/drift/alarms/{alarm_id}", show_drift_alarm, _ALARM)
    add_route(api, "POST", "/drift/baselines", create_baseline, _CREATE)
    add_route(api, "POST", "/drift/baselines/{name}/freeze", freeze_baseline, _FREEZE)
    add_route(api, "DELETE", "/drift/baselines/{name}", delete_baseline, _DELETE)
    add_route(api, "GET", "/drift/report", report_drift, _REPORT)
    add_route(api, "GET", "/drift/compare", compare_drift, _COMPARE)
    add_route(api, "GET", "/drift/inputs/{input_hash}", show_input_history, _HISTORY)
    return api


async def show_drift(request: Request) -> Response:
    parameters = read_parameters(request, _BOARD.parameters)
    project_id = await project_of(request, parameters)
    desk = _desk_of(request)
    states = await context_of(request).threads.run(desk.states, project_id)
    return json_response(board_shape(tuple(states), desk.left_out))


async def list_drift_alarms(request: Request) -> Response:
    parameters = read_parameters(request, _ALARMS.parameters)
    project_id = await project_of(request, parameters)
    limit = parameters.integer("limit", low=1, high=_MOST, default=50)
    found = await context_of(request).threads.run(
        _desk_of(request).alarms, project_id, after_id=parameters.text("cursor"), limit=limit + 1
    )
    shown = found[:limit]
    if (format := read_format(parameters)) != "json":
        document = Document(title="Changes of answers", tables=(alarms_table(shown),))
        return await written(request, document, format, "vedette-drift-alarms")
    cursor = shown[-1].id if len(found) > limit else None
    return json_response(DriftAlarmPage(tuple(map(alarm_shape, shown)), cursor))


async def show_drift_alarm(request: Request, alarm_id: str) -> Response:
    project_id = await project_of(request, read_parameters(request, _ALARM.parameters))
    found = await context_of(request).threads.run(_desk_of(request).alarm, project_id, alarm_id)
    return json_response(alarm_shape(found))


async def create_baseline(request: Request) -> Response:
    project_id = await project_of(request, read_parameters(request, _CREATE.parameters))
    body = await read_fields(request, BaselineBody)
    scope = Scope(project_id=project_id, model=body.model, route=body.route, template=body.template)
    made = await context_of(request).threads.run(
        _desk_of(request).add, body.name, scope, size=body.size, is_rolling=body.rolling
    )
    return json_response(baseline_shape(WatchState(baseline=made)), status=201)


async def freeze_baseline(request: Request, name: str) -> Response:
    project_id = await project_of(request, read_parameters(request, _FREEZE.parameters))
    frozen = await context_of(request).threads.run(_desk_of(request).freeze, project_id, name)
    return json_response(baseline_shape(WatchState(baseline=frozen)))


async def delete_baseline(request: Request, name: str) -> Response:
    project_id = await project_of(request, read_parameters(request, _DELETE.parameters))
    await context_of(request).threads.run(_desk_of(request).delete, project_id, name)
    return Response(status_code=204)


async def report_drift(request: Request) -> Response:
    parameters = read_parameters(request, _REPORT.parameters)
    project_id = await project_of(request, parameters)
    reference = parameters.integer("reference", low=10, high=5_000, default=100)
    context = context_of(request)
    filter = read_filter(parameters, project_id=project_id, now_ns=context.services.clock.now_ns())
    found = await context.threads.run(_desk_of(request).report, filter, reference=reference)
    if (format := read_format(parameters)) != "json":
        document = Document(title="Drift report", tables=(report_table(found),))
        return await written(request, document, format, "vedette-drift")
    return json_response(DriftReport(tuple(found)))


async def compare_drift(request: Request) -> Response:
    parameters = read_parameters(request, _COMPARE.parameters)
    project_id = await project_of(request, parameters)
    context = context_of(request)
    now_ns = context.services.clock.now_ns()
    after = read_filter(parameters, project_id=project_id, now_ns=now_ns)
    from_ns = parameters.parse("before_from", lambda text: times.parse_time(text, now_ns=now_ns))
    to_ns = parameters.parse("before_to", lambda text: times.parse_time(text, now_ns=now_ns))
    model = parameters.text("before_model") or after.model
    if from_ns is None and not parameters.text("before_model"):
        raise ParameterError("before_from", "", "the begin of the earlier period, or before_model")
    before = msgspec.structs.replace(
        after, model=model, from_ns=after.from_ns if from_ns is None else from_ns,
        to_ns=after.to_ns if from_ns is None else (to_ns or after.from_ns),
    )  # fmt: skip
    found = await context.threads.run(_desk_of(request).compare, before, after)
    if (format := read_format(parameters)) != "json":
        return await written(
            request, comparison_document(found), format, "vedette-drift-comparison"
        )
    return json_response(found)


async def show_input_history(request: Request, input_hash: str) -> Response:
    parameters = read_parameters(request, _HISTORY.parameters)
    project_id = await project_of(request, parameters)
    if _HASH.fullmatch(input_hash) is None:
        raise ParameterError("input_hash", input_hash, "4 to 64 hex digits")
    context = context_of(request)
    filter = read_filter(parameters, project_id=project_id, now_ns=context.services.clock.now_ns())
    found = await context.threads.run(_desk_of(request).history, filter, input_hash)
    if (format := read_format(parameters)) != "json":
        return await written(request, history_document(found), format, "vedette-input")
    return json_response(found)


def _desk_of(request: Request) -> DriftDesk:
    desk = context_of(request).services.drift
    if desk is None:
        raise NoDrift("This console runs without a watch on drift.")
    return desk


_PROJECT = (PROJECT_PARAMETER,)
_TEXT = {"type": "string"}
_BOARD = Operation(
    summary="What is watched, and how near to an alarm it is", parameters=_PROJECT,
    answers={200: DriftBoard},
)  # fmt: skip
_ALARMS = Operation(
    summary="Changes of answers, the newest first",
    parameters=(
        PROJECT_PARAMETER,
        FORMAT,
        Parameter(
            name="cursor", description="`next_cursor` of the page before.", schema=_TEXT
        ),
        Parameter(
            name="limit", description="Alarms of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": _MOST, "default": 50},
        ),
    ),
    answers={200: (DriftAlarmPage, *MEDIA_TYPES.values())},
)  # fmt: skip
_ALARM = Operation(
    summary="One change", parameters=_PROJECT, answers={200: DriftAlarmShape}, refusals=(404,)
)
_CREATE = Operation(
    summary="Watch some calls by a baseline of their own", parameters=_PROJECT,
    body=BaselineBody, answers={201: BaselineShape}, refusals=(409, 413, 415),
)  # fmt: skip
_FREEZE = Operation(
    summary="Keep a baseline as it is now", parameters=_PROJECT, answers={200: BaselineShape},
    refusals=(404,),
)  # fmt: skip
_DELETE = Operation(
    summary="Delete a baseline; an automatic one begins anew", parameters=_PROJECT,
    answers={204: None}, refusals=(404,),
)  # fmt: skip
_REPORT = Operation(
    summary="What the answers of each model and template are like, and what moved",
    parameters=(
        PROJECT_PARAMETER, FORMAT, *FILTER_PARAMETERS,
        Parameter(
            name="reference", description="Calls of a group that are its baseline.",
            schema={"type": "integer", "minimum": 10, "maximum": 5_000, "default": 100},
        ),
    ),
    answers={200: (DriftReport, *MEDIA_TYPES.values())},
)  # fmt: skip
_COMPARE = Operation(
    summary="Two periods or two models against each other, signal by signal",
    parameters=(
        PROJECT_PARAMETER, FORMAT, *FILTER_PARAMETERS,
        Parameter(name="before_from", description="Begin of the earlier period.", schema=_TEXT),
        Parameter(
            name="before_to", description="Its end; without it the begin of the later one.",
            schema=_TEXT,
        ),
        Parameter(
            name="before_model", description="The model to compare with; without it the same.",
            schema=_TEXT,
        ),
    ),
    answers={200: (PeriodsReport, *MEDIA_TYPES.values())},
)  # fmt: skip
_HISTORY = Operation(
    summary="Every answer to one input, each compared with the first",
    parameters=(PROJECT_PARAMETER, FORMAT, *FILTER_PARAMETERS),
    answers={200: (History, *MEDIA_TYPES.values())},
    refusals=(404,),
)  # fmt: skip
