"""Routes that are kept in a file."""

import stat
from pathlib import Path
from typing import Any

import pytest

from vedette.app.managed import (
    MOST_ROUTES,
    ManagedRoutes,
    VersionDiffers,
    judge,
    merged,
    read_file,
)
from vedette.clock import FakeClock
from vedette.config.provider import ProviderConfig
from vedette.config.route import RouteConfig, TargetConfig
from vedette.config.schema import Config
from vedette.errors import Conflict, NotFound, StoreError


def route(model: str, provider: str = "a") -> dict[str, Any]:
    return {"model": model, "targets": [{"provider": provider}]}


@pytest.fixture
def managed(tmp_path: Path) -> ManagedRoutes:
    return ManagedRoutes(tmp_path / "routes.json", FakeClock())


def names(managed: ManagedRoutes) -> list[str]:
    return [one.model for one in managed.read().routes]


def test_without_a_file_there_are_none(managed: ManagedRoutes) -> None:
    assert managed.read().routes == ()
    assert managed.stamp() is None


def test_routes_are_added_changed_and_removed(managed: ManagedRoutes) -> None:
    first, second = managed.add(route("one")), managed.add(route("two"))
    assert (first.version, second.version) == (1, 2)
    changed = managed.change("one", route("other"), version=1)
    assert names(managed) == ["other", "two"]
    assert changed.version == 3
    managed.remove("other", version=3)
    assert names(managed) == ["two"]
    assert managed.add(route("other")).version == 5


def test_a_version_that_differs_changes_nothing(managed: ManagedRoutes) -> None:
    managed.add(route("one"))
    stamp = managed.stamp()
    with pytest.raises(VersionDiffers, match="no longer at version 7"):
        managed.change("one", route("one", "b"), version=7)
    with pytest.raises(VersionDiffers):
        managed.remove("one", version=7)
    with pytest.raises(NotFound):
        managed.remove("two", version=1)
    assert managed.stamp() == stamp


def test_a_name_is_taken_once(managed: ManagedRoutes) -> None:
    managed.add(route("one"))
    managed.add(route("two"))
    with pytest.raises(Conflict, match="'one' already"):
        managed.add(route("one"))
    with pytest.raises(Conflict, match="'two' already"):
        managed.change("one", route("two"), version=1)


def test_the_file_belongs_to_this_user_and_is_whole(managed: ManagedRoutes, tmp_path: Path) -> None:
    managed.add(route("one"))
    assert [path.name for path in tmp_path.iterdir()] == ["routes.json"]
    assert stat.S_IMODE((tmp_path / "routes.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"{", b'{"routes": 3}', b"\xff"])
def test_a_damaged_file_is_said_and_kept(
    managed: ManagedRoutes, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "routes.json"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"routes\.json is damaged"):
        managed.read()
    with pytest.raises(StoreError):
        managed.add(route("one"))
    assert path.read_bytes() == content


def test_a_disk_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    managed = ManagedRoutes(tmp_path / "no" / "routes.json", FakeClock())
    with pytest.raises(StoreError, match="Cannot write"):
        managed.add(route("one"))


def test_there_is_a_most(managed: ManagedRoutes, tmp_path: Path) -> None:
    stored = ", ".join(
        f'{{"version": 1, "updated_ns": 1, "route": {{"model": "m{number}"}}}}'
        for number in range(MOST_ROUTES)
    )
    (tmp_path / "routes.json").write_text(f'{{"revision": 1, "routes": [{stored}]}}')
    with pytest.raises(Conflict, match="Delete one first"):
        managed.add(route("one more"))


def config(*models: str) -> Config:
    return Config(
        providers=(ProviderConfig(name="a", kind="openai", base_url="http://up/v1"),),
        routes=tuple(
            RouteConfig(model=model, targets=(TargetConfig(provider="a"),)) for model in models
        ),
    )


def test_managed_routes_stand_behind_those_of_the_configuration(
    managed: ManagedRoutes, tmp_path: Path
) -> None:
    for made in (route("two"), route("one"), route("lost", "gone")):
        managed.add(made)
    both = merged(config("one"), tmp_path / "routes.json")
    assert [one.model for one in both.routes] == ["one", "two"]


def test_a_damaged_file_leaves_the_configuration_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "routes.json").write_text("nonsense")
    assert merged(config("one"), tmp_path / "routes.json") == config("one")


def test_why_a_route_has_no_effect_is_told(managed: ManagedRoutes, tmp_path: Path) -> None:
    managed.add(route("one", "gone"))
    (stored,) = read_file(tmp_path / "routes.json").routes
    judged = judge(stored, providers=["a"], taken=[])
    assert judged.config is None
    assert judged.problem.startswith("targets[0].provider: Unknown provider 'gone'")
    hidden = judge(stored, providers=["gone"], taken=["one"])
    assert "that one counts" in hidden.problem
    assert judge(stored, providers=["gone"], taken=[]).config is not None
