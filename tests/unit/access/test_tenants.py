"""Organizations and projects."""

import pytest
from msgspec.structs import replace

from tests.support.access import Office
from vedette.access.checks import InvalidSetting
from vedette.access.keys import KeyQuery, KeySettings
from vedette.access.tenants import find_project
from vedette.errors import Conflict, NotFound
from vedette.model.tenant import Allowance, Budget, Limits

NOTHING = Allowance()
TIGHT = Allowance(budgets=(Budget(limit_nano_usd=5),), limits=Limits(rpm=3))


def same(allowance: Allowance) -> Allowance:
    return allowance


def test_a_project_is_found_by_id_and_by_name() -> None:
    projects = Office().desk.projects
    made = projects.create(" Search ", "default", TIGHT)
    assert made.value.name == "Search"
    assert made.value.allowance == TIGHT
    assert made.value.id.startswith("prj_")
    assert projects.find("Search") == projects.find(made.value.id) == made
    assert projects.get(made.value.id) == made
    assert [entry.value.id for entry in projects.list()] == ["default", made.value.id]
    with pytest.raises(NotFound):
        projects.find("search")


def test_two_projects_of_an_organization_do_not_share_a_name() -> None:
    desk = Office().desk
    desk.projects.create("a", "default", NOTHING)
    with pytest.raises(Conflict):
        desk.projects.create("a", "default", NOTHING)
    other = desk.organizations.create("other", NOTHING).value
    desk.projects.create("a", other.id, NOTHING)
    with pytest.raises(InvalidSetting, match="several"):
        find_project(desk.book, "a")


@pytest.mark.parametrize("name", ["", "prj_x", "a\nb"])
def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(InvalidSetting):
        Office().desk.projects.create(name, "default", NOTHING)


def test_a_project_needs_an_organization_that_is_there() -> None:
    with pytest.raises(InvalidSetting, match="organization"):
        Office().desk.projects.create("a", "org_none", NOTHING)


def test_a_project_is_changed_by_who_has_seen_it() -> None:
    projects = Office().desk.projects
    made = projects.create("a", "default", NOTHING)
    changed = projects.change(made.value.id, name="b", allowance=lambda _: TIGHT)
    assert (changed.value.name, changed.value.allowance, changed.version) == ("b", TIGHT, 2)
    with pytest.raises(Conflict):
        projects.change(made.value.id, name="c", allowance=same, version=1)
    assert projects.get(made.value.id).value.name == "b"
    tighter = projects.change(
        made.value.id, name=None, allowance=lambda given: replace(given, limits=Limits(rpm=1)),
    )  # fmt: skip
    assert tighter.value.allowance == replace(TIGHT, limits=Limits(rpm=1))
    with pytest.raises(Conflict):
        projects.change("default", name="b", allowance=same)
    projects.change(made.value.id, name="b", allowance=same)


def test_a_deleted_project_takes_its_keys_along() -> None:
    desk = Office().desk
    doomed = desk.projects.create("doomed", "default", NOTHING).value
    desk.keys.create("doomed", KeySettings(name="one"))
    desk.keys.create("doomed", KeySettings(name="two"))
    kept, _ = desk.keys.create("default", KeySettings(name="three"))
    assert desk.projects.delete(doomed.id) == 2
    assert desk.keys.list(KeyQuery()) == (kept,)
    with pytest.raises(NotFound):
        desk.projects.get(doomed.id)
    assert desk.projects.recorded_ids() == ("default", doomed.id)


def test_what_calls_without_a_key_need_cannot_be_deleted() -> None:
    desk = Office().desk
    with pytest.raises(Conflict):
        desk.projects.delete("default")
    with pytest.raises(Conflict):
        desk.organizations.delete("default")


def test_an_organization_with_projects_stays() -> None:
    desk = Office().desk
    made = desk.organizations.create("Acme", TIGHT)
    assert desk.organizations.get(made.value.id) == made
    project = desk.projects.create("a", made.value.id, NOTHING).value
    with pytest.raises(Conflict):
        desk.organizations.delete(made.value.id)
    desk.projects.delete(project.id)
    desk.organizations.delete(made.value.id)
    assert [entry.value.id for entry in desk.organizations.list()] == ["default"]


def test_an_organization_is_renamed_to_a_free_name() -> None:
    organizations = Office().desk.organizations
    made = organizations.create("Acme", NOTHING)
    renamed = organizations.change(made.value.id, name="Ace", allowance=same, version=1)
    assert renamed.value.name == "Ace"
    with pytest.raises(Conflict):
        organizations.change("default", name="Ace", allowance=same)
    with pytest.raises(NotFound):
        organizations.change("org_none", name="x", allowance=same)
    with pytest.raises(Conflict):
        organizations.create("Ace", NOTHING)


def test_days_are_kept_changed_and_taken_away() -> None:
    projects = Office().desk.projects
    made = projects.create("a", "default", NOTHING, retention_days=30)
    assert made.value.retention_days == 30
    id = made.value.id
    assert projects.change(id, name="b", allowance=same).value.retention_days == 30
    assert projects.change(id, name=None, allowance=same, retention_days=7).value == replace(
        made.value, name="b", retention_days=7
    )
    freed = projects.change(id, name=None, allowance=same, retention_days=None)
    assert freed.value.retention_days is None
    for days in (0, 36_501):
        with pytest.raises(InvalidSetting, match="days"):
            projects.change(id, name=None, allowance=same, retention_days=days)
