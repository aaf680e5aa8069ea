"""The doors for spans of other programs: OTLP over HTTP, and plain JSON.

On the console's port, and alone on OTLP's own (`intake_app`). What a body means is not known here:
it is read whole, at most as large and as many at a time as the intake has room for, and handed on.
"""

import asyncio
from dataclasses import replace
from math import ceil
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from vedette.api import errors
from vedette.api.context import Context, context_of
from vedette.api.exports import Exports
from vedette.api.rim import Rim
from vedette.api.routing import Operation, add_route
from vedette.api.services import ApiServices
from vedette.api.sessions import Sessions
from vedette.api.threads import StoreThreads
from vedette.errors import Overloaded, VedetteError
from vedette.ports.intake import ALL_PATHS, PATHS, SIMPLE, Intake, Posted

READ_S = 60.0
"""Within which a body must have come."""
_API = "/api/v1"
_EXHAUSTED = 8  # RESOURCE_EXHAUSTED of google.rpc.Code


class NoIntake(VedetteError):
    """This console takes no spans."""

    code = "intake_unavailable"
    status = 503


class TooSlowBody(VedetteError):
    """The body did not come in time."""

    code = "body_timeout"
    status = 408


class IngestBody(msgspec.Struct, frozen=True, kw_only=True):
    """Several spans. One alone may be sent as it is."""

    spans: Annotated[
        tuple[dict[str, Any], ...],
        Meta(description="Each with the fields of a span; all but `name` may be left out."),
    ]


class IngestRefusal(msgspec.Struct, frozen=True):
    """A span that was not taken."""

    index: int
    message: str


class IngestedSpan(msgspec.Struct, frozen=True):
    """Under which ids a span is stored."""

    trace_id: str
    span_id: str


class IngestResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the spans; those that were accepted are durable."""

    accepted: int
    rejected: int
    errors: tuple[IngestRefusal, ...]
    spans: tuple[IngestedSpan, ...]


class IngestAnswer(msgspec.Struct, frozen=True):
    """What OTLP answers in JSON."""

    partialSuccess: dict[str, Any] | None = None


class IngestProblem(msgspec.Struct, frozen=True):
    """Why nothing was taken, as OTLP says it (google.rpc.Status)."""

    code: int
    message: str


def router() -> APIRouter:
    """The paths that the API documents."""
    api = APIRouter(tags=["ingest"])
    add_route(api, "POST", SIMPLE.removeprefix(_API), ingest_spans, _SIMPLE)
    for name, endpoint in (
        ("traces", export_traces), ("logs", export_logs), ("metrics", export_metrics),
    ):  # fmt: skip
        add_route(api, "POST", f"/otlp/v1/{name}", endpoint, _OTLP[name])
    return api


def routes() -> list[Route]:
    """The paths that exporters have built in."""
    fixed = [path for path in PATHS if not path.startswith(_API)]
    return [Route(path, post_spans, methods=["POST"], include_in_schema=False) for path in fixed]


def intake_app(services: ApiServices, *, allowed_hosts: tuple[str, ...]) -> ASGIApp:
    """All of these paths and nothing else, for a port of their own."""
    settings = replace(services.settings, allowed_hosts=allowed_hosts)
    context = Context(
        services=replace(services, settings=settings),
        threads=StoreThreads(threads=1),
        exports=Exports(),
        sessions=Sessions(services.clock, token_sha256="", session_key=b"", ttl_s=1),
    )
    app = Starlette(routes=[Route(path, post_spans, methods=["POST"]) for path in ALL_PATHS])
    app.state.context = context
    app.add_middleware(Rim, context=context)
    errors.install(app)
    return app


async def ingest_spans(request: Request) -> Response:
    return await post_spans(request)


async def export_traces(request: Request) -> Response:
    return await post_spans(request)


async def export_logs(request: Request) -> Response:
    return await post_spans(request)


async def export_metrics(request: Request) -> Response:
    return await post_spans(request)


async def post_spans(request: Request) -> Response:
    """Hand one body to the intake."""
    intake = context_of(request).services.intake
    if intake is None:
        raise NoIntake("This console takes no spans.")
    try:
        with intake.holding(_size(request, intake)):
            return await _answer(request, intake)
    except Overloaded as error:
        return Response(
            msgspec.json.encode(IngestProblem(_EXHAUSTED, error.message)),
            status_code=error.status,
            media_type="application/json",
            headers={"retry-after": str(ceil(error.retry_after_s))},
        )


def _size(request: Request, intake: Intake) -> int:
    """What the body will take; as much as it may where it comes in pieces."""
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else intake.max_body_bytes


async def _answer(request: Request, intake: Intake) -> Response:
    try:
        async with asyncio.timeout(READ_S):
            body = await request.body()
    except TimeoutError:
        raise TooSlowBody(f"The body did not come within {READ_S:g} s.") from None
    peer = request.client.host if request.client else ""
    reply = await intake.post(
        Posted(path=request.url.path, headers=request.headers, body=body, peer=peer)
    )
    return Response(
        reply.body,
        status_code=reply.status,
        media_type=reply.content_type,
        headers=reply.headers,
    )


_SIMPLE = Operation(
    summary="Store spans",
    description="Spans in the words of the API. Answers when they are durable; a bad span is "
    "refused with its reason and the others are taken. A virtual key names their project.",
    body=IngestBody,
    answers={200: IngestResult},
    refusals=(408, 413, 415),
    refused=(IngestProblem, IngestResult),
)
_OTLP = {
    name: Operation(
        summary=f"Take {name} by OTLP",
        description="OTLP over HTTP: protobuf or JSON, plain or under gzip, deflate or zstd. "
        "Answers 200 when the spans are durable, with `partial_success` where some were refused.",
        answers={200: (IngestAnswer, "application/x-protobuf")},
        refusals=(408, 413, 415),
        refused=IngestProblem,
    )
    for name in ("traces", "logs", "metrics")
}

SHAPES: tuple[type, ...] = (IngestBody, IngestResult, IngestAnswer, IngestProblem)
"""What the OpenAPI document describes of this resource."""
