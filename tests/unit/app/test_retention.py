"""What is too old goes, project by project."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.auditing import Office
from tests.support.span_stores import NOW, span
from vedette.access.desk import AccessDesk
from vedette.app.retention import DAY_NS, Retention, own_days
from vedette.model.audit import AuditQuery
from vedette.model.settings import CoreSettings
from vedette.model.tenant import Allowance
from vedette.stores.spans.sqlite import SqliteSpanStore


class House:
    """A store with calls of two projects, two days old."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        self.office.clock.advance(2 * DAY_NS / 10**9)
        self.access = AccessDesk(self.office.records, self.office.clock)
        self.store = SqliteSpanStore(None, self.office.clock)
        self.own = self.access.projects.create("own", "default", Allowance()).value.id
        self.store.write_batch([span(1, start_ns=NOW), span(2, start_ns=NOW, project_id=self.own)])
        self.settings = CoreSettings(version=1)
        self.retention = Retention(
            self.store, self.access.projects, self.office.desk.outbox,
            lambda: self.settings, self.office.clock,
        )  # fmt: skip

    def keep(self, days: int | None, **own: int) -> None:
        self.settings = replace(self.settings, retention_days=days, project_retention_days=own)

    def close(self) -> None:
        self.store.close()
        self.office.close()


def test_nothing_goes_where_no_days_are_set(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.retention.look() == 0
    house.close()


def test_a_project_has_its_own_days_by_its_name(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.keep(30, own=1)
    assert (house.retention.look(), house.retention.look()) == (1, 0)
    (entry,) = house.office.records.audit.find(AuditQuery(action="spans.deleted"))
    assert (entry.project, '"count":1' in entry.body) == (house.own, True)
    house.close()


@pytest.mark.parametrize(
    ("general", "configured", "on_it", "days"),
    [(None, None, 3, 3), (2, None, 3, 2), (9, 5, 3, 3), (9, 3, 5, 3), (None, 7, None, 7)],
)
def test_the_fewest_days_hold(
    tmp_path: Path, general: int | None, configured: int | None, on_it: int | None, days: int
) -> None:
    house = House(tmp_path)
    house.keep(general, **({} if configured is None else {"own": configured}))
    if on_it is not None:
        house.access.projects.change(
            house.own, name=None, allowance=lambda given: given, retention_days=on_it
        )
    assert own_days(house.settings, house.access.projects)[house.own] == days
    house.close()
