"""Spans that are older than is kept of their project are deleted."""

import asyncio
import logging
from collections.abc import Callable

from vedette.access.tenants import Projects
from vedette.audit.outbox import Outbox
from vedette.clock import Clock
from vedette.errors import StoreError, VedetteError
from vedette.model.audit import AuditEvent
from vedette.model.settings import CoreSettings
from vedette.ports.stores import SpanStore
from vedette.query.times import format_time

log = logging.getLogger(__name__)

DAY_NS = 86_400 * 10**9
EVERY_S = 3600.0


class Retention:
    """Deletes what is too old, and has each deletion in the audit log."""

    def __init__(
        self, store: SpanStore, projects: Projects, outbox: Outbox,
        settings: Callable[[], CoreSettings], clock: Clock,
    ) -> None:  # fmt: skip
        self._store = store
        self._projects = projects
        self._outbox = outbox
        self._settings = settings
        self._clock = clock

    async def run(self) -> None:
        """Delete what is older than is kept of its project, now and every hour."""
        while True:
            try:
                gone = await asyncio.to_thread(self.look)
            except StoreError as error:
                log.warning("old spans are not deleted yet: %s", error.message)
            else:
                if gone:
                    log.info("deleted %d spans that were older than they are kept", gone)
            await asyncio.sleep(EVERY_S)

    def look(self) -> int:
        """Delete once; how many spans are gone. Blocks; raises StoreError."""
        now_ns, general = self._clock.now_ns(), self._settings().retention_days
        own = own_days(self._settings(), self._projects)
        return sum(
            self._delete_of(project_id, now_ns - days * DAY_NS)
            for project_id in self._projects.recorded_ids()
            if (days := own.get(project_id, general)) is not None
        )

    def _delete_of(self, project_id: str, to_ns: int) -> int:
        event = AuditEvent(
            action="spans.deleted", project=project_id, target_kind="project",
            target_id=project_id, details={"reason": "retention", "before": format_time(to_ns)},
        )  # fmt: skip
        with self._outbox.noting(event) as notice:
            gone = self._store.delete_range(project_id, to_ns=to_ns)
            notice.details["count"] = gone
            if not gone:
                notice.forget()
        return gone


def own_days(settings: CoreSettings, projects: Projects) -> dict[str, int]:
    """Days by project id, where a project has its own: in the configuration, or set on it; the
    fewer hold. A name that no project has is taken for an id."""
    found: dict[str, int] = {}
    for named, days in settings.project_retention_days.items():
        try:
            found[projects.find(named).value.id] = days
        except VedetteError:
            found[named] = days
    for project in (entry.value for entry in projects.list()):
        if project.retention_days is not None:
            others = found.get(project.id, settings.retention_days)
            found[project.id] = min(project.retention_days, others or project.retention_days)
    return found
