"""`/policies/preview`: a policy tried on a text, before anything of it is kept."""

import asyncio
from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.evaluating import EvaluateResult, EvidenceBody, verdict_shape
from vedette.api.fields import read_fields
from vedette.api.guard import GuardUnavailable
from vedette.api.inheriting import above
from vedette.api.policies import book_of
from vedette.api.policy_shapes import naming_faults
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import project_named
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Caller, Passage
from vedette.guard.stacking import NameAbove
from vedette.model.policy import Policy, Verdict, Where


class PreviewBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A policy that is not kept, and a text to try it on."""

    policy: Policy
    text: Annotated[str, Meta(max_length=200_000)] | None = None
    where: Where = "input"
    evidence: EvidenceBody = EvidenceBody()
    project: Annotated[str, Meta(description="Id or name; its exceptions hold.")] = ""


class PreviewShape(msgspec.Struct, frozen=True, kw_only=True):
    """The policy as it would be kept, and what it says of the text."""

    policy: Policy
    verdict: EvaluateResult | None
    above: Annotated[
        tuple[NameAbove, ...],
        Meta(description="Rules of upper levels that have the name of one of its rules."),
    ] = ()


def router() -> APIRouter:
    """The route below `/api/v1`."""
    api = APIRouter(tags=["policies"])
    add_route(api, "POST", "/policies/preview", preview_policy, _PREVIEW)
    return api


async def preview_policy(request: Request) -> Response:
    read_parameters(request)
    body = await read_fields(request, PreviewBody)
    book, context = book_of(request), context_of(request)
    desk = context.services.guard
    if desk is None:
        raise GuardUnavailable("This console runs without a guard.")
    bounds = bounds_of(request)
    with naming_faults("policy."):
        policy = await context.threads.run(
            lambda: book.check(bounds.own("policies.manage", body.policy, bound=False))
        )
    verdict = None
    if body.text is not None:
        project = await project_named(request, body.project) if body.project else ""
        await context.threads.run(bounds.check_project, "policies.manage", project)
        passage = Passage(text=body.text, where=body.where, evidence=body.evidence.known())
        waits = await context.threads.run(lambda: desk.engine.waits(policy))
        tried = partial(_tried, desk, policy, passage, Caller(project=project))
        found = await (
            asyncio.wrap_future(desk.engine.submit(tried)) if waits else context.threads.run(tried)
        )
        verdict = verdict_shape(policy, found, has_messages=False)
    over = await context.threads.run(above, request, policy)
    return json_response(PreviewShape(policy=policy, verdict=verdict, above=over))


def _tried(desk: GuardDesk, policy: Policy, passage: Passage, caller: Caller) -> Verdict:
    return desk.try_policy([passage], policy, caller=caller)


_PREVIEW = Operation(
    summary="Check a policy and try it on a text",
    description="Nothing is kept. `evidence` is what is known beside the text: detectors that "
    "compare find nothing without it.",
    body=PreviewBody,
    answers={200: PreviewShape},
    refusals=(413, 415),
)

SHAPES: tuple[type, ...] = (PreviewBody, PreviewShape)
"""What the OpenAPI document describes of this resource."""
