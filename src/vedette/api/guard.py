"""`/guard/evaluate`: the guard without the gateway, for one text, a conversation or a batch."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import InvalidBody, read_body
from vedette.api.bounds import bounds_of
from vedette.api.context import Context, context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import project_named
from vedette.errors import NotFound, VedetteError
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Caller, Passage
from vedette.model.policy import (
    ActionKind,
    Bypass,
    Finding,
    Fired,
    Policy,
    Ruling,
    Verdict,
    Where,
)
from vedette.ports.detector import Evidence

MAX_ITEMS = 256

_WHERE_OF_ROLE: dict[str, Where] = {
    "system": "system", "developer": "system", "user": "input", "assistant": "output",
    "model": "output", "tool": "tool_result", "function": "tool_result",
}  # fmt: skip


class GuardUnavailable(VedetteError):
    """This console runs without a guard."""

    code = "guard_unavailable"
    status = 503


class EvidenceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known beside the text, for detectors that compare."""

    system_prompt: str = ""
    canaries: Annotated[tuple[str, ...], Meta(max_length=100)] = ()
    schema: Any = None
    tools: dict[str, Any] = {}
    tool_name: str = ""
    question: str = ""
    sources: Annotated[tuple[str, ...], Meta(max_length=1_000)] = ()


class GuardItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to evaluate: a text, or the messages of a conversation."""

    text: str | None = None
    messages: tuple[dict[str, Any], ...] | None = None
    """`role` and `content` (a text or parts), as in chat completions."""
    where: Annotated[
        Where, Meta(description="Where the text stands; messages stand where their role says.")
    ] = "input"
    detectors: Annotated[tuple[str, ...], Meta(max_length=50)] | None = None
    """Ask these only; without, those of the policy."""
    policy: Annotated[str, Meta(max_length=80, description="Its name; `balanced` without.")] = ""
    project: Annotated[
        str, Meta(max_length=200, description="Id or name; its allow-lists and thresholds hold.")
    ] = ""
    evidence: EvidenceBody = EvidenceBody()


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


class EvaluateResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """The verdict on one item. Ranges are characters of the text as it was sent."""

    action: ActionKind
    text: Annotated[str, Meta(description="After redaction; of messages: all, joined.")]
    messages: tuple[str, ...] | None = None
    findings: tuple[Finding, ...]
    scores: Annotated[
        dict[str, float], Meta(description="Every detector that was asked, in [0, 1].")
    ]
    rules: tuple[Fired, ...]
    rulings: Annotated[tuple[Ruling, ...], Meta(description="What judges said.")]
    bypassed: tuple[Bypass, ...]
    allowed: Annotated[tuple[str, ...], Meta(description="Entries of allow-lists that counted.")]
    restore: Annotated[dict[str, str], Meta(description="What placeholders of `mask` stand for.")]
    policy: str
    policy_version: int
    latency_ms: float


class EvaluateResults(msgspec.Struct, frozen=True):
    """The verdicts on a batch, in the order of its items."""

    results: tuple[EvaluateResult, ...]


class EvaluationAccepted(msgspec.Struct, frozen=True):
    """The verdicts come to the callback under this id."""

    id: str


class EvaluationDelivered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the callback gets."""

    id: str
    results: tuple[EvaluateResult, ...] = ()
    error: str = ""
    """Why there are none."""


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
    asked = [
        _Asked(item, name, tuple(_passages(item, name)), await _caller(request, item))
        for item, name in _named(body)
    ]
    if body.callback:
        return await _later(context, desk, asked, body.callback)
    results = [await _evaluated(context, desk, one) for one in asked]
    return json_response(results[0] if body.items is None else EvaluateResults(tuple(results)))


class _Asked(NamedTuple):
    """An item, its name in messages, its texts, and in whose name they are looked at."""

    item: GuardItem
    name: str
    passages: tuple[Passage, ...]
    caller: Caller


def _named(body: EvaluateBody) -> Iterator[tuple[GuardItem, str]]:
    if body.items is None:
        yield body, "the body"
    for index, item in enumerate(body.items or ()):
        yield item, f"items[{index}]"


