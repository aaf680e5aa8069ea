"""The book of the policies of the console."""

from functools import partial
from pathlib import Path

from vedette.access.checks import InvalidSetting
from vedette.access.desk import AccessDesk
from vedette.access.files import replace_file
from vedette.app.guard import make_detector, reach_of
from vedette.clock import Clock
from vedette.errors import NotFound
from vedette.guard.book import PolicyBook
from vedette.guard.compiling import Resolve, Tenant
from vedette.guard.desk import GuardDesk
from vedette.model.governance import PolicySnapshot
from vedette.model.settings import CoreSettings
from vedette.ports.stores import Records


def open_policies(
    settings: CoreSettings, records: Records, access: AccessDesk, guard: GuardDesk, clock: Clock
) -> PolicyBook:
    """The policies of the console, which the workers and the desk hear of."""
    file = Path(settings.policies_file) if settings.policies_file else None
    make = partial(make_detector, reach=reach_of(settings))
    book = PolicyBook(
        records, clock, make, file=file, write=replace_file, resolve=resolving(access)
    )
    book.on_change(guard.take)
    return book


def in_force(records: Records, clock: Clock) -> PolicySnapshot:
    """What of the console holds now, for a command. Raises StoreError."""
    book = PolicyBook(
        records, clock, make_detector, file=None, write=replace_file, resolve=lambda _, entry: entry
    )
    return book.snapshot()


def resolving(access: AccessDesk) -> Resolve:
    """Finds the ids of tenants that scopes name."""

    def resolve(tenant: Tenant, entry: str) -> str | None:
        try:
            if tenant == "project":
                return access.projects.find(entry).value.id
            if tenant == "key":
                return access.keys.get(entry).value.account_id
            return _organization(access, entry)
        except (NotFound, InvalidSetting):
            return None

    return resolve


def _organization(access: AccessDesk, entry: str) -> str | None:
    for kept in access.organizations.list():
        if entry in (kept.value.id, kept.value.name):
            return kept.value.id
    return None
