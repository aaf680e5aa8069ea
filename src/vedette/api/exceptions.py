"""`/guard/allowed` and `/guard/calibration`: exceptions from policies."""

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.fields import invalid_field, read_fields
from vedette.api.finding_shapes import (
    AllowBody,
    AllowList,
    AllowShape,
    CalibrationList,
    CalibrationShape,
    ThresholdBody,
    allow_shape,
    calibration_shape,
)
from vedette.api.findings import feedback_of
from vedette.api.policies import book_of
from vedette.api.policy_shapes import naming_faults
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_named, project_of
from vedette.errors import ConfigError
from vedette.guard.allowing import text_hash
from vedette.guard.feedback import calibrate
from vedette.model.governance import AllowEntry
from vedette.query.times import parse_time

_DETECTOR_CHARS = 80


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["guard"])
    add_route(api, "GET", "/guard/allowed", list_allowed, _LIST)
    add_route(api, "POST", "/guard/allowed", allow_something, _ALLOW)
    add_route(api, "DELETE", "/guard/allowed/{entry_id}", disallow_something, _DISALLOW)
    add_route(api, "GET", "/guard/calibration", show_calibration, _CALIBRATION)
    path = "/guard/calibration/{detector}"
    add_route(api, "PUT", path, apply_threshold, _APPLY)
    add_route(api, "DELETE", path, withdraw_threshold, _WITHDRAW)
    return api


async def list_allowed(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    context = context_of(request)
    project_id = await project_of(request, parameters) if parameters.text("project") else None
    found = await context.threads.run(book_of(request).exceptions.allowed, project_id)
    if not bounds_of(request).everywhere("calls.read"):
        # What holds everywhere may speak of others.
        found = tuple(entry for entry in found if entry.project_id == project_id)
    now_ns = context.services.clock.now_ns()
    return json_response(AllowList(tuple(allow_shape(entry, now_ns) for entry in found)))


async def allow_something(request: Request) -> Response:
    read_parameters(request)
    body = await read_fields(request, AllowBody)
    context = context_of(request)
    now_ns = context.services.clock.now_ns()
    entry = AllowEntry(
        id="", kind=body.kind, value=body.value, detector=body.detector,
        finding_kind=body.finding_kind, note=body.note,
        project_id=await project_named(request, body.project) if body.project else "",
        expires_ns=_expiry(body.expires_at, now_ns) if body.expires_at else None,
    )  # fmt: skip
    if body.kind == "text" and body.value.strip():
        entry = replace(entry, value=text_hash(body.value))
    with naming_faults():
        try:
            made = await context.threads.run(book_of(request).exceptions.allow, entry)
        except ConfigError as error:
            raise invalid_field(error.message, "value", None, "a pattern of RE2") from None
    return json_response(allow_shape(made, now_ns), status=201)


async def disallow_something(request: Request, entry_id: str) -> Response:
    read_parameters(request)
    await context_of(request).threads.run(book_of(request).exceptions.disallow, entry_id)
    return Response(status_code=204)


async def show_calibration(request: Request) -> Response:
    parameters = read_parameters(request, _CALIBRATION.parameters)
    project_id = await project_of(request, parameters)
    found = await context_of(request).threads.run(_calibrations, request, project_id)
    return json_response(CalibrationList(tuple(found)))


async def apply_threshold(request: Request, detector: str) -> Response:
    parameters = read_parameters(request, _APPLY.parameters)
    body = await read_fields(request, ThresholdBody)
    return await _applied(request, await project_of(request, parameters), detector, body.threshold)


async def withdraw_threshold(request: Request, detector: str) -> Response:
    parameters = read_parameters(request, _WITHDRAW.parameters)
    return await _applied(request, await project_of(request, parameters), detector, None)


async def _applied(
    request: Request, project_id: str, detector: str, threshold: float | None
) -> Response:
    threads, exceptions = context_of(request).threads, book_of(request).exceptions
    if not 0 < len(detector) <= _DETECTOR_CHARS or not detector.isprintable():
        raise invalid_field("That is no detector.", "detector", detector[:80], "its name")
    with naming_faults():
        await threads.run(exceptions.calibrate, project_id, detector, threshold)
    found = await threads.run(_calibrations, request, project_id)
    mine = [one for one in found if one.detector == detector]
    return json_response(CalibrationList(tuple(mine)))


def _calibrations(request: Request, project_id: str) -> list[CalibrationShape]:
    said = feedback_of(request).all(project_id)
    applied = {one.detector: one for one in book_of(request).exceptions.thresholds(project_id)}
    detectors = sorted({one.detector for one in said} | applied.keys())
    return [calibration_shape(calibrate(name, said), applied.get(name)) for name in detectors]


def _expiry(text: str, now_ns: int) -> int:
    try:
        return parse_time(text, now_ns=now_ns)
    except ValueError:
        expected = "a time such as 2027-01-31T00:00:00Z"
        message = f"expires_at has the value {text[:80]!r}: need {expected}."
        raise invalid_field(message, "expires_at", text[:80], expected) from None


_ANY_PROJECT = replace(PROJECT_PARAMETER, description="Those that hold in it; without it all.")
_LIST = Operation(summary="Allow-lists", parameters=(_ANY_PROJECT,), answers={200: AllowList})
_ALLOW = Operation(
    summary="Allow something",
    description="It is no finding any more, in every worker within a second, until it expires.",
    body=AllowBody,
    answers={201: AllowShape},
    refusals=(409, 413, 415),
)
_DISALLOW = Operation(summary="Delete an entry", answers={204: None}, refusals=(404,))
_CALIBRATION = Operation(
    summary="What feedback says of the thresholds of detectors",
    parameters=(PROJECT_PARAMETER,),
    answers={200: CalibrationList},
)
_APPLY = Operation(
    summary="Apply a threshold",
    description="Rules of the detector count from there on in this project, unless their policy "
    "allows no exceptions. It never makes a rule count sooner.",
    parameters=(PROJECT_PARAMETER,),
    body=ThresholdBody,
    answers={200: CalibrationList},
    refusals=(413, 415),
)
_WITHDRAW = Operation(
    summary="Go back to the thresholds of the rules",
    parameters=(PROJECT_PARAMETER,),
    answers={200: CalibrationList},
)
