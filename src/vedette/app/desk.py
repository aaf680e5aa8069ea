"""The routes of the console: those of the configuration, those made here, and questions."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from vedette.api.etags import VersionDiffers
from vedette.api.provider_shapes import TargetStatus
from vedette.api.route_desk import InvalidRoute, RouteReadOnly, RouteTaken
from vedette.api.route_shapes import ExplainBody, Explanation, RouteBody, RouteShape, TargetHealth
from vedette.api.schemas import ProblemField
from vedette.app.explain import Explainer, make_directory
from vedette.app.managed import Judged, ManagedRoute, ManagedRoutes, judge
from vedette.app.managed import VersionDiffers as OtherVersion
from vedette.app.reports import Reported
from vedette.app.snapshot import route_settings
from vedette.clock import Clock
from vedette.config.errors import ConfigProblems
from vedette.config.load import read_routes
from vedette.config.route import RouteConfig
from vedette.errors import Conflict, NotFound, StoreError
from vedette.gateway.health import HealthBook
from vedette.model.settings import CoreSettings, RouteSettings
from vedette.query.times import format_time

Status = Callable[[tuple[str, str]], TargetStatus]
"""How a target does."""


class Routes:
    """The `RouteDesk` of the core. Thread-safe: the file is the state."""

    def __init__(
        self,
        managed: ManagedRoutes,
        *,
        settings: Callable[[], CoreSettings],
        book: Callable[[], HealthBook],
        status: Status,
        reported: Callable[[], Reported],
        clock: Clock,
    ) -> None:
        self._managed = managed
        self._settings = settings
        self._book = book
        self._status = status
        self._reported = reported
        self._clock = clock
        self._judgement: tuple[object, list[Judged]] = (None, [])

    def routes(self) -> Sequence[RouteShape]:
        settings = self._settings()
        own = [
            self._of_file(route, place)
            for route, place in zip(settings.routing.routes, settings.route_places, strict=False)
        ]
        return [*own, *map(self._of_console, self._judged())]

    def route(self, model: str) -> RouteShape:
        found = next((one for one in self.routes() if one.route.model == model), None)
        if found is None:
            raise NotFound(f"There is no route {model[:200]!r}.")
        return found

    def create(self, body: Mapping[str, Any]) -> RouteShape:
        route = self._checked(body)
        try:
            made = self._managed.add(route)
        except Conflict as error:
            raise _taken(error, route) from None
        return self._of_console(self._judge(made))

    def change(self, model: str, body: Mapping[str, Any], *, version: int) -> RouteShape:
        self._check_ours(model)
        route = self._checked(body)
        try:
            made = self._managed.change(model, route, version=version)
        except OtherVersion as error:
            raise VersionDiffers(error.message) from None
        except Conflict as error:
            raise _taken(error, route) from None
        return self._of_console(self._judge(made))

    def remove(self, model: str, *, version: int) -> None:
        self._check_ours(model)
        try:
            self._managed.remove(model, version=version)
        except OtherVersion as error:
            raise VersionDiffers(error.message) from None

    def explain(self, question: ExplainBody) -> Explanation:
        own = self._settings().routing
        judged = [one.config for one in self._judged() if one.config is not None]
        drafts = [] if question.draft is None else self._read([question.draft])
        names = {route.model for route in drafts}
        kept = (*own.routes, *map(route_settings, judged))
        routes = (
            *map(route_settings, drafts),
            *(route for route in kept if route.model not in names),
        )
        directory = make_directory(replace(own, routes=routes), self._book(), self._clock)
        origins: dict[str, Literal["file", "managed"]] = {}
        origins |= {route.model: "managed" for route in judged}
        origins |= {route.model: "file" for route in own.routes}
        origins |= dict.fromkeys(names, "managed")
        explainer = Explainer(question, directory, self._reported(), self._clock)
        return explainer.explain(origin_of=origins, health_of=self._health)

    def targets(self) -> dict[tuple[str, str], list[str]]:
        """The targets of all routes that have an effect, each with the names of the routes."""
        found: dict[tuple[str, str], list[str]] = {}
        try:
            judged = [one.config for one in self._judged() if one.config is not None]
        except StoreError:
            judged = []
        for route in (*self._settings().routing.routes, *map(route_settings, judged)):
            for target in route.targets:
                name = target.model or route.model
                if "*" not in name and "?" not in name:
                    found.setdefault((target.provider, name), []).append(route.model)
        return found

    def _check_ours(self, model: str) -> None:
        if model in self._file_names() and all(one.model != model for one in self._stored()):
            place = self.route(model).place or "the configuration"
            raise RouteReadOnly(f"The route {model!r} stands in {place}. Change it there.")

    def _checked(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The route as it is kept: complete, by the rules of the configuration."""
        (route,) = self._read([body])
        if route.model in self._file_names():
            message = f"{route.model!r} is the name of a route of the configuration"
            raise RouteTaken(f"{message}, and that one counts.", [_field("model", message)])
        return route.model_dump(mode="json")

    def _read(self, bodies: Sequence[Mapping[str, Any]]) -> Sequence[RouteConfig]:
        try:
            return read_routes(bodies, self._providers())
        except ConfigProblems as error:
            raise InvalidRoute(_told(error), list(_fields(error))) from None

    def _stored(self) -> Sequence[ManagedRoute]:
        return self._managed.read().routes

    def _judged(self) -> list[Judged]:
        """Asked for every second: judged anew only when the file or the configuration changed."""
        mark = (self._managed.stamp(), self._settings().version)
        if self._judgement[0] != mark:
            self._judgement = (mark, [self._judge(stored) for stored in self._stored()])
        return self._judgement[1]

    def _judge(self, stored: ManagedRoute) -> Judged:
        return judge(stored, providers=self._providers(), taken=self._file_names())

    def _providers(self) -> Collection[str]:
        return [provider.name for provider in self._settings().routing.providers]

    def _file_names(self) -> Collection[str]:
        return {route.model for route in self._settings().routing.routes}

    def _of_file(self, route: RouteSettings, place: str) -> RouteShape:
        return RouteShape(
            origin="file", place=place or None, version=None, updated_time=None, problem=None,
            route=(body := route_body(route)), health=self._healths(body),
        )  # fmt: skip

    def _of_console(self, judged: Judged) -> RouteShape:
        managed = judged.managed
        body = msgspec.convert(managed.route, RouteBody)
        return RouteShape(
            origin="managed", place=None, version=managed.version,
            updated_time=format_time(managed.updated_ns), problem=judged.problem or None,
            route=body, health=self._healths(body),
        )  # fmt: skip

    def _healths(self, route: RouteBody) -> tuple[TargetHealth, ...]:
        names = ((target.provider, target.model or route.model) for target in route.targets)
        return tuple(map(self._health, names))

    def _health(self, target: tuple[str, str]) -> TargetHealth:
        status = self._status(target)
        return TargetHealth(
            state=status.state, since=status.since, cooldown_left_s=status.cooldown_left_s,
            last_error=status.last_error, in_flight=status.in_flight,
            expected_ms=status.expected_ms,
        )  # fmt: skip


