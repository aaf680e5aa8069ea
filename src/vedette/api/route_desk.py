"""What the routes of the API need; the composition root hands it in."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from vedette.api.errors import InvalidFields
from vedette.api.route_shapes import ExplainBody, Explanation, RouteShape
from vedette.errors import VedetteError


class InvalidRoute(InvalidFields):
    """The route breaks a rule of the configuration; every broken rule is told with its field."""

    code = "invalid_route"
    status = 400


class RouteTaken(InvalidFields):
    """There is a route of this name."""

    code = "route_exists"
    status = 409


class RouteReadOnly(VedetteError):
    """The route stands in the configuration: it is changed there."""

    code = "route_read_only"
    status = 409


class RouteDesk(Protocol):
    """Routes of the configuration and those made in the console. May block; thread-safe.

    A body is a route as `routes[]` of the configuration has it; the desk checks it by the same
    rules. What is not there raises NotFound, another version VersionDiffers.
    """

    def routes(self) -> Sequence[RouteShape]:
        """Those of the configuration first."""
        ...

    def route(self, model: str) -> RouteShape: ...

    def create(self, body: Mapping[str, Any]) -> RouteShape:
        """Raises InvalidRoute or RouteTaken."""
        ...

    def change(self, model: str, body: Mapping[str, Any], *, version: int) -> RouteShape:
        """Raises InvalidRoute, RouteTaken or RouteReadOnly."""
        ...

    def remove(self, model: str, *, version: int) -> None:
        """Raises RouteReadOnly."""
        ...

    def explain(self, question: ExplainBody) -> Explanation:
        """Where this request would go; nobody is asked. Raises InvalidRoute for its draft."""
        ...
