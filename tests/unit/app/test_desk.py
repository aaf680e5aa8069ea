"""The routes of the console."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from vedette.api.etags import VersionDiffers
from vedette.api.provider_shapes import TargetStatus
from vedette.api.route_desk import InvalidRoute, RouteReadOnly, RouteTaken
from vedette.api.route_shapes import (
    ExplainBody,
    RouteBody,
    TargetBody,
    TimeoutsBody,
    WhenBody,
)
from vedette.app.desk import Routes, route_body
from vedette.app.managed import ManagedRoutes
from vedette.app.reports import Reported
from vedette.clock import FakeClock
from vedette.config.provider import TimeoutsConfig
from vedette.config.route import RouteConfig, TargetConfig, WhenConfig
from vedette.config.values import Section
from vedette.errors import NotFound, StoreError
from vedette.gateway.health import HealthBook
from vedette.model.settings import (
    CoreSettings,
    GatewaySettings,
    ProviderSettings,
    RouteSettings,
    TargetSettings,
    WhenSettings,
)

PROVIDER = ProviderSettings(name="a", kind="openai", base_url="https://a.example/v1")
ROUTE = RouteSettings(model="fast", targets=(TargetSettings(provider="a", model="m1"),))


class Room:
    """A desk over a file, and settings that a test may change."""

    def __init__(self, folder: Path) -> None:
        clock = FakeClock()
        routing = GatewaySettings(version=1, providers=(PROVIDER,), routes=(ROUTE,))
        self.settings = CoreSettings(version=1, routing=routing, route_places=("vedette.yaml:7",))
        self.file = folder / "routes.json"
        self.desk = Routes(
            ManagedRoutes(self.file, clock), settings=lambda: self.settings, book=HealthBook,
            status=lambda name: TargetStatus(provider=name[0], model=name[1], state="closed"),
            reported=Reported, clock=clock,
        )  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def body(name: str = "mine", /, **target: Any) -> dict[str, Any]:
    return {"model": name, "targets": [{"provider": "a", "model": "m2"} | target]}


def test_routes_of_the_file_stand_first_and_say_where(room: Room) -> None:
    room.desk.create(body())
    first, second = room.desk.routes()
    assert (first.route.model, first.origin, first.place) == ("fast", "file", "vedette.yaml:7")
    assert (second.route.model, second.origin, second.version) == ("mine", "managed", 1)
    assert [one.state for one in second.health] == ["closed"]
    assert room.desk.route("mine") == second


def test_a_route_is_kept_complete(room: Room) -> None:
    made = room.desk.create(body(when={"capability": "tools, images"}) | {"sticky": True})
    assert made.route.sticky == "session"
    assert made.route.targets[0].when == WhenBody(capability=("tools", "images"))
    assert made.route.retries == 2


def test_every_broken_rule_names_its_field(room: Room) -> None:
    with pytest.raises(InvalidRoute) as caught:
        room.desk.create(body("no spaces", weight=-1) | {"strategy": "magic"})
    told = {field.name: field for field in caught.value.fields}
    assert sorted(told) == ["model", "strategy", "targets[0].weight"]
    assert (told["targets[0].weight"].value, told["targets[0].weight"].expected) == (
        "-1", "a number of at least 0",
    )  # fmt: skip
    with pytest.raises(InvalidRoute, match="Did you mean") as unknown:
        room.desk.create(body(provider="aa"))
    assert [field.name for field in unknown.value.fields] == ["targets[0].provider"]
    assert not room.file.exists()


def test_a_name_of_the_file_or_of_another_route_is_taken(room: Room) -> None:
    room.desk.create(body())
    for name in ("fast", "mine"):
        with pytest.raises(RouteTaken) as caught:
            room.desk.create(body(name))
        assert [field.name for field in caught.value.fields] == ["model"]


def test_routes_of_the_file_are_changed_there(room: Room) -> None:
    with pytest.raises(RouteReadOnly, match=r"vedette\.yaml:7"):
        room.desk.change("fast", body("fast"), version=1)
    with pytest.raises(RouteReadOnly):
        room.desk.remove("fast", version=1)


def test_who_has_not_seen_the_last_version_changes_nothing(room: Room) -> None:
    made = room.desk.create(body())
    changed = room.desk.change("mine", body("renamed"), version=made.version or 0)
    assert changed.version == 2
    with pytest.raises(VersionDiffers):
        room.desk.change("renamed", body("mine"), version=1)
    with pytest.raises(VersionDiffers):
        room.desk.remove("renamed", version=1)
    with pytest.raises(NotFound):
        room.desk.change("mine", body(), version=1)
    room.desk.remove("renamed", version=2)
    with pytest.raises(NotFound):
        room.desk.route("renamed")


def test_a_route_that_the_configuration_overrides_can_still_be_deleted(room: Room) -> None:
    room.desk.create(body("soon"))
    hidden = RouteSettings(model="soon", targets=ROUTE.targets)
    routing = GatewaySettings(version=2, providers=(PROVIDER,), routes=(ROUTE, hidden))
    room.settings = CoreSettings(version=2, routing=routing, route_places=("f:1", "f:2"))
    last = room.desk.routes()[-1]
    assert (last.origin, "that one counts" in (last.problem or "")) == ("managed", True)
    room.desk.remove("soon", version=1)
    assert [one.origin for one in room.desk.routes()] == ["file", "file"]


def test_a_question_sees_both_kinds_of_routes(room: Room) -> None:
    room.desk.create(body())
    assert room.desk.explain(ExplainBody(model="mine")).origin == "managed"
    assert room.desk.explain(ExplainBody(model="fast")).origin == "file"


def test_a_draft_is_tried_before_it_is_kept(room: Room) -> None:
    draft = body("fast", model="other")
    told = room.desk.explain(ExplainBody(model="fast", draft=draft))
    assert (told.targets[0].model, told.origin) == ("other", "managed")
    assert room.desk.explain(ExplainBody(model="fast")).targets[0].model == "m1"
    with pytest.raises(InvalidRoute) as caught:
        room.desk.explain(ExplainBody(model="fast", draft=body(weight="much")))
    assert [field.name for field in caught.value.fields] == ["targets[0].weight"]
    assert not room.file.exists()


def test_targets_of_all_routes_are_known(room: Room) -> None:
    room.desk.create(body())
    room.desk.create(body("also", model="m1"))
    assert room.desk.targets() == {("a", "m1"): ["fast", "also"], ("a", "m2"): ["mine"]}


def test_a_damaged_file_is_said_and_the_rest_goes_on(room: Room) -> None:
    room.file.write_text("nonsense")
    with pytest.raises(StoreError):
        room.desk.routes()
    assert list(room.desk.targets()) == [("a", "m1")]


@pytest.mark.parametrize(
    ("told", "written"),
    [
        (RouteBody, RouteConfig), (TargetBody, TargetConfig), (WhenBody, WhenConfig),
        (TimeoutsBody, TimeoutsConfig),
    ],
)  # fmt: skip
def test_the_api_knows_every_setting_of_a_route(told: type[Struct], written: type[Section]) -> None:
    """What it did not know the editor would drop."""
    assert set(told.__struct_fields__) == set(written.model_fields)


def test_a_route_of_the_snapshot_is_told_as_it_is_written() -> None:
    when = WhenSettings(models=("gpt-*",), capabilities=("tools",), max_input_tokens=9)
    target = TargetSettings(provider="a", weight=2.0, when=when)
    told = route_body(RouteSettings(model="r", targets=(target,), hedge_after_s=1.5, sticky="user"))
    written = WhenBody(model=("gpt-*",), capability=("tools",), max_input_tokens=9)
    assert told == RouteBody(
        model="r", targets=(TargetBody(provider="a", weight=2.0, when=written),),
        hedge_after_s=1.5, sticky="user",
    )  # fmt: skip
