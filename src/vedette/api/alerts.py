"""`/alerts`: the inbox; what is open, what was, and who takes care."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.alerts.desk import AlertDesk, NoAlerts
from vedette.api.alert_shapes import AlertPage, AlertShape, HandledBody, State, alert_shape
from vedette.api.context import context_of
from vedette.api.fields import read_fields
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.model.alert import LEVELS, Alert, Level
from vedette.query.parameters import Parameter, ParameterError, Parameters

_STATES: tuple[State, ...] = ("firing", "resolved")
_MOST = 200


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["alerts"])
    add_route(api, "GET", "/alerts", list_alerts, _LIST)
    add_route(api, "GET", "/alerts/{alert_id}", show_alert, _SHOW)
    add_route(api, "POST", "/alerts/{alert_id}/acknowledge", acknowledge_alert, _ACKNOWLEDGE)
    add_route(api, "POST", "/alerts/{alert_id}/resolve", resolve_alert, _RESOLVE)
    return api


def desk_of(request: Request) -> AlertDesk:
    """Raises NoAlerts."""
    desk = context_of(request).services.alerts
    if desk is None:
        raise NoAlerts("This console runs without alerts.")
    return desk


async def list_alerts(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    project_id = await project_of(request, parameters)
    limit = parameters.integer("limit", low=1, high=_MOST, default=50)
    found = await context_of(request).threads.run(
        _page, desk_of(request), project_id, parameters, limit + 1
    )
    shown = found[:limit]
    cursor = shown[-1].id if len(found) > limit else None
    return json_response(AlertPage(tuple(map(alert_shape, shown)), cursor))


def _page(desk: AlertDesk, project_id: str, parameters: Parameters, limit: int) -> list[Alert]:
    """Open ones first, then what is over, each the newest first, without repetitions."""
    state = parameters.choice("state", _STATES)
    severity = parameters.choice("severity", LEVELS)
    rule, after = parameters.text("rule"), parameters.text("cursor")
    open_ = [alert for alert, _ in desk.book.open_alerts(project_id)]
    firing = [alert for alert in open_ if alert.is_open]
    over = [alert for alert in open_ if not alert.is_open]
    found: list[Alert] = []
    if state != "resolved":
        at = next((place for place, one in enumerate(firing) if one.id == after), None)
        if at is not None:
            firing, after = firing[at + 1 :], ""
        elif after:
            firing = []
        found += [alert for alert in firing if _fits(alert, severity, rule)]
    if state != "firing" and len(found) < limit:
        past = {alert.id: alert for alert in over if not after or alert.id > after}
        past |= _past(desk, project_id, after, limit, (severity, rule))
        found += [past[id] for id in sorted(past) if _fits(past[id], severity, rule)]
    return found[:limit]


def _past(
    desk: AlertDesk, project_id: str, after: str, limit: int, wanted: tuple[Level | None, str]
) -> dict[str, Alert]:
    found: dict[str, Alert] = {}
    while len(found) < limit:
        page = desk.book.past(project_id, after_id=after, limit=_MOST)
        found |= {alert.id: alert for alert in page if _fits(alert, *wanted)}
        if len(page) < _MOST:
            break
        after = page[-1].id
    return found


def _fits(alert: Alert, severity: Level | None, rule: str) -> bool:
    return (severity is None or alert.severity == severity) and rule in ("", alert.rule)


async def show_alert(request: Request, alert_id: str) -> Response:
    parameters = read_parameters(request, _SHOW.parameters)
    project_id = await project_of(request, parameters)
    alert, *_ = await context_of(request).threads.run(
        desk_of(request).book.alert, project_id, alert_id
    )
    return json_response(alert_shape(alert))


async def acknowledge_alert(request: Request, alert_id: str) -> Response:
    return await _handled(request, alert_id, resolve=False)


async def resolve_alert(request: Request, alert_id: str) -> Response:
    return await _handled(request, alert_id, resolve=True)


async def _handled(request: Request, alert_id: str, *, resolve: bool) -> Response:
    parameters = read_parameters(request, _ACKNOWLEDGE.parameters)
    project_id = await project_of(request, parameters)
    body = await read_fields(request, HandledBody)
    if any(character < " " for character in body.by):
        raise ParameterError("by", body.by, "a name on one line")
    desk = desk_of(request)
    change = desk.resolve if resolve else desk.acknowledge
    alert = await context_of(request).threads.run(
        change, project_id, alert_id, by=body.by, note=body.note
    )
    return json_response(alert_shape(alert))


_LIST = Operation(
    summary="Alerts: those that are open, then those that are over, the newest first",
    parameters=(
        PROJECT_PARAMETER,
        Parameter(
            name="state", description="Only these.",
            schema={"type": "string", "enum": list(_STATES)},
        ),
        Parameter(
            name="severity", description="Only these.",
            schema={"type": "string", "enum": list(LEVELS)},
        ),
        Parameter(name="rule", description="Name of a rule.", schema={"type": "string"}),
        Parameter(
            name="cursor", description="`next_cursor` of the page before.",
            schema={"type": "string"},
        ),
        Parameter(
            name="limit", description="Alerts of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": _MOST, "default": 50},
        ),
    ),
    answers={200: AlertPage},
)  # fmt: skip
_SHOW = Operation(
    summary="One alert", parameters=(PROJECT_PARAMETER,), answers={200: AlertShape}, refusals=(404,)
)
_ACKNOWLEDGE = Operation(
    summary="Take care of an alert: it is neither repeated nor escalated",
    parameters=(PROJECT_PARAMETER,), body=HandledBody, answers={200: AlertShape},
    refusals=(404, 409, 413, 415),
)  # fmt: skip
_RESOLVE = Operation(
    summary="End an alert by hand; where it still holds it opens anew",
    parameters=(PROJECT_PARAMETER,), body=HandledBody, answers={200: AlertShape},
    refusals=(404, 409, 413, 415),
)  # fmt: skip
