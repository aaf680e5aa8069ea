"""`/routes`: who answers to a model name, and where a request would go."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import read_body
from vedette.api.context import context_of
from vedette.api.etags import IF_MATCH, etag, expected_version
from vedette.api.noting import noted
from vedette.api.route_desk import RouteDesk
from vedette.api.route_shapes import ExplainBody, Explanation, RouteBody, RouteList, RouteShape
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.errors import VedetteError
from vedette.model.audit import INSTALLATION, AuditEvent


class RoutesUnavailable(VedetteError):
    """This console runs without a gateway."""

    code = "routes_unavailable"
    status = 503


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["routes"])
    add_route(api, "GET", "/routes", list_routes, _LIST)
    add_route(api, "POST", "/routes", create_route, _CREATE)
    add_route(api, "POST", "/routes/explain", explain_route, _EXPLAIN)
    # Names of models have slashes.
    add_route(api, "GET", "/routes/{model:path}", show_route, _SHOW)
    add_route(api, "PUT", "/routes/{model:path}", replace_route, _REPLACE)
    add_route(api, "DELETE", "/routes/{model:path}", delete_route, _DELETE)
    return api


async def list_routes(request: Request) -> Response:
    read_parameters(request)
    return json_response(
        RouteList(tuple(await context_of(request).threads.run(_desk(request).routes)))
    )


async def create_route(request: Request) -> Response:
    read_parameters(request)
    body = await read_body(request, dict[str, Any])
    event = _event(str(body.get("model", "")), "created", body)
    shape = await noted(request, event, _desk(request).create, body)
    location = f"/api/v1/routes/{quote(shape.route.model, safe='')}"
    return _answer(shape, status=201, location=location)


async def show_route(request: Request, model: str) -> Response:
    read_parameters(request)
    return _answer(await context_of(request).threads.run(_desk(request).route, model))


async def replace_route(request: Request, model: str) -> Response:
    read_parameters(request)
    version = expected_version(request, "route")
    body = await read_body(request, dict[str, Any])
    desk = _desk(request)
    event = _event(model, "changed", body)
    return _answer(await noted(request, event, desk.change, model, body, version=version))


async def delete_route(request: Request, model: str) -> Response:
    read_parameters(request)
    version = expected_version(request, "route")
    await noted(
        request, _event(model, "deleted"), _desk(request).remove, model, version=version
    )  # fmt: skip
    return Response(status_code=204)


async def explain_route(request: Request) -> Response:
    read_parameters(request)
    question = await read_body(request, ExplainBody)
    return json_response(await context_of(request).threads.run(_desk(request).explain, question))


def _desk(request: Request) -> RouteDesk:
    desk = context_of(request).services.routes
    if desk is None:
        raise RoutesUnavailable("This console knows no gateway, so there are no routes.")
    return desk


def _event(model: str, done: str, body: Mapping[str, Any] | None = None) -> AuditEvent:
    return AuditEvent(
        action=f"route.{done}", organization=INSTALLATION, target_kind="route", target_id=model,
        details={} if body is None else {"route": body},
    )  # fmt: skip


def _answer(shape: RouteShape, *, status: int = 200, location: str = "") -> Response:
    headers = {"location": location} if location else {}
    if shape.version is not None:
        headers["etag"] = etag(shape.version)
    return json_response(shape, status=status, headers=headers)


_LIST = Operation(summary="All routes, in the order of look-up", answers={200: RouteList})
_CREATE = Operation(
    summary="Make a route",
    description="It is checked by the rules of the configuration, kept in the data directory, and "
    "known to the gateway within two seconds.",
    body=RouteBody,
    answers={201: RouteShape},
    refusals=(409, 413, 415),
)
_EXPLAIN = Operation(
    summary="Where a request would go, and why",
    description="Nothing is sent: the gateway's own look-up, conditions and order are asked.",
    body=ExplainBody,
    answers={200: Explanation},
    refusals=(413, 415),
)
_SHOW = Operation(summary="One route", answers={200: RouteShape}, refusals=(404,))
_REPLACE = Operation(
    summary="Replace a route that was made here",
    headers=(IF_MATCH,),
    body=RouteBody,
    answers={200: RouteShape},
    refusals=(404, 409, 412, 413, 415, 428),
)
_DELETE = Operation(
    summary="Delete a route that was made here",
    headers=(IF_MATCH,),
    answers={204: None},
    refusals=(404, 409, 412, 428),
)
