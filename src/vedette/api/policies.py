"""`/policies`: made, published, compared, rolled back; in force within a second."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.etags import VersionDiffers, etag
from vedette.api.fields import read_fields
from vedette.api.guard import GuardUnavailable
from vedette.api.inheriting import above
from vedette.api.policy_shapes import (
    DifferenceShape,
    ModeBody,
    PolicyBody,
    PolicyDetail,
    PolicyDiff,
    PolicySummaries,
    PolicySummary,
    PublishBody,
    RollbackBody,
    UnpublishBody,
    VersionList,
    naming_faults,
    summary_of,
    version_shape,
)
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.tenancy import IF_MATCH, check_version
from vedette.errors import Conflict, NotFound
from vedette.guard.book import Head, PolicyBook, PolicyVersion, absent, absent_version
from vedette.guard.diffing import differences
from vedette.guard.shelf import Kept
from vedette.model.policy import Policy
from vedette.model.user import Permission
from vedette.query.parameters import Parameter, ParameterError


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["policies"])
    add_route(api, "GET", "/policies", list_all_policies, _LIST)
    add_route(api, "POST", "/policies", create_policy, _CREATE)
    add_route(api, "GET", "/policies/{name}", show_policy, _SHOW)
    add_route(api, "PUT", "/policies/{name}", put_policy, _PUT)
    add_route(api, "DELETE", "/policies/{name}", delete_policy, _DELETE)
    add_route(api, "GET", "/policies/{name}/versions", list_policy_versions, _VERSIONS)
    add_route(api, "GET", "/policies/{name}/versions/{number}", show_policy_version, _VERSION)
    add_route(api, "GET", "/policies/{name}/diff", diff_policy, _DIFF)
    add_route(api, "POST", "/policies/{name}/publish", publish_policy, _PUBLISH)
    add_route(api, "POST", "/policies/{name}/unpublish", unpublish_policy, _UNPUBLISH)
    add_route(api, "POST", "/policies/{name}/rollback", rollback_policy, _ROLLBACK)
    add_route(api, "POST", "/policies/{name}/mode", switch_policy, _MODE)
    return api


async def list_all_policies(request: Request) -> Response:
    read_parameters(request)
    context = context_of(request)
    return json_response(await context.threads.run(_listed, request))


async def create_policy(request: Request) -> Response:
    read_parameters(request)
    body = await read_fields(request, PolicyBody)
    book, threads = book_of(request), context_of(request).threads
    with naming_faults("policy."):
        policy = await threads.run(bounds_of(request).own, "policies.manage", body.policy)
        made = await threads.run(book.put, policy, note=body.note, seen=0)
    headers = {"location": f"/api/v1/policies/{made.policy.name}"}
    detail = await threads.run(_detail, request, made.policy.name)
    return _shown(detail, status=201, headers=headers)


async def show_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    return _shown(await context_of(request).threads.run(_detail, request, name))


async def put_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    body = await read_fields(request, PolicyBody)
    book, threads = book_of(request), context_of(request).threads
    if body.policy.name != name:
        raise Conflict(f"The body names the policy {body.policy.name[:80]!r}, the path {name!r}.")
    seen = None
    if request.headers.get("if-match"):
        head = await threads.run(head_of, request, name)
        seen = check_version(request, "policy", head.value.latest)
    with naming_faults("policy."):
        policy = await threads.run(bounds_of(request).own, "policies.manage", body.policy)
        await threads.run(_check_name, request, name)
        try:
            await threads.run(book.put, policy, note=body.note, seen=seen)
        except Conflict as error:
            raise (VersionDiffers(error.message) if seen is not None else error) from None
    return _shown(await threads.run(_detail, request, name))


async def delete_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    threads = context_of(request).threads
    await threads.run(head_of, request, name)
    await threads.run(book_of(request).delete, name)
    return Response(status_code=204)


async def list_policy_versions(request: Request, name: str) -> Response:
    read_parameters(request)
    book, threads = book_of(request), context_of(request).threads
    head = (await threads.run(head_of, request, name, "calls.read")).value
    bounds = bounds_of(request)
    found = await threads.run(
        lambda: [
            kept for kept in book.versions(name) if bounds.holds("calls.read", kept.value.policy)
        ]
    )
    return json_response(VersionList(tuple(version_shape(kept, head) for kept in found)))


async def show_policy_version(request: Request, name: str, number: str) -> Response:
    read_parameters(request)
    threads = context_of(request).threads
    found = await threads.run(version_of, request, name, _number("number", number), "calls.read")
    return json_response(found.value.policy)


async def diff_policy(request: Request, name: str) -> Response:
    parameters = read_parameters(request, _DIFF.parameters)
    threads = context_of(request).threads
    head = (await threads.run(head_of, request, name, "calls.read")).value
    to = parameters.integer("to", low=1, high=9_999, default=head.latest)
    live = head.live if head.live and head.live != to else max(1, to - 1)
    begin = parameters.integer("from", low=1, high=9_999, default=live)
    before = (await threads.run(version_of, request, name, begin, "calls.read")).value.policy
    after = (await threads.run(version_of, request, name, to, "calls.read")).value.policy
    items = tuple(
        DifferenceShape(path=one.path, before=one.before, after=one.after)
        for one in differences(before, after)
    )
    return json_response(PolicyDiff(from_version=begin, to_version=to, items=items))


async def publish_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    body = await read_fields(request, PublishBody)
    threads = context_of(request).threads
    await threads.run(_check_own, request, name, body.version)
    with naming_faults():
        await threads.run(
            book_of(request).publish, name, body.version, share=body.share, sticky=body.sticky
        )
    return _shown(await threads.run(_detail, request, name))


async def unpublish_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    body = await read_fields(request, UnpublishBody)
    threads = context_of(request).threads
    await threads.run(head_of, request, name)
    await threads.run(book_of(request).unpublish, name, trial_only=body.trial_only)
    return _shown(await threads.run(_detail, request, name))


async def rollback_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    body = await read_fields(request, RollbackBody)
    threads = context_of(request).threads
    await threads.run(_check_own, request, name, body.version)
    with naming_faults():
        await threads.run(book_of(request).rollback, name, body.version)
    return _shown(await threads.run(_detail, request, name))


async def switch_policy(request: Request, name: str) -> Response:
    read_parameters(request)
    body = await read_fields(request, ModeBody)
    threads = context_of(request).threads
    await threads.run(head_of, request, name)
    with naming_faults():
        await threads.run(book_of(request).set_mode, name, body.mode, rule=body.rule)
    return _shown(await threads.run(_detail, request, name))


def book_of(request: Request) -> PolicyBook:
    """Raises GuardUnavailable."""
    book = context_of(request).services.policies
    if book is None:
        raise GuardUnavailable("This console keeps no policies.")
    return book


def head_of(
    request: Request, name: str, permission: Permission = "policies.manage"
) -> Kept[Head]:  # fmt: skip
    """What is in force of a policy that one may see or change. Raises NotFound."""
    book, bounds = book_of(request), bounds_of(request)
    kept = book.head(name)
    head = kept.value
    numbers = {number for number in (head.latest, head.live, head.trial) if number}
    if not bounds.everywhere(permission) and not all(
        bounds.holds(permission, book.version(name, number).value.policy) for number in numbers
    ):
        raise NotFound(absent(name))
    return kept


def _may(request: Request, permission: Permission, name: str) -> bool:
    try:
        head_of(request, name, permission)
    except NotFound:
        return False
    return True


def version_of(
    request: Request, name: str, number: int, permission: Permission
) -> Kept[PolicyVersion]:
    """Raises NotFound; an older version may have been for others."""
    head_of(request, name, permission)
    found = book_of(request).version(name, number)
    if not bounds_of(request).holds(permission, found.value.policy):
        raise NotFound(absent_version(name, number))
    return found


def _check_own(request: Request, name: str, number: int | None) -> None:
    head_of(request, name)
    if number is not None:
        version_of(request, name, number, "policies.manage")


def _check_name(request: Request, name: str) -> None:
    """Names are of the whole installation: what others have is not free."""
    if _has(book_of(request), name):
        try:
            head_of(request, name)
        except NotFound:
            raise Conflict(f"The name {name[:80]!r} is taken.") from None


def _listed(request: Request) -> PolicySummaries:
    book, services = book_of(request), context_of(request).services
    items: list[PolicySummary] = []
    for head in book.heads():
        if not _may(request, "calls.read", head.name):
            continue
        kept = book.version(head.name, head.live or head.latest)
        updated_ns = book.head(head.name).updated_ns
        mine = _may(request, "policies.manage", head.name)
        items.append(summary_of(kept.value.policy, "console", head, updated_ns, may_change=mine))
    configured = services.configured_policy()
    if configured is not None and bounds_of(request).everywhere("calls.read"):
        items.append(summary_of(configured, "file"))
    if services.guard is not None:
        policies = services.guard.bundled
        items += [summary_of(policies.get(name), "bundled") for name in policies.names]
    return PolicySummaries(tuple(items))


def _detail(request: Request, name: str) -> PolicyDetail:
    """Raises NotFound."""
    book, services = book_of(request), context_of(request).services
    if services.guard is not None and name in services.guard.bundled.names:
        policy = services.guard.bundled.get(name)
        return PolicyDetail(summary=summary_of(policy, "bundled"), policy=policy, live=None)
    configured = services.configured_policy()
    is_asked = configured is not None and configured.name == name and not _has(book, name)
    if configured is not None and is_asked and bounds_of(request).everywhere("calls.read"):
        summary = summary_of(configured, "file")
        return PolicyDetail(summary=summary, policy=configured, live=configured)
    kept = head_of(request, name, "calls.read")
    head = kept.value
    policy = book.version(name, head.latest).value.policy
    live: Policy | None = book.version(name, head.live).value.policy if head.live else None
    mine = _may(request, "policies.manage", name)
    summary = summary_of(live or policy, "console", head, kept.updated_ns, may_change=mine)
    return PolicyDetail(
        summary=summary, policy=policy, live=live, above=above(request, live or policy)
    )


def _has(book: PolicyBook, name: str) -> bool:
    return any(head.name == name for head in book.heads())


def _shown(
    detail: PolicyDetail, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    tag = {"etag": etag(detail.summary.latest)}
    return json_response(detail, status=status, headers={**tag, **(headers or {})})


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ParameterError(name, text, "the number of a version")
    return int(text)


_NUMBER = {"type": "integer", "minimum": 1}
_CHANGED = (404, 409, 413, 415)
_LIST = Operation(summary="All policies", answers={200: PolicySummaries})
_CREATE = Operation(
    summary="Make a policy",
    description="Its first version is a draft: nothing changes before it is published.",
    body=PolicyBody,
    answers={201: PolicyDetail},
    refusals=(409, 413, 415),
)
_SHOW = Operation(summary="One policy", answers={200: PolicyDetail}, refusals=(404,))
_PUT = Operation(
    summary="Keep a new version",
    description="The versions before it stay as they are, and so does what is published.",
    headers=(IF_MATCH,),
    body=PolicyBody,
    answers={200: PolicyDetail},
    refusals=(*_CHANGED, 412),
)
_DELETE = Operation(
    summary="Delete a policy",
    description="It holds no more within a second. Its versions are kept for the record.",
    answers={204: None},
    refusals=(404, 409),
)
_VERSIONS = Operation(summary="Versions", answers={200: VersionList}, refusals=(404,))
_VERSION = Operation(summary="One version", answers={200: Policy}, refusals=(404,))
_DIFF = Operation(
    summary="What two versions differ in",
    parameters=(
        Parameter(
            name="from", description="Else the one that is live, or the one before.",
            schema=_NUMBER,
        ),
        Parameter(name="to", description="Else the newest.", schema=_NUMBER),
    ),
    answers={200: PolicyDiff},
    refusals=(404,),
)  # fmt: skip
_PUBLISH = Operation(
    summary="Let a version hold",
    description="In every worker within a second. With a `share` below 100 it is tried beside the "
    "version that holds; which one a call got stands in its span.",
    body=PublishBody,
    answers={200: PolicyDetail},
    refusals=_CHANGED,
)
_UNPUBLISH = Operation(
    summary="Let it hold no more", body=UnpublishBody, answers={200: PolicyDetail},
    refusals=_CHANGED,
)  # fmt: skip
_ROLLBACK = Operation(
    summary="Go back to a version",
    description="A new version says what the old one said, and holds at once.",
    body=RollbackBody,
    answers={200: PolicyDetail},
    refusals=_CHANGED,
)
_MODE = Operation(
    summary="Switch between shadow and enforce",
    description="The whole policy or one rule, as a new version that holds at once where the one "
    "before did.",
    body=ModeBody,
    answers={200: PolicyDetail},
    refusals=_CHANGED,
)
