"""What one API application holds, found by its endpoints through the request."""

from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from vedette.api.exports import Exports
from vedette.api.services import ApiServices
from vedette.api.sessions import Sessions
from vedette.api.threads import StoreThreads
from vedette.tasks import Tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The services and the application's own moving parts."""

    services: ApiServices
    threads: StoreThreads
    exports: Exports
    sessions: Sessions
    outside: StoreThreads = field(default_factory=lambda: StoreThreads(threads=8, waiting=32))
    """For calls that wait for others on the network."""
    tasks: Tasks = field(default_factory=Tasks)
    """What goes on after an answer."""


def context_of(request: Request) -> Context:
    return cast(Context, request.app.state.context)
