"""Virtual keys through their life."""

from typing import Any

import pytest

from tests.support.access import Office
from vedette.access.checks import InvalidSetting
from vedette.access.keys import MAX_OVERLAP_S, KeyQuery, KeySettings, place_of
from vedette.errors import Conflict, NotFound
from vedette.gateway.tenants import Tenants, Unauthorized
from vedette.model.tenant import Allowance, Budget, Scopes

HOUR_NS = 3_600 * 10**9


def works(office: Office, key: str) -> bool:
    """As a worker sees it."""
    tenants = Tenants(office.desk.book.snapshot())
    try:
        return tenants.find(key.encode(), office.clock.now_ns()) is not None
    except Unauthorized:
        return False


def test_a_key_belongs_to_its_project_and_opens_the_door() -> None:
    office = Office()
    project = office.desk.projects.create("a", "default", Allowance()).value
    settings = KeySettings(
        name=" ci ", owner="ada", scopes=Scopes(models=("gpt-*",)),
        allowance=Allowance(budgets=(Budget(limit_nano_usd=10**9),)), metadata={"team": "x"},
        expires_ns=office.clock.now_ns() + HOUR_NS,
    )  # fmt: skip
    entry, issued = office.desk.keys.create("a", settings)
    key = entry.value
    assert (key.project_id, key.organization_id, key.name) == (project.id, "default", "ci")
    assert (key.scopes, key.allowance) == (settings.scopes, settings.allowance)
    assert works(office, issued.text)
    assert issued.text.rpartition("_")[2] not in repr(office.desk.book.snapshot())
    office.clock.advance(3_600)
    assert not works(office, issued.text)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("name", {"name": ""}),
        ("owner", {"name": "k", "owner": "x" * 201}),
        ("ips[0]", {"name": "k", "scopes": Scopes(ips=("nowhere",))}),
        ("expires_at", {"name": "k", "expires_ns": 5}),
        ("metadata.a", {"name": "k", "metadata": {"a": "\n"}}),
    ],
)
def test_a_setting_that_means_nothing_makes_no_key(name: str, settings: dict[str, Any]) -> None:
    office = Office()
    with pytest.raises(InvalidSetting) as caught:
        office.desk.keys.create("default", KeySettings(**settings))
    assert caught.value.name == name
    assert office.desk.keys.list(KeyQuery()) == ()
    assert not office.desk.book.closed


def test_a_project_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidSetting, match="project"):
        Office().desk.keys.create("none", KeySettings(name="k"))


def test_keys_are_found_by_project_beginning_name_and_owner() -> None:
    office = Office()
    office.desk.projects.create("a", "default", Allowance())
    keys = office.desk.keys
    metadata = {"team": "Blue", "tier": "1"}
    settings = KeySettings(name="Nightly", owner="ada", metadata=metadata)
    first, shown = keys.create("default", settings)
    second, _ = keys.create("a", KeySettings(name="daily", owner="bob"))

    def found(**query: Any) -> list[str]:
        return [entry.value.name for entry in keys.list(KeyQuery(**query))]

    assert found() == ["Nightly", "daily"]
    assert found(project="a") == ["daily"]
    assert found(prefix=f"vdt_{second.value.id[:12]}") == ["daily"]
    assert found(prefix=shown.text) == ["Nightly"]
    assert found(text="NIGHT") == found(text="ada") == ["Nightly"]
    assert found(text="eve") == []
    assert found(text="blue") == found(owner="ada") == ["Nightly"]
    assert found(owner="ad") == []
    assert found(metadata=(("team", "Blue"), ("tier", ""))) == ["Nightly"]
    assert found(metadata=(("team", "blue"),)) == found(metadata=(("none", ""),)) == []
    assert found(status="active") == ["Nightly", "daily"]
    keys.change(second.value.id, {"disabled": True})
    assert found(status="disabled") == ["daily"]
    second = keys.change(second.value.id, {"disabled": False})
    assert found(project="a", text="night") == []
    with pytest.raises(NotFound):
        found(project="none")
    (page,) = keys.list(KeyQuery(), limit=1)
    assert page == first
    assert keys.list(KeyQuery(), after=place_of(first)) == (second,)
    assert keys.get(first.value.id) == first


def test_keys_are_listed_newest_first_also_behind_one_that_is_gone() -> None:
    office = Office()
    keys = office.desk.keys
    made = []
    for name in ("one", "two", "three", "four"):
        made.append(keys.create("default", KeySettings(name=name))[0])
        office.clock.advance(1.0)
    assert [entry.value.name for entry in keys.list(KeyQuery())] == ["four", "three", "two", "one"]
    behind = place_of(made[2])
    keys.delete(made[2].value.id)
    assert [entry.value.name for entry in keys.list(KeyQuery(), after=behind)] == ["two", "one"]


def test_a_key_that_is_disabled_can_be_enabled() -> None:
    office = Office()
    entry, issued = office.desk.keys.create("default", KeySettings(name="k"))
    office.desk.keys.change(entry.value.id, {"disabled": True})
    assert not works(office, issued.text)
    office.desk.keys.change(entry.value.id, {"disabled": False})
    assert works(office, issued.text)
    office.desk.keys.delete(entry.value.id)
    assert not works(office, issued.text)
    with pytest.raises(NotFound):
        office.desk.keys.delete(entry.value.id)


