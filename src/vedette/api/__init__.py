"""The console: API, live updates, health, metrics and the files of the UI, as one ASGI app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from vedette.api import (
    alert_rules,
    alerts,
    analysis,
    audit,
    cache,
    compliance,
    credentials,
    document,
    drift,
    errors,
    exceptions,
    export,
    facets,
    findings,
    groups,
    guard,
    health,
    ingest,
    intake,
    keys,
    mailing,
    me,
    metrics,
    notes,
    organizations,
    people,
    policies,
    previews,
    probes,
    projects,
    providers,
    push,
    replays,
    routes,
    scoped,
    session,
    signoff_saml,
    signon,
    spans,
    traces,
    ui,
    usage,
    views,
    visits,
)
from vedette.api.context import Context
from vedette.api.exports import Exports
from vedette.api.rim import Rim
from vedette.api.services import ApiServices
from vedette.api.sessions import Sessions
from vedette.api.threads import StoreThreads

__all__ = ["create_app", "routes_app"]

# FastAPI's own spans and logs would carry what users search for; the console reports nothing.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}
_RESOURCES = (
    traces, analysis, spans, metrics, providers, routes, views, export, push, session, guard,
    organizations, projects, keys, credentials, ingest, intake, usage, scoped, facets, groups,
    notes, people, me, visits, mailing,
    audit, compliance, policies, previews, alerts, alert_rules, cache, findings, exceptions,
    replays, drift, probes,
)  # fmt: skip


def create_app(services: ApiServices) -> FastAPI:
    """The console over `services`; end it with `services.live.close()` before the server stops."""
    settings = services.settings
    context = Context(
        services=services,
        threads=StoreThreads(),
        exports=Exports(),
        sessions=Sessions(
            services.clock,
            token_sha256=settings.token_sha256,
            session_key=settings.session_key,
            ttl_s=settings.session_ttl_s,
            has_users=lambda: services.access is not None and services.access.people.any,
        ),
    )
    app = routes_app(version=services.version, context=context)
    app.state.context = context
    app.add_middleware(Rim, context=context)
    app.router.routes.append(ui.route())
    return app


def routes_app(*, version: str, context: Context | None = None) -> FastAPI:
    """The routes alone: enough to describe them, not to answer."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        if context is not None:
            await context.tasks.drain()
            context.services.live.close()
            context.threads.close()
            context.outside.close()

    app = FastAPI(
        title="Vedette",
        version=version,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry=_NO_TELEMETRY,
    )
    api = APIRouter(prefix="/api/v1")
    for resource in _RESOURCES:
        api.include_router(resource.router())
    app.include_router(api)
    app.include_router(health.router())
    app.include_router(signon.router())
    app.include_router(signoff_saml.router())
    app.router.routes.extend(ingest.routes())
    errors.install(app)
    document.install(app)
    return app
