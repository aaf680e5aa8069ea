"""Routes over HTTP, on the desk of the core."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import Console, run_console
from vedette.api.provider_shapes import TargetStatus
from vedette.app.desk import Routes
from vedette.app.managed import ManagedRoutes
from vedette.app.reports import Reported
from vedette.clock import FakeClock
from vedette.gateway.health import HealthBook
from vedette.model.settings import (
    CoreSettings,
    GatewaySettings,
    ProviderSettings,
    RouteSettings,
    TargetSettings,
)

ROUTES = "/api/v1/routes"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console with a provider `a` and a route `fast` in its configuration."""
    clock = FakeClock()
    provider = ProviderSettings(name="a", kind="openai", base_url="https://a.example/v1")
    route = RouteSettings(model="fast", targets=(TargetSettings(provider="a", model="m1"),))
    settings = CoreSettings(
        version=1, route_places=("vedette.yaml:7",),
        routing=GatewaySettings(version=1, providers=(provider,), routes=(route,)),
    )  # fmt: skip
    desk = Routes(
        ManagedRoutes(tmp_path / "routes.json", clock), settings=lambda: settings,
        book=HealthBook, reported=Reported, clock=clock,
        status=lambda name: TargetStatus(provider=name[0], model=name[1], state="closed"),
    )  # fmt: skip
    with run_console(routes=desk) as running:
        yield running


def body(name: str = "team/best", **changes: Any) -> dict[str, Any]:
    return {"model": name, "targets": [{"provider": "a", "model": "m2"}], **changes}


def test_a_route_is_made_shown_changed_and_deleted(console: Console) -> None:
    made = console.client.post(ROUTES, json=body())
    assert made.status_code == 201, made.text
    place = made.headers["location"]
    assert place == "/api/v1/routes/team%2Fbest"
    shown = console.client.get(place)
    assert (shown.json(), made.headers["etag"]) == (made.json(), '"1"')
    assert shown.headers["etag"].startswith('"1-')
    changed = console.client.put(place, json=body(retries=5), headers={"if-match": '"1"'})
    assert changed.json()["route"]["retries"] == 5
    assert changed.headers["etag"] == '"2"'
    gone = console.client.delete(place, headers={"if-match": '"2"'})
    assert gone.status_code == 204
    assert console.problem(place, 404)["code"] == "not_found"


def test_routes_of_the_configuration_are_listed_first(console: Console) -> None:
    console.client.post(ROUTES, json=body())
    first, second = console.get(ROUTES)["items"]
    assert (first["origin"], first["place"], first["version"]) == ("file", "vedette.yaml:7", None)
    assert (second["origin"], second["route"]["model"]) == ("managed", "team/best")
    assert first["health"][0]["state"] == "closed"
    assert "-" not in console.client.get(f"{ROUTES}/fast").headers["etag"]


def test_a_bad_route_names_its_fields(console: Console) -> None:
    answer = console.client.post(ROUTES, json=body("no spaces", strategy="magic"))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "invalid_route")
    assert [error["name"] for error in problem["errors"]] == ["model", "strategy"]
    assert problem["errors"][1]["value"] == "'magic'"
    assert problem["errors"][1]["expected"].startswith("'fallback', 'weighted'")


@pytest.mark.parametrize("hostile", [[], "x", {}, {"model": 1}, {"targets": {}}, body(targets=[1])])
def test_no_body_does_more_than_be_refused(console: Console, hostile: object) -> None:
    assert console.client.post(ROUTES, json=hostile).status_code == 400
    assert len(console.get(ROUTES)["items"]) == 1


def test_what_stands_in_the_file_is_read_only(console: Console) -> None:
    match = {"if-match": '"1"'}
    for answer in (
        console.client.put(f"{ROUTES}/fast", json=body("fast"), headers=match),
        console.client.delete(f"{ROUTES}/fast", headers=match),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "route_read_only")
    taken = console.client.post(ROUTES, json=body("fast"))
    assert (taken.status_code, taken.json()["code"]) == (409, "route_exists")
    assert taken.json()["errors"][0]["name"] == "model"


def test_a_change_needs_the_version_that_was_seen(console: Console) -> None:
    console.client.post(ROUTES, json=body())
    place = f"{ROUTES}/team%2Fbest"
    assert console.client.put(place, json=body()).status_code == 428
    late = console.client.delete(place, headers={"if-match": '"7"'})
    assert (late.status_code, late.json()["code"]) == (412, "version_differs")


def test_a_question_is_answered_and_nothing_is_kept(console: Console) -> None:
    answer = console.client.post(f"{ROUTES}/explain", json={"model": "fast", "stream": True})
    told = answer.json()
    assert answer.status_code == 200
    assert [step["rule"] for step in told["resolution"]] == ["route"]
    assert (told["targets"][0]["provider"], told["targets"][0]["position"]) == ("a", 1)
    assert len(console.get(ROUTES)["items"]) == 1


@pytest.mark.parametrize("question", [{}, {"model": ""}, {"model": "m", "client": "x"}, {"x": 1}])
def test_a_bad_question_is_refused(console: Console, question: dict[str, str]) -> None:
    answer = console.client.post(f"{ROUTES}/explain", json=question)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_body")


def test_a_console_without_a_gateway_says_so() -> None:
    with run_console() as alone:
        assert alone.problem(ROUTES, 503)["code"] == "routes_unavailable"