async def _evaluated(context: Context, desk: GuardDesk, one: _Asked) -> EvaluateResult:
    """The verdict; where it may have to wait for others, in a thread that the store can spare."""
    waits = await context.threads.run(desk.waits, one.item.policy, one.item.detectors)
    if not waits:
        return await context.threads.run(_evaluate, desk, one)
    return await asyncio.wrap_future(desk.engine.submit(partial(_evaluate, desk, one)))


async def _later(
    context: Context, desk: GuardDesk, asked: Sequence[_Asked], callback: str
) -> Response:
    """Take the texts, and post the verdicts when they are there."""
    callbacks = context.services.callbacks
    if callbacks is None:
        raise GuardUnavailable("This console cannot call back.")
    # What is wrong with them is said now, to whoever asks.
    for one in asked:
        await context.threads.run(desk.waits, one.item.policy, one.item.detectors)

    async def evaluate(id: str) -> bytes:
        try:
            results = [await _evaluated(context, desk, one) for one in asked]
        except VedetteError as error:
            return msgspec.json.encode(EvaluationDelivered(id, error=error.message))
        return msgspec.json.encode(EvaluationDelivered(id, tuple(results)))

    id = callbacks.take(callback, evaluate)
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


async def _caller(request: Request, item: GuardItem) -> Caller:
    """In whose name it is asked. Raises Forbidden, or NotFound for a policy of others."""
    project = await project_named(request, item.project) if item.project else ""
    context, bounds = context_of(request), bounds_of(request)
    if bounds.everywhere("guard.use"):
        return Caller(project=project)
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
    return Caller(project=project)


def _evaluate(desk: GuardDesk, one: _Asked) -> EvaluateResult:
    item = one.item
    policy, verdict = desk.evaluate(
        one.passages, policy=item.policy, detectors=item.detectors, caller=one.caller
    )
    return verdict_shape(policy, verdict, has_messages=item.messages is not None)


def verdict_shape(policy: Policy, verdict: Verdict, *, has_messages: bool) -> EvaluateResult:
    return EvaluateResult(
        action=verdict.action,
        text=verdict.text,
        messages=verdict.messages if has_messages else None,
        findings=verdict.findings,
        scores=verdict.scores,
        rules=verdict.fired,
        rulings=verdict.rulings,
        bypassed=verdict.bypassed,
        allowed=verdict.allowed,
        restore=verdict.restore,
        policy=policy.name,
        policy_version=policy.version,
        latency_ms=verdict.latency_ms,
    )


def _passages(item: GuardItem, name: str) -> Iterator[Passage]:
    """The texts of an item; raises InvalidBody."""
    given = item.evidence
    evidence = Evidence(
        system_prompt=given.system_prompt, canaries=given.canaries, schema=given.schema,
        tools=given.tools, tool_name=given.tool_name, question=given.question,
        sources=given.sources,
    )  # fmt: skip
    if (item.text is None) == (item.messages is None):
        raise InvalidBody(f"Give {name} either `text` or `messages`.")
    if item.text is not None:
        yield Passage(text=item.text, where=item.where, evidence=evidence)
    for index, message in enumerate(item.messages or ()):
        role, content = message.get("role"), message.get("content")
        if not isinstance(role, str):
            raise InvalidBody(f"messages[{index}] of {name} has no `role`.")
        where = _WHERE_OF_ROLE.get(role, item.where)
        yield Passage(text=_text_of(content, index, name), where=where, evidence=evidence)


def _text_of(content: object, index: int, name: str) -> str:
    """The text of a message: a string, or the texts of its parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        texts = [part.get("text") for part in content if isinstance(part, dict)]
        return "\n".join(text for text in texts if isinstance(text, str))
    raise InvalidBody(f"messages[{index}] of {name}: `content` must be a text or a list of parts.")


_EVALUATE = Operation(
    summary="Evaluate texts against a policy",
    description="Nothing is stored. Where a text is evaluated for `detectors`, these look "
    "wherever it stands; the rules of the policy for them say what follows.",
    body=EvaluateBody,
    answers={200: EvaluateResult, 202: EvaluationAccepted},
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
