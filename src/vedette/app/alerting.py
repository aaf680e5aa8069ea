"""The alerts of the core: everything that is watched, put together, and the task that looks."""

import asyncio
import logging
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module

from vedette import channels as plugins
from vedette.access.vault import Vault
from vedette.alerts.book import Book
from vedette.alerts.channels import ChannelKind, Channels
from vedette.alerts.deliveries import Deliveries
from vedette.alerts.desk import AlertDesk
from vedette.alerts.readings import Calls, Gauge, Meter
from vedette.alerts.watch import Watch
from vedette.api.provider_shapes import ProviderStatus
from vedette.app.posting import Poster
from vedette.clock import Clock
from vedette.costs.spending import Spending
from vedette.errors import VedetteError
from vedette.model.alert import Event
from vedette.model.settings import AlertSettings
from vedette.ports.alerts import Channel, Post
from vedette.ports.stores import Records, SpanStore
from vedette.tasks import Troubles

log = logging.getLogger(__name__)

_DAY_NS = 86_400 * 10**9
_PRUNE_S = 3_600.0
OPERATOR = "default"
"""The project that is told of what concerns all: budgets and providers."""


class Alerting:
    """Start `run` in the core's loop; `desk` is for the API."""

    def __init__(
        self, *, store: SpanStore, records: Records, vault: Vault, spending: Spending,
        providers: Callable[[], Sequence[ProviderStatus]], projects: Callable[[], Sequence[str]],
        settings: Callable[[], AlertSettings], clock: Clock,
        troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._projects = projects
        self._clock = clock
        self._troubles = troubles = troubles or Troubles()
        self._poster = Poster(allows_private=lambda: settings().private_receivers)
        self._book = Book(records, clock)
        meter = Meter([
            Calls(store),
            Gauge("budget_used", partial(_budgets, spending)),
            Gauge("providers_down", partial(_down, providers)),
        ])  # fmt: skip
        kinds = channel_kinds(self._poster)
        opened = Channels(self._book, vault, kinds)
        self._watch = Watch(
            self._book, meter, clock, url=settings().console_url, troubles=troubles
        )  # fmt: skip
        self._deliveries = Deliveries(self._book, opened.open, clock)
        self.desk = AlertDesk(self._book, opened, meter, clock)

    def report(self, event: Event) -> None:
        """For rules of kind `event`; thread-safe, never blocks."""
        self._watch.report(event)

    async def run(self) -> None:
        """Look, tell, and forget what is old, until cancelled."""
        pruned = 0.0
        while True:
            with self._troubles.noted("alerts"):
                await self._once()
            if self._clock.monotonic() - pruned >= _PRUNE_S:
                pruned = self._clock.monotonic()
                await asyncio.to_thread(self._prune)
            await asyncio.sleep(self._settings().every_s)

    def close(self) -> None:
        """Tell nobody any more."""
        self._poster.close()

    async def _once(self) -> None:
        projects = await asyncio.to_thread(self._known)
        await asyncio.to_thread(self._watch.look, projects)
        for project_id in projects:
            await self._deliveries.flush(project_id)

    def _known(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((OPERATOR, *self._projects())))

    def _prune(self) -> None:
        before_ns = self._clock.now_ns() - self._settings().keep_days * _DAY_NS
        try:
            for project_id in self._known():
                self._book.prune(project_id, before_ns)
        except VedetteError as error:
            log.warning("old alerts are not deleted yet: %s", error.message)


def channel_kinds(post: Post) -> list[ChannelKind]:
    """Our own, by name: the modules of `channels/` that have `OPTIONS`."""
    found = []
    for module in pkgutil.iter_modules(plugins.__path__):
        plugin = import_module(f"{plugins.__name__}.{module.name}")
        if hasattr(plugin, "OPTIONS"):
            found.append(ChannelKind(
                name=module.name, options=plugin.OPTIONS, create=partial(_create, plugin, post)
            ))  # fmt: skip
    return found


def _create(plugin: object, post: Post, options: Mapping[str, str]) -> Channel:
    created: Channel = plugin.create(options, post)  # type: ignore[attr-defined]
    return created


def _budgets(spending: Spending, project_id: str) -> dict[str, float]:
    """How full each budget is, in percent; the operator sees all, nobody else any."""
    if project_id != OPERATOR:
        return {}
    return {
        f"{state.scope} {state.name}".strip() + f" {state.limit.window.name}": 100
        * (state.spent_nano_usd + state.held_nano_usd)
        / (state.limit.account.limit or 1)
        for state in spending.budgets()
    }


def _down(providers: Callable[[], Sequence[ProviderStatus]], project_id: str) -> dict[str, float]:
    """1 for each provider of which a target is left alone, else 0."""
    if project_id != OPERATOR:
        return {}
    return {one.name: float(one.state == "open") for one in providers()}
