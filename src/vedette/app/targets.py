"""What the core knows of providers, their targets, and the routes that lead there."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from vedette.api.provider_shapes import ProviderDetail, ProviderStatus
from vedette.app.board import ProviderBoard
from vedette.app.desk import Routes
from vedette.app.managed import ManagedRoutes
from vedette.app.reports import Reported
from vedette.app.states import TargetStates
from vedette.app.watch import ProviderWatch
from vedette.clock import Clock
from vedette.model.settings import CoreSettings

LOOK_S = 1.0


class Targets:
    """Watch, states, board and routes, wired with one another."""

    def __init__(
        self, settings: Callable[[], CoreSettings], reported: Callable[[], Reported], clock: Clock
    ) -> None:
        self._settings = settings
        self.watch = ProviderWatch()
        states = TargetStates(settings().routing.health_file, clock)
        self._board = ProviderBoard(
            self.watch, states, reported=reported, routed=lambda: self.routes.targets(),
            clock=clock,
        )  # fmt: skip
        self.routes = Routes(
            ManagedRoutes(Path(settings().routes_file), clock), settings=settings,
            book=states.book, status=self._board.target, reported=reported, clock=clock,
        )  # fmt: skip

    async def run(self) -> None:
        """Note the state of every target each second."""
        while True:
            await asyncio.to_thread(self._board.look)
            await asyncio.sleep(LOOK_S)

    def providers(self) -> Sequence[ProviderStatus]:
        """All that are configured."""
        return self._board.statuses(self._settings().providers)

    def provider(self, name: str) -> ProviderDetail | None:
        """One of them with its last hour; None where none has this name."""
        found = next((one for one in self._settings().providers if one.name == name), None)
        return None if found is None else self._board.detail(found)
