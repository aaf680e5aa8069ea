"""Every refusal as problem details (RFC 9457), with a stable code."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.schemas import Problem, ProblemField
from vedette.errors import VedetteError
from vedette.query.parameters import ParameterError

_CODES = {404: "not_found", 405: "method_not_allowed"}


class InvalidFields(VedetteError):
    """Something is wrong with fields of the body; each is told."""

    code = "invalid_body"
    status = 400

    def __init__(self, message: str, fields: Sequence[ProblemField]) -> None:
        super().__init__(message)
        self.fields = tuple(fields)


class TooManyAttempts(VedetteError):
    """Too many wrong tokens from one address."""

    code = "too_many_attempts"
    status = 429

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unauthenticated(VedetteError):
    """A token is asked for and none, or a wrong one, was shown."""

    code = "token_required"
    status = 401


class Forbidden(VedetteError):
    """Whoever asks may not do this here."""

    code = "forbidden"
    status = 403


def install(app: Starlette) -> None:
    """Answer our errors and the framework's own with problem details."""
    app.add_exception_handler(VedetteError, _ours)
    app.add_exception_handler(HTTPException, _framework)


def problem_response(error: VedetteError, request_id: str) -> Response:
    """The answer to one of our errors."""
    fields: tuple[ProblemField, ...] = ()
    headers: dict[str, str] = {}
    if isinstance(error, ParameterError):
        fields = (ProblemField(name=error.name, value=error.value, expected=error.expected),)
    if isinstance(error, InvalidFields):
        fields = error.fields
    if isinstance(error, TooManyAttempts):
        headers["retry-after"] = str(error.retry_after_s)
    if isinstance(error, Unauthenticated):
        headers["www-authenticate"] = 'Bearer realm="vedette"'
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["retry-after"] = "1"
    return _answer(
        error.status, error.code, error.message, request_id, headers=headers, fields=fields
    )


def internal_error(request_id: str) -> Response:
    """The answer to an error that nobody meant; says nothing of its cause."""
    detail = f"Something went wrong inside Vedette; its log has more under {request_id}."
    return _answer(500, VedetteError.code, detail, request_id)


def _answer(
    status: int,
    code: str,
    detail: str,
    request_id: str,
    *,
    headers: Mapping[str, str] | None = None,
    fields: tuple[ProblemField, ...] = (),
) -> Response:
    problem = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        request_id=request_id,
        errors=fields,
    )
    return Response(
        msgspec.json.encode(problem),
        status_code=status,
        headers=dict(headers or {}),
        media_type="application/problem+json",
    )


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, VedetteError)
    return problem_response(error, request.state.request_id)


async def _framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "http_error")
    detail = f"{request.method} {request.url.path[:200]}: {error.detail}."
    return _answer(error.status_code, code, detail, request.state.request_id, headers=error.headers)
