"""`/compliance/{framework}`: the evidence of a time, as a file."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, read_parameters
from vedette.audit.rendering import FORMATS
from vedette.errors import NotFound, VedetteError
from vedette.model.compliance import FRAMEWORKS
from vedette.query.filters import RANGE_PARAMETERS, read_range
from vedette.query.parameters import Parameter

DAY_NS = 86_400 * 10**9
DEFAULT_DAYS = 90


class NoCompliance(VedetteError):
    """This console cannot make reports."""

    code = "compliance_unavailable"
    status = 503


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["audit"])
    add_route(api, "GET", "/compliance/{framework}", show_compliance, _SHOW)
    return api


async def show_compliance(request: Request, framework: str) -> Response:
    parameters = read_parameters(request, _SHOW.parameters)
    if framework not in FRAMEWORKS:
        raise NotFound(f"There is no framework {framework[:40]!r}: {', '.join(FRAMEWORKS)}.")
    format = parameters.choice("format", tuple(FORMATS)) or "json"
    context = context_of(request)
    make = context.services.compliance
    if make is None:
        raise NoCompliance("This console cannot make compliance reports.")
    now_ns = context.services.clock.now_ns()
    from_ns, to_ns = read_range(parameters, now_ns=now_ns)
    to_ns = now_ns if to_ns is None else to_ns
    from_ns = to_ns - DEFAULT_DAYS * DAY_NS if from_ns is None else from_ns
    organization = parameters.text("organization")
    alone = not bounds_of(request).everywhere("audit.read")

    def written() -> bytes:
        report = make(
            framework, from_ns=from_ns, to_ns=to_ns, organization=organization, alone=alone
        )
        return FORMATS[format].write(report)

    content = await context.threads.run(written)
    disposition = f'attachment; filename="vedette-{framework}.{format}"'
    return Response(
        content, media_type=FORMATS[format].media_type,
        headers={"content-disposition": disposition},
    )  # fmt: skip


_SHOW = Operation(
    summary="Evidence for a compliance framework",
    description="`gdpr`, `ccpa` or `soc2`: access changes, keys, policies, findings by kind, "
    "retention, deletions, providers, encryption and the state of the audit log. Evidence, not a "
    "certification. Without `from` the last 90 days.",
    parameters=(
        Parameter(
            name="format",
            description="How to write it; `pdf` needs the extra `pdf`.",
            schema={"type": "string", "enum": list(FORMATS), "default": "json"},
        ),
        Parameter(
            name="organization",
            description="Id of an organization; without it the whole installation.",
            schema={"type": "string"},
        ),
        *RANGE_PARAMETERS,
    ),
    answers={200: "application/json"},
    refusals=(404, 501),
)
