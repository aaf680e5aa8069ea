"""`/probes`: prompts that are sent on a schedule, and what became of the answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.api.etags import IF_MATCH, VersionDiffers, etag, expected_version
from vedette.api.fields import invalid_field, read_fields
from vedette.api.probe_shapes import (
    ProbeList,
    ProbeRunPage,
    ProbeRunShape,
    ProbeShape,
    probe_shape,
    run_shape,
)
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.drift.probes.checks import InvalidProbe
from vedette.drift.probes.desk import ProbeDesk, ProbeView
from vedette.errors import VedetteError
from vedette.model.probe import Probe
from vedette.query.parameters import Parameter

_MOST = 200


class NoProbes(VedetteError):
    """This console runs without probes."""

    code = "probes_unavailable"
    status = 503


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["drift"])
    add_route(api, "GET", "/probes", list_probes, _LIST)
    add_route(api, "POST", "/probes", create_probe, _CREATE)
    add_route(api, "GET", "/probes/{name}", show_probe, _SHOW)
    add_route(api, "PUT", "/probes/{name}", replace_probe, _REPLACE)
    add_route(api, "DELETE", "/probes/{name}", delete_probe, _DELETE)
    add_route(api, "POST", "/probes/{name}/run", run_probe, _RUN)
    add_route(api, "POST", "/probes/{name}/pause", pause_probe, _PAUSE)
    add_route(api, "POST", "/probes/{name}/resume", resume_probe, _RESUME)
    add_route(api, "POST", "/probes/{name}/rebase", rebase_probe, _REBASE)
    add_route(api, "GET", "/probes/{name}/runs", list_probe_runs, _RUNS)
    add_route(api, "GET", "/probes/{name}/runs/{run_id}", show_probe_run, _SHOW_RUN)
    return api


async def list_probes(request: Request) -> Response:
    desk = _desk_of(request)
    found = await context_of(request).threads.run(desk.list, await _project(request))
    return json_response(
        ProbeList(items=tuple(map(probe_shape, found)), formats=tuple(desk.formats))
    )


async def create_probe(request: Request) -> Response:
    project_id = await _project(request)
    probe = await read_fields(request, Probe)
    with _naming_fields():
        view = await context_of(request).threads.run(_desk_of(request).add, project_id, probe)
    return _shown(view, status=201)


async def show_probe(request: Request, name: str) -> Response:
    project_id = await _project(request)
    return _shown(await context_of(request).threads.run(_desk_of(request).get, project_id, name))


async def replace_probe(request: Request, name: str) -> Response:
    project_id = await _project(request)
    version = expected_version(request, "probe")
    probe = await read_fields(request, Probe)
    desk, threads = _desk_of(request), context_of(request).threads
    there = await threads.run(desk.get, project_id, name)
    if there.kept.origin == "managed" and there.kept.version != version:
        raise VersionDiffers(
            f"The probe {name!r} is no longer at version {version}. Load it and try again."
        )
    with _naming_fields():
        view = await threads.run(desk.change, project_id, name, probe, version=version)
    return _shown(view)


async def delete_probe(request: Request, name: str) -> Response:
    project_id = await _project(request)
    await context_of(request).threads.run(_desk_of(request).delete, project_id, name)
    return Response(status_code=204)


async def run_probe(request: Request, name: str) -> Response:
    project_id = await _project(request)
    view = await context_of(request).threads.run(_desk_of(request).run_now, project_id, name)
    return _shown(view, status=202)


async def pause_probe(request: Request, name: str) -> Response:
    return await _switch(request, name, is_on=False)


async def resume_probe(request: Request, name: str) -> Response:
    return await _switch(request, name, is_on=True)


async def rebase_probe(request: Request, name: str) -> Response:
    project_id = await _project(request)
    return _shown(await context_of(request).threads.run(_desk_of(request).rebase, project_id, name))


async def list_probe_runs(request: Request, name: str) -> Response:
    parameters = read_parameters(request, _RUNS.parameters)
    project_id = await project_of(request, parameters)
    limit = parameters.integer("limit", low=1, high=_MOST, default=20)
    found = await context_of(request).threads.run(
        _desk_of(request).runs, project_id, name, after_id=parameters.text("cursor"),
        limit=limit + 1,
    )  # fmt: skip
    shown = found[:limit]
    cursor = shown[-1].id if len(found) > limit else None
    return json_response(ProbeRunPage(tuple(map(run_shape, shown)), cursor))


async def show_probe_run(request: Request, name: str, run_id: str) -> Response:
    project_id = await _project(request)
    found = await context_of(request).threads.run(_desk_of(request).run, project_id, name, run_id)
    return json_response(run_shape(found))


async def _switch(request: Request, name: str, *, is_on: bool) -> Response:
    project_id = await _project(request)
    view = await context_of(request).threads.run(
        _desk_of(request).switch, project_id, name, is_on=is_on
    )
    return _shown(view)


async def _project(request: Request) -> str:
    return await project_of(request, read_parameters(request, _PROJECT))


def _shown(view: ProbeView, *, status: int = 200) -> Response:
    headers = {"etag": etag(view.kept.version)} if view.kept.version else None
    return json_response(probe_shape(view), status=status, headers=headers)


def _desk_of(request: Request) -> ProbeDesk:
    desk = context_of(request).services.probes
    if desk is None:
        raise NoProbes("This console runs without probes.")
    return desk


@contextmanager
def _naming_fields() -> Iterator[None]:
    try:
        yield
    except InvalidProbe as error:
        expected = error.message.partition(": ")[2].rstrip(".")
        raise invalid_field(error.message, error.field, None, expected) from None


_PROJECT = (PROJECT_PARAMETER,)
_LIST = Operation(summary="Probes, by name", parameters=_PROJECT, answers={200: ProbeList})
_CREATE = Operation(
    summary="Add a probe", description="It runs for the first time within seconds.",
    parameters=_PROJECT, body=Probe, answers={201: ProbeShape}, refusals=(409, 413, 415),
)  # fmt: skip
_SHOW = Operation(
    summary="One probe", parameters=_PROJECT, answers={200: ProbeShape}, refusals=(404,)
)
_REPLACE = Operation(
    summary="Replace a probe", description="With another question its baseline begins anew.",
    parameters=_PROJECT, headers=(IF_MATCH,), body=Probe, answers={200: ProbeShape},
    refusals=(404, 409, 412, 413, 415, 428),
)  # fmt: skip
_DELETE = Operation(
    summary="Delete a probe with its runs", parameters=_PROJECT, answers={204: None},
    refusals=(404, 409),
)  # fmt: skip
_RUN = Operation(
    summary="Run a probe now, paused or not", parameters=_PROJECT, answers={202: ProbeShape},
    refusals=(404,),
)  # fmt: skip
_PAUSE = Operation(
    summary="Stop the schedule of a probe", parameters=_PROJECT, answers={200: ProbeShape},
    refusals=(404, 409),
)  # fmt: skip
_RESUME = Operation(
    summary="Go on with the schedule of a probe", parameters=_PROJECT,
    answers={200: ProbeShape}, refusals=(404, 409),
)  # fmt: skip
_REBASE = Operation(
    summary="Take the answers that come for right: the baseline begins anew",
    parameters=_PROJECT, answers={200: ProbeShape}, refusals=(404,),
)  # fmt: skip
_RUNS = Operation(
    summary="Runs of a probe, the newest first",
    parameters=(
        PROJECT_PARAMETER,
        Parameter(
            name="cursor", description="`next_cursor` of the page before.",
            schema={"type": "string"},
        ),
        Parameter(
            name="limit", description="Runs of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": _MOST, "default": 20},
        ),
    ),
    answers={200: ProbeRunPage}, refusals=(404,),
)  # fmt: skip
_SHOW_RUN = Operation(
    summary="One run", parameters=_PROJECT, answers={200: ProbeRunShape}, refusals=(404,)
)