def test_a_change_is_checked_like_a_new_key() -> None:
    office = Office()
    entry, _ = office.desk.keys.create("default", KeySettings(name="k"))
    with pytest.raises(InvalidSetting):
        office.desk.keys.change(entry.value.id, {"expires_ns": 1})
    with pytest.raises(InvalidSetting):
        office.desk.keys.change(entry.value.id, {"name": " "})
    with pytest.raises(Conflict):
        office.desk.keys.change(entry.value.id, {"name": "x"}, version=9)
    assert office.desk.keys.get(entry.value.id) == entry


def test_an_expired_key_may_get_another_name_and_more_time() -> None:
    office = Office()
    soon = office.clock.now_ns() + HOUR_NS
    entry, issued = office.desk.keys.create("default", KeySettings(name="k", expires_ns=soon))
    office.clock.advance(7_200)
    renamed = office.desk.keys.change(entry.value.id, {"name": "old"})
    assert (renamed.value.name, renamed.value.expires_ns) == ("old", soon)
    assert not works(office, issued.text)
    office.desk.keys.change(entry.value.id, {"expires_ns": office.clock.now_ns() + HOUR_NS})
    assert works(office, issued.text)
    office.desk.keys.change(entry.value.id, {"expires_ns": None})
    office.clock.advance(1e6)
    assert works(office, issued.text)


def test_a_rotated_key_works_beside_its_successor_for_a_while() -> None:
    office = Office()
    settings = KeySettings(name="k", scopes=Scopes(models=("m",)), metadata={"a": "b"})
    old, first = office.desk.keys.create("default", settings)
    fresh, second = office.desk.keys.rotate(old.value.id, overlap_s=60)
    assert works(office, first.text)
    assert works(office, second.text)
    assert fresh.value.scopes == settings.scopes
    assert fresh.value.account_id == old.value.id
    assert office.desk.keys.get(old.value.id).value.replaced_by == second.id
    office.clock.advance(60)
    assert not works(office, first.text)
    assert works(office, second.text)
    third, _ = office.desk.keys.rotate(second.id, overlap_s=0)
    assert not works(office, second.text)
    assert third.value.account_id == old.value.id


def test_an_overlap_never_prolongs_a_key() -> None:
    office = Office()
    soon = office.clock.now_ns() + HOUR_NS
    old, _ = office.desk.keys.create("default", KeySettings(name="k", expires_ns=soon))
    fresh, _ = office.desk.keys.rotate(old.value.id, overlap_s=7_200)
    assert office.desk.keys.get(old.value.id).value.expires_ns == soon
    assert fresh.value.expires_ns == soon


def test_only_a_key_that_works_is_rotated_and_only_once() -> None:
    office = Office()
    keys = office.desk.keys
    entry, _ = keys.create("default", KeySettings(name="k"))
    keys.rotate(entry.value.id, overlap_s=60)
    with pytest.raises(Conflict, match="was replaced"):
        keys.rotate(entry.value.id, overlap_s=60)
    other, _ = keys.create("default", KeySettings(name="o"))
    keys.change(other.value.id, {"disabled": True})
    with pytest.raises(Conflict, match="disabled"):
        keys.rotate(other.value.id, overlap_s=60)
    soon = office.clock.now_ns() + HOUR_NS
    late, _ = keys.create("default", KeySettings(name="l", expires_ns=soon))
    office.clock.advance(3_600)
    with pytest.raises(Conflict, match="expired"):
        keys.rotate(late.value.id, overlap_s=60)
    for overlap_s in (-1, MAX_OVERLAP_S + 1, float("nan")):
        with pytest.raises(InvalidSetting):
            keys.rotate(late.value.id, overlap_s=overlap_s)


def test_the_door_opens_again_only_when_told_and_without_keys() -> None:
    office = Office()
    entry, _ = office.desk.keys.create("default", KeySettings(name="k"))
    with pytest.raises(Conflict):
        office.desk.keys.open_again()
    office.desk.keys.delete(entry.value.id)
    assert office.desk.book.snapshot().closed
    office.desk.keys.open_again()
    assert not office.desk.book.snapshot().closed


def test_a_text_is_the_key_it_was_issued_as_while_that_works() -> None:
    office = Office()
    here = Scopes(ips=("10.0.0.0/8",))
    settings = KeySettings(name="k", scopes=here, expires_ns=office.clock.now_ns() + HOUR_NS)
    entry, issued = office.desk.keys.create("default", settings)
    found = office.desk.keys.bearer(issued.text, "10.1.2.3")
    assert found is not None
    assert found.id == entry.value.id
    guessed = issued.text[:-1] + ("0" if issued.text[-1] != "0" else "1")
    for text in (guessed, issued.id, "vdt_", "vdt_" + "0" * 12):
        assert office.desk.keys.bearer(text, "10.1.2.3") is None
    for address in ("11.0.0.1", ""):
        assert office.desk.keys.bearer(issued.text, address) is None
    office.clock.advance(3_600)
    assert office.desk.keys.bearer(issued.text, "10.1.2.3") is None
