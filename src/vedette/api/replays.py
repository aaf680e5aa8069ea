"""`/guard/replays`: a policy tried on recorded calls, in the background."""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.fields import read_fields
from vedette.api.findings import feedback_of
from vedette.api.guard import GuardUnavailable
from vedette.api.policies import book_of, head_of, version_of
from vedette.api.policy_shapes import naming_faults
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import NotFound
from vedette.guard.jobs import Jobs, JobState, absent
from vedette.guard.replay import MOST_CALLS, Replay, Sample
from vedette.model.policy import Policy
from vedette.model.query import Filter
from vedette.model.user import Permission
from vedette.query.filters import RANGE_PARAMETERS, read_range
from vedette.query.parameters import Parameters
from vedette.query.shapes import Time
from vedette.query.times import format_time

_DEFAULT_NS = 7 * 86_400 * 10**9


class ReplayBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A policy, by its name or as it is, and the calls to try it on."""

    name: Annotated[str, Meta(description="A bundled policy, or one that is kept here.")] = ""
    version: Annotated[int, Meta(ge=1)] | None = None
    """Of one that is kept here; without it the newest."""
    policy: Policy | None = None
    begin: Annotated[str, Meta(description="A time, or such as `now-7d`.")] = "now-7d"
    end: str = "now"
    most: Annotated[int, Meta(ge=1, le=MOST_CALLS)] = 5_000
    """Calls to look at, the newest first."""


class SampleShape(msgspec.Struct, frozen=True, kw_only=True):
    """A hit to look at."""

    trace_id: str
    span_id: str
    time: Time
    where: str
    detector: str
    kind: str
    score: float
    start: int
    end: int
    before: str
    found: str
    after: str
    is_new: Annotated[bool, Meta(description="Nothing of this detector had been recorded there.")]
    said: Annotated[
        bool | None, Meta(description="What people called findings of it in this call.")
    ]


class ReplayRule(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule would have done."""

    rule: str
    detector: str
    calls: int
    hits: int
    new_calls: int
    kinds: dict[str, int]
    samples: Annotated[
        tuple[SampleShape, ...], Meta(description="To look for false positives: least sure first.")
    ]


class ReplayShape(msgspec.Struct, frozen=True, kw_only=True):
    """A replay, as far as it has come."""

    id: str
    policy: str
    version: int
    status: Literal["waiting", "running", "done", "stopped", "failed"]
    error: str
    created_time: Time
    start_time: Time
    end_time: Time
    most: int
    calls: int
    texts: int
    without_text: int
    changed: Annotated[int, Meta(description="Calls that would have ended otherwise.")]
    actions: dict[str, int]
    stopped_early: str
    rules: tuple[ReplayRule, ...]


class ReplayList(msgspec.Struct, frozen=True):
    """The newest first, without samples."""

    items: tuple[ReplayShape, ...]


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["guard"])
    add_route(api, "POST", "/guard/replays", start_replay, _START)
    add_route(api, "GET", "/guard/replays", list_replays, _LIST)
    add_route(api, "GET", "/guard/replays/{replay_id}", show_replay, _SHOW)
    add_route(api, "DELETE", "/guard/replays/{replay_id}", stop_replay, _STOP)
    return api


async def start_replay(request: Request) -> Response:
    parameters = read_parameters(request, _START.parameters)
    body = await read_fields(request, ReplayBody)
    context, jobs = context_of(request), _jobs(request)
    guard, store = context.services.guard, context.services.store
    if guard is None:
        raise GuardUnavailable("This console runs without a guard.")
    project_id = await project_of(request, parameters)
    policy = await context.threads.run(_policy, request, body)
    now_ns = context.services.clock.now_ns()
    given = [(name, text) for name, text in (("from", body.begin), ("to", body.end)) if text]
    from_ns, to_ns = read_range(Parameters(given, RANGE_PARAMETERS), now_ns=now_ns)
    filter = Filter(
        project_id=project_id, from_ns=now_ns - _DEFAULT_NS if from_ns is None else from_ns,
        to_ns=now_ns if to_ns is None else to_ns,
    )  # fmt: skip
    engine = await context.threads.run(lambda: guard.engine)
    state = jobs.start(
        engine, policy, lambda: store.export(filter), project_id=project_id,
        from_ns=filter.from_ns or 0, to_ns=filter.to_ns or now_ns, most=body.most,
    )  # fmt: skip
    shape = _shape(state, {}, with_samples=True)
    return json_response(
        shape, status=202, headers={"location": f"/api/v1/guard/replays/{state.id}"}
    )


