"""Allowances that are made in the console."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.access import Office
from vedette.access.checks import InvalidSetting
from vedette.errors import Conflict, NotFound
from vedette.model.tenant import Allowance, Budget, Limits, ScopedAllowance

TIGHT = Allowance(budgets=(Budget(limit_nano_usd=5),))


def rule(**fields: Any) -> ScopedAllowance:
    said: dict[str, Any] = {"scope": "user", "allowance": TIGHT}
    return ScopedAllowance(**said | fields)


def test_one_that_is_made_reaches_the_workers(tmp_path: Path) -> None:
    office = Office(tmp_path, file=tmp_path / "keys")
    id, entry = office.desk.allowances.create(rule(name=" ann "))
    assert entry.value.name == "ann"
    assert office.desk.allowances.get(id) == entry
    assert office.desk.allowances.list() == ((id, entry),)
    assert office.snapshot.allowances == (entry.value,)
    roomy = Allowance(limits=Limits(rpm=3))
    changed = office.desk.allowances.change(id, allowance=lambda _: roomy, together=True)
    assert office.snapshot.allowances == (changed.value,)
    assert (changed.value.allowance, changed.value.together, changed.version) == (roomy, True, 2)
    with pytest.raises(Conflict):
        office.desk.allowances.change(id, allowance=lambda _: roomy, version=1)
    office.desk.allowances.delete(id)
    assert not office.snapshot.allowances
    with pytest.raises(NotFound):
        office.desk.allowances.get(id)


def test_two_for_the_same_would_count_twice() -> None:
    desk = Office().desk
    desk.allowances.create(rule())
    with pytest.raises(Conflict):
        desk.allowances.create(rule(together=True))
    project = desk.projects.create("p", "default", Allowance()).value.id
    _, entry = desk.allowances.create(rule(project="p"))
    assert entry.value.project == project
    # Within a project that goes it has nothing to say.
    desk.projects.delete(project)
    assert [one.value.project for _, one in desk.allowances.list()] == [""]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "a\nb"), ("project", "none"),
     ("allowance", Allowance(limits=Limits(rpm=0)))],
    ids=["empty", "lines", "project", "rate"],
)  # fmt: skip
def test_what_means_nothing_is_named(field: str, value: Any) -> None:
    with pytest.raises(InvalidSetting, match="rpm" if field == "allowance" else field):
        Office().desk.allowances.create(rule(**{field: value}))
