"""The OpenAPI document: routes from FastAPI, shapes from the msgspec types that are sent."""

import inspect
from typing import Any

import msgspec
from fastapi import FastAPI

from vedette.api import (
    alert_shapes,
    analysis,
    audit_shapes,
    cache_shapes,
    credentials,
    drift_shapes,
    finding_shapes,
    guard,
    ingest,
    intake,
    key_shapes,
    organizations,
    people_shapes,
    policy_shapes,
    previews,
    probe_shapes,
    projects,
    provider_shapes,
    replays,
    route_shapes,
    scoped,
    usage_shapes,
)
from vedette.api.schemas import SHAPES

_REFERENCE = "#/components/schemas/{name}"
_RESOURCES = (
    people_shapes,
    provider_shapes, route_shapes, guard, organizations, projects, key_shapes, credentials,
    usage_shapes, scoped, ingest, intake, audit_shapes, policy_shapes, previews, alert_shapes,
    cache_shapes, analysis, finding_shapes, replays, drift_shapes, probe_shapes,
)  # fmt: skip
_DESCRIPTION = """The console API of Vedette.

Times are RFC 3339 in UTC, money decimal strings in USD, ids lower-case hex. Lists are paged with
`cursor` and `limit`. Errors are problem documents (RFC 9457) with a stable `code`.
"""


def install(app: FastAPI) -> None:
    """Serve our document instead of the framework's, made when it is first asked for."""
    framework = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(framework())
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    shapes = (*SHAPES, *(shape for resource in _RESOURCES for shape in resource.SHAPES))
    _, components = msgspec.json.schema_components(shapes, ref_template=_REFERENCE)
    for component in components.values():
        if "description" in component:
            component["description"] = inspect.cleandoc(component["description"])
    document["info"]["description"] = _DESCRIPTION
    document.setdefault("components", {})["schemas"] = components
    return msgspec.json.decode(msgspec.json.encode(document), type=dict[str, Any])