async def list_replays(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    project_id = await project_of(request, parameters)
    found = _jobs(request).list(project_id)
    return json_response(ReplayList(tuple(_shape(one, {}, with_samples=False) for one in found)))


async def show_replay(request: Request, replay_id: str) -> Response:
    read_parameters(request)
    state = await context_of(request).threads.run(_own, request, replay_id, "calls.read")
    said = await context_of(request).threads.run(_said, request, state)
    return json_response(_shape(state, said, with_samples=True))


async def stop_replay(request: Request, replay_id: str) -> Response:
    read_parameters(request)
    await context_of(request).threads.run(_own, request, replay_id, "policies.manage")
    _jobs(request).stop(replay_id)
    return Response(status_code=204)


def _jobs(request: Request) -> Jobs:
    jobs = context_of(request).services.replays
    if jobs is None:
        raise GuardUnavailable("This console replays nothing.")
    return jobs


def _own(request: Request, replay_id: str, permission: Permission) -> JobState:
    """Raises NotFound, also for one of a project where one may not."""
    state = _jobs(request).get(replay_id)
    if not bounds_of(request).in_project(permission, state.project_id):
        raise NotFound(absent(replay_id))
    return state


def _policy(request: Request, body: ReplayBody) -> Policy:
    """Raises NotFound, InvalidFields for one that does not compile, or Forbidden."""
    bounds = bounds_of(request)
    book, guard = book_of(request), context_of(request).services.guard
    if body.policy is not None:
        with naming_faults("policy."):
            return book.check(bounds.own("policies.manage", body.policy, bound=False))
    if guard is not None and body.name in guard.bundled.names:
        return guard.bundled.get(body.name)
    configured = context_of(request).services.configured_policy()
    known = {head.name for head in book.heads()}
    if configured is not None and configured.name == body.name and body.name not in known:
        bounds.check_project("policies.manage", "")
        return configured
    if not body.name:
        raise NotFound("Name a policy, or send one.")
    number = body.version or head_of(request, body.name, "calls.read").value.latest
    return version_of(request, body.name, number, "calls.read").value.policy


def _said(request: Request, state: JobState) -> dict[tuple[str, str], bool]:
    """What people said of findings, by call and detector; where they differ the false one."""
    found: dict[tuple[str, str], bool] = {}
    for one in feedback_of(request).all(state.project_id):
        call = one.finding_id.rpartition("-")[0]
        key = (call, one.detector)
        found[key] = found.get(key, True) and one.is_true
    return found


def _shape(
    state: JobState, said: dict[tuple[str, str], bool], *, with_samples: bool
) -> ReplayShape:
    replay: Replay = state.replay
    rules = tuple(
        ReplayRule(
            rule=rule.rule, detector=rule.detector, calls=rule.calls, hits=rule.hits,
            new_calls=rule.new_calls, kinds=rule.kinds,
            samples=tuple(_sample(s, said) for s in rule.samples) if with_samples else (),
        )
        for rule in replay.rules
    )  # fmt: skip
    return ReplayShape(
        id=state.id, policy=state.policy, version=state.version, status=state.status,
        error=state.error, created_time=format_time(state.created_ns),
        start_time=format_time(state.from_ns), end_time=format_time(state.to_ns),
        most=state.expected, calls=replay.calls, texts=replay.texts,
        without_text=replay.without_text, changed=replay.changed, actions=replay.actions,
        stopped_early=replay.stopped_early, rules=rules,
    )  # fmt: skip


def _sample(sample: Sample, said: dict[tuple[str, str], bool]) -> SampleShape:
    return SampleShape(
        trace_id=sample.trace_id, span_id=sample.span_id, time=format_time(sample.at_ns),
        where=sample.where, detector=sample.detector, kind=sample.kind, score=sample.score,
        start=sample.start, end=sample.end, before=sample.before, found=sample.found,
        after=sample.after, is_new=sample.is_new,
        said=said.get((f"{sample.trace_id}-{sample.span_id}", sample.detector)),
    )  # fmt: skip


_START = Operation(
    summary="Try a policy on recorded calls",
    description="In the background; at most four at a time. Nothing is changed.",
    parameters=(PROJECT_PARAMETER,),
    body=ReplayBody,
    answers={202: ReplayShape},
    refusals=(404, 413, 415),
)
_LIST = Operation(summary="Replays", parameters=(PROJECT_PARAMETER,), answers={200: ReplayList})
_SHOW = Operation(summary="One replay", answers={200: ReplayShape}, refusals=(404,))
_STOP = Operation(summary="Stop a replay", answers={204: None}, refusals=(404,))

SHAPES: tuple[type, ...] = (ReplayBody, ReplayShape, ReplayList)
"""What the OpenAPI document describes of replays."""
