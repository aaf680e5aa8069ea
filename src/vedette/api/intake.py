"""`/intake`: what is let in of a project's spans, and which of its traces are kept."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.model.ingest import QuotaUse
from vedette.model.sampling import SamplingRule, SamplingState
from vedette.query.money import format_usd


class SamplingShape(msgspec.Struct, frozen=True, kw_only=True):
    """What sampling does, since the start."""

    is_on: bool
    head: Annotated[float, Meta(description="Share of the traces that are kept at all.")]
    tail: Annotated[float, Meta(description="Share of those that nothing speaks for.")]
    slow_ms: float | None
    costly_usd: str | None
    gateway: Annotated[bool, Meta(description="Whether calls through the gateway take part.")]
    quiet_s: float
    deadline_s: float
    outcomes: Annotated[
        dict[str, int],
        Meta(description="Traces by what became of them; those `left_by_...` are gone."),
    ]
    left_spans: int


class IntakeState(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for spans of a project."""

    sampling: SamplingShape
    quotas: tuple[QuotaUse, ...]
    """Of the project, and of those of its keys that sent something since the start."""


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["ingest"])
    add_route(api, "GET", "/intake", show_intake, _SHOW)
    return api


async def show_intake(request: Request) -> Response:
    project_id = await project_of(request, read_parameters(request, _SHOW.parameters))
    context = context_of(request)
    uses = await context.threads.run(context.services.quotas, project_id)
    state = await context.threads.run(context.services.sampling, project_id)
    return json_response(IntakeState(sampling=_sampling(state), quotas=tuple(uses)))


def _sampling(state: SamplingState) -> SamplingShape:
    rule = state.rule or SamplingRule()
    return SamplingShape(
        is_on=state.rule is not None, head=rule.head, tail=rule.tail, slow_ms=rule.slow_ms,
        costly_usd=format_usd(rule.costly_nano_usd), gateway=rule.gateway, quiet_s=rule.quiet_s,
        deadline_s=rule.deadline_s, left_spans=state.left_spans,
        outcomes={str(outcome): count for outcome, count in state.outcomes.items()},
    )  # fmt: skip


_SHOW = Operation(
    summary="What is let in of a project's spans and kept of its traces",
    description="Quotas and what is used of them; sampling and what became of the traces.",
    parameters=(PROJECT_PARAMETER,),
    answers={200: IntakeState},
)

SHAPES: tuple[type, ...] = (IntakeState,)
"""What the OpenAPI document describes of this resource."""
