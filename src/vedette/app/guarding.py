"""The guard of the core: its desk, its policies, who is called back, what people said of it."""

import asyncio
from collections.abc import Callable

from vedette.access.desk import AccessDesk
from vedette.app.evaluations import noting, open_callbacks
from vedette.app.guard import open_desk, reach_of
from vedette.app.models import OwnGateway, models_of
from vedette.app.policies import open_policies
from vedette.audit.outbox import Outbox
from vedette.clock import Clock
from vedette.guard.feedback import FeedbackBook
from vedette.guard.jobs import Jobs
from vedette.model.policy import Policy
from vedette.model.settings import CoreSettings
from vedette.ports.stores import Records
from vedette.tasks import Troubles

CATCH_UP_S = 5.0


class Guarding:
    """All that judges texts outside of calls."""

    def __init__(
        self, settings: Callable[[], CoreSettings], records: Records, access: AccessDesk,
        outbox: Outbox, *, gateway: OwnGateway, clock: Clock,
        troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        self._settings = settings
        self.desk = open_desk(clock, lambda: reach_of(settings()), models_of(gateway))
        self.note = noting(outbox, settings)
        self.callbacks = open_callbacks(
            settings, records, self.desk, self.note, clock, troubles=troubles
        )
        self.policies = open_policies(settings(), records, access, self.desk, clock)
        self.feedback = FeedbackBook(records, clock)
        self.replays = Jobs(clock)

    def configured_policy(self) -> Policy | None:
        """The policy that the configuration names."""
        return self._settings().routing.guard.policy

    async def start(self) -> None:
        """Take up what was kept, and go on with what waits."""
        await asyncio.to_thread(self.policies.open)
        await self.callbacks.start()

    async def run(self) -> None:
        """Where the file of the policies could not be written, write it when that is possible."""
        while True:
            await asyncio.sleep(CATCH_UP_S)
            await asyncio.to_thread(self.policies.catch_up)

    def close(self) -> None:
        """Take no more jobs; the callbacks are closed before the store."""
        self.replays.close()
        self.desk.close()
