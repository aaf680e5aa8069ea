"""Evaluations of texts by the core: who is called back, and what the audit log gets of them."""

import hashlib
import hmac
from collections.abc import Callable, Sequence

from vedette.api.callbacks import Callbacks
from vedette.api.evaluating import Deliveries, Note
from vedette.app.guard import reach_of
from vedette.audit.outbox import Outbox
from vedette.clock import Clock
from vedette.guard.desk import GuardDesk
from vedette.model.audit import AuditEvent
from vedette.model.settings import CoreSettings
from vedette.ports.stores import Records
from vedette.tasks import Troubles


def noting(outbox: Outbox, settings: Callable[[], CoreSettings]) -> Note:
    """Logs verdicts where `guard.audit_evaluations` says so."""

    def note(events: Sequence[AuditEvent]) -> None:
        if settings().audit_evaluations:
            outbox.send_all(events)

    return note


def open_callbacks(
    settings: Callable[[], CoreSettings],
    records: Records,
    desk: GuardDesk,
    note: Note,
    clock: Clock,
    *,
    troubles: Troubles | None = None,
) -> Callbacks:
    """Callbacks over the records; their texts are encrypted under this installation's secret."""
    key = hmac.new(settings().hash_key, b"texts that wait for a callback", hashlib.sha256).digest()
    return Callbacks(
        lambda: reach_of(settings()),
        clock,
        records=records,
        key=key,
        evaluate=Deliveries(desk, note),
        troubles=troubles,
    )
