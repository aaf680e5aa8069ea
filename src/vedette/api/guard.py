"""`/guard/evaluate`: the guard without the gateway, for one text, a conversation or a batch."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import InvalidBody, read_body
from vedette.api.bounds import bounds_of
from vedette.api.context import Context, context_of
from vedette.api.evaluating import (
    Asked,
    EvaluateResult,
    EvaluationDelivered,
    GuardItem,
    verdict_on,
    write_items,
)
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import project_named
from vedette.errors import NotFound, VedetteError
from vedette.guard.desk import GuardDesk
from vedette.model.policy import Policy

MAX_ITEMS = 256


class GuardUnavailable(VedetteError):
    """This console runs without a guard."""

    code = "guard_unavailable"
    status = 503


class EvaluateBody(GuardItem, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item, or several as `items`."""

    items: Annotated[tuple[GuardItem, ...], Meta(max_length=MAX_ITEMS)] | None = None
    callback: Annotated[
        str,
        Meta(
            max_length=2_000,
            description="Where the verdicts are posted, signed; then the answer is 202 at once.",
        ),
    ] = ""


class EvaluateResults(msgspec.Struct, frozen=True):
    """The verdicts on a batch, in the order of its items."""

    results: tuple[EvaluateResult, ...]


class EvaluationAccepted(msgspec.Struct, frozen=True):
    """The verdicts come to the callback under this id."""

    id: str


class PolicyShape(msgspec.Struct, frozen=True, kw_only=True):
    """A policy that can be asked for."""

    name: str
    description: str
    version: int
    rules: int
    kind: Literal["bundled", "console"] = "bundled"


class PolicyList(msgspec.Struct, frozen=True):
    """Policies by name."""

    items: tuple[PolicyShape, ...]


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["guard"])
    add_route(api, "POST", "/guard/evaluate", evaluate_guard, _EVALUATE)
    add_route(api, "GET", "/guard/policies", list_policies, _POLICIES)
    return api


async def evaluate_guard(request: Request) -> Response:
    read_parameters(request)
    body = await read_body(request, EvaluateBody)
    context = context_of(request)
    desk = _desk(context.services.guard)
    if body.items is not None and (body.text is not None or body.messages is not None):
        raise InvalidBody("Send either `items` or one of `text` and `messages`, not both.")
    asked = [Asked.of(item, name, await _project(request, item)) for item, name in _named(body)]
    if body.callback:
        return await _later(context, desk, asked, body.callback)
    note = context.services.note_verdicts
    results = [await verdict_on(one, desk, context.threads, note) for one in asked]
    return json_response(results[0] if body.items is None else EvaluateResults(tuple(results)))


def _named(body: EvaluateBody) -> Iterator[tuple[GuardItem, str]]:
    if body.items is None:
        yield body, "the body"
    for index, item in enumerate(body.items or ()):
        yield item, f"items[{index}]"


async def _later(
    context: Context, desk: GuardDesk, asked: Sequence[Asked], callback: str
) -> Response:
    """Keep the texts, and post the verdicts when they are there."""
    callbacks = context.services.callbacks
    if callbacks is None:
        raise GuardUnavailable("This console cannot call back.")
    # What is wrong with them is said now, to whoever asks.
    for one in asked:
        await context.threads.run(desk.waits, one.item.policy, one.item.detectors)
    id = await callbacks.take(callback, write_items(asked))
    return json_response(EvaluationAccepted(id), status=202)


async def list_policies(request: Request) -> Response:
    read_parameters(request)
    context = context_of(request)
    desk = _desk(context.services.guard)
    policies = await context.threads.run(lambda: desk.policies)
    bundled, bounds = desk.bundled.names, bounds_of(request)

    def seen() -> list[Policy]:
        found = map(policies.get, policies.names)
        return [one for one in found if one.name in bundled or bounds.holds("calls.read", one)]

    shapes = [
        PolicyShape(
            name=policy.name, description=policy.description, version=policy.version,
            rules=len(policy.rules),
            kind="bundled" if policy.name in bundled else "console",
        )
        for policy in await context.threads.run(seen)
    ]  # fmt: skip
    return json_response(PolicyList(tuple(shapes)))


def _desk(guard: GuardDesk | None) -> GuardDesk:
    if guard is None:
        raise GuardUnavailable("This console runs without a guard.")
    return guard


async def _project(request: Request, item: GuardItem) -> str:
    """The id of the project in whose name it is asked; may be none.

    Raises Forbidden, or NotFound for a policy of others.
    """
    project = await project_named(request, item.project) if item.project else ""
    context, bounds = context_of(request), bounds_of(request)
    if bounds.everywhere("guard.use"):
        return project
    desk = _desk(context.services.guard)

    def check() -> None:
        if item.policy and item.policy not in desk.bundled.names:
            known = item.policy in desk.policies.names
            if not known or not bounds.holds("guard.use", desk.policies.get(item.policy)):
                raise NotFound(f"There is no policy {item.policy[:80]!r}.")
        # Models are asked in the name of a project, which pays.
        if project or desk.waits(item.policy, item.detectors):
            bounds.check_project("guard.use", project)

    await context.threads.run(check)
    return project


_EVALUATE = Operation(
    summary="Evaluate texts against a policy",
    description="No text is stored, but for those that wait for a callback, encrypted. Where a "
    "text is evaluated for `detectors`, these look wherever it stands; the rules of the policy "
    "for them say what follows.",
    body=EvaluateBody,
    answers={200: (EvaluateResult, EvaluateResults), 202: EvaluationAccepted},
    refusals=(404, 413, 415),
)
_POLICIES = Operation(summary="The policies to choose from", answers={200: PolicyList})

SHAPES: tuple[type, ...] = (
    EvaluateBody,
    EvaluateResult,
    EvaluateResults,
    EvaluationAccepted,
    EvaluationDelivered,
    PolicyList,
)
"""What the OpenAPI document describes of this resource."""