def route_body(route: RouteSettings) -> RouteBody:
    """A route of the snapshot as it would be written in the configuration."""
    written = msgspec.to_builtins(route)
    for target in written["targets"]:
        when = target["when"]
        if when is not None:
            when["model"], when["capability"] = when.pop("models"), when.pop("capabilities")
    written["sticky"] = written["sticky"] or None
    written["capture"] = written["capture"] or None
    return msgspec.convert(written, RouteBody)


def _taken(error: Conflict, route: Mapping[str, Any]) -> RouteTaken:
    message = f"{route['model']!r} is the name of another route"
    return RouteTaken(error.message, [_field("model", message)])


def _fields(error: ConfigProblems) -> Iterator[ProblemField]:
    for problem in error.problems:
        yield _field(_key(problem.key), problem.message)


def _told(error: ConfigProblems) -> str:
    told = (f"{_key(one.key)}: {one.message}".strip(": .") for one in error.problems)
    return "; ".join(told) + "."


def _key(key: str) -> str:
    """The field of the route: `routes[0].targets[1].provider` is `targets[1].provider` there."""
    return key.partition(".")[2]


def _field(name: str, message: str) -> ProblemField:
    match = _VALUE.fullmatch(message)
    if match is None:
        return ProblemField(name=name, value=None, expected=message)
    return ProblemField(name=name, value=match[1], expected=match[2])


_VALUE = re.compile(r"value (.*?): expected (.*)", re.DOTALL)
"""How the configuration tells of a value that is not what was expected."""
