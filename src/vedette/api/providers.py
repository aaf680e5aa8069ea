"""`/providers` and `/info`: what is configured and how it does."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.provider_shapes import ProviderDetail, ProviderList
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.schemas import Info
from vedette.errors import NotFound
from vedette.query.times import format_time


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["providers"])
    add_route(api, "GET", "/providers", list_providers, _PROVIDERS)
    add_route(api, "GET", "/providers/{name}", show_provider, _PROVIDER)
    add_route(api, "GET", "/info", show_info, _INFO)
    return api


async def list_providers(request: Request) -> Response:
    read_parameters(request)
    context = context_of(request)
    return json_response(ProviderList(tuple(await context.threads.run(context.services.providers))))


async def show_provider(request: Request, name: str) -> Response:
    read_parameters(request)
    context = context_of(request)
    found = await context.threads.run(context.services.provider, name)
    if found is None:
        raise NotFound(f"There is no provider {name[:80]!r}.")
    return json_response(found)


async def show_info(request: Request) -> Response:
    read_parameters(request)
    services = context_of(request).services
    settings, able = services.settings, services.store.capabilities
    return json_response(
        Info(
            version=services.version,
            profile=settings.profile,
            capture=settings.capture,
            gateway_url=settings.gateway_url,
            command=settings.command,
            time=format_time(services.clock.now_ns()),
            text_search=able.text_search,
            percentiles=able.percentiles,
            durable=able.durable,
            token_required=bool(settings.token_sha256),
        )
    )


_PROVIDERS = Operation(summary="The configured providers", answers={200: ProviderList})
_PROVIDER = Operation(
    summary="One provider: its targets and its last hour",
    answers={200: ProviderDetail},
    refusals=(404,),
)
_INFO = Operation(summary="What this installation is", answers={200: Info})
