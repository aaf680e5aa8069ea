"""Routes that say what they take and answer: the OpenAPI document is made from these."""

from collections.abc import Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.authorization import Endpoint, guarded
from vedette.api.etags import IF_NONE_MATCH, tagged
from vedette.query.parameters import Parameter, Parameters

ALWAYS = (400, 401, 403, 429, 503)
"""What any call may be refused with: bad request, no token, foreign origin, too much, no store."""


Answers = type | str | tuple[type | str, ...]


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one path, as documented.

    `answers` maps a status to its JSON shape, to a media type (text), to several of these, or to
    None (no body).
    """

    summary: str
    description: str = ""
    parameters: Sequence[Parameter] = ()
    headers: Sequence[Parameter] = ()
    body: type | None = None
    answers: Mapping[int, Answers | None]
    refusals: Sequence[int] = ()
    refused: Answers | None = None
    """What a refusal may be, too, where clients of another standard are spoken to."""


def add_route(
    router: APIRouter, method: str, path: str, endpoint: Endpoint, operation: Operation
) -> None:
    """Route `method path` to `endpoint`, which answers with a ready Response.

    What is read as JSON in one piece has an ETag.
    """
    has_tag = method == "GET" and _is_shape(operation.answers.get(200))
    router.add_api_route(
        path,
        guarded(_conditional(endpoint) if has_tag else endpoint),
        methods=[method],
        response_model=None,
        response_class=Response,
        status_code=next(iter(operation.answers)),
        summary=operation.summary,
        description=operation.description,
        operation_id=endpoint.__name__,
        responses=_responses(operation, has_tag=has_tag),
        openapi_extra=_extra(operation, has_tag=has_tag),
    )


def read_parameters(request: Request, known: Sequence[Parameter] = ()) -> Parameters:
    """The query parameters of a request; raises ParameterError."""
    return Parameters(request.query_params.multi_items(), known)


def json_response(
    shape: msgspec.Struct, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """The shape as JSON."""
    return json_bytes(msgspec.json.encode(shape), status=status, headers=headers)


def json_bytes(
    encoded: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """JSON that is encoded already."""
    return Response(
        encoded,
        status_code=status,
        headers=dict(headers) if headers else None,
        media_type="application/json",
    )


def _is_shape(answers: Answers | None) -> bool:
    return isinstance(answers, type)


def _conditional(endpoint: Endpoint) -> Endpoint:
    @wraps(endpoint)
    async def ask_whether_known(request: Request, **path: Any) -> Response:
        response = await endpoint(request, **path)
        return tagged(request, response) if response.status_code == HTTPStatus.OK else response

    return ask_whether_known


def _responses(operation: Operation, *, has_tag: bool) -> dict[int | str, dict[str, Any]]:
    responses: dict[int | str, dict[str, Any]] = {}
    for status, answer in operation.answers.items():
        responses[status] = {"description": HTTPStatus(status).phrase}
        if answer is not None:
            responses[status]["content"] = _content(answer)
    if has_tag:
        responses[200]["headers"] = {"ETag": {"schema": {"type": "string"}}}
        responses[304] = {"description": HTTPStatus(304).phrase}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    if operation.refused is not None:
        problem |= _content(operation.refused)
    for status in sorted({*ALWAYS, *operation.refusals}):
        responses.setdefault(status, {"description": HTTPStatus(status).phrase, "content": problem})
    responses["default"] = {"description": "Any other error", "content": problem}
    return responses


def _content(answers: Answers) -> dict[str, Any]:
    several = answers if isinstance(answers, tuple) else (answers,)
    shapes = [_reference(one) for one in several if not isinstance(one, str)]
    texts = {one: {"schema": {"type": "string"}} for one in several if isinstance(one, str)}
    if not shapes:
        return texts
    schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    return {"application/json": {"schema": schema}, **texts}


def _extra(operation: Operation, *, has_tag: bool) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    parameters = [_parameter(parameter, "query") for parameter in operation.parameters]
    headers = (*operation.headers, *((IF_NONE_MATCH,) if has_tag else ()))
    parameters += [_parameter(parameter, "header") for parameter in headers]
    if parameters:
        extra["parameters"] = parameters
    if operation.body is not None:
        content = {"application/json": {"schema": _reference(operation.body)}}
        extra["requestBody"] = {"required": True, "content": content}
    return extra


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": place,
        "required": False,
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _reference(shape: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}
