"""Where users are logged in, over HTTP."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.support.people import PASSWORD, Company, company
from vedette.api.sessions import COOKIE

MINE = "/api/v1/me/sessions"
LOGIN = {"email": "root@example.com", "password": PASSWORD}


@pytest.fixture
def firm() -> Iterator[Company]:
    with company() as firm:
        yield firm


def log_in(firm: Company, agent: str) -> httpx2.Client:
    client = firm.nobody()
    client.headers["user-agent"] = agent
    firm.console.parts.clock.advance(1)
    assert client.post("/api/v1/session", json=LOGIN).status_code == 200
    return client


def test_sessions_are_listed_with_the_one_that_asks(firm: Company) -> None:
    log_in(firm, "Telephone")
    desk = log_in(firm, "Desk")
    items = desk.get(MINE).json()["items"]
    assert [(one["agent"], one["current"]) for one in items] == [
        ("Desk", True), ("Telephone", False),
    ]  # fmt: skip
    assert items[0]["address"] == "127.0.0.1"
    assert firm.user("viewer").get(MINE).json()["items"] == []


def test_an_ended_session_is_over_at_once(firm: Company) -> None:
    lost, desk = log_in(firm, "Lost"), log_in(firm, "Desk")
    id = next(one["id"] for one in desk.get(MINE).json()["items"] if one["agent"] == "Lost")
    assert firm.user("owner").delete(f"{MINE}/{id}").status_code == 404
    assert desk.delete(f"{MINE}/{id}").status_code == 204
    assert lost.get("/api/v1/me").status_code == 401
    assert desk.get("/api/v1/me").status_code == 200
    assert desk.delete(f"{MINE}/{id}").status_code == 404


def test_all_others_can_be_ended_together(firm: Company) -> None:
    others = [log_in(firm, "a"), log_in(firm, "b")]
    desk = log_in(firm, "Desk")
    assert desk.delete(MINE).status_code == 204
    assert [one.get("/api/v1/me").status_code for one in others] == [401, 401]
    assert [one["agent"] for one in desk.get(MINE).json()["items"]] == ["Desk"]


def test_whoever_logs_out_leaves_no_cookie_that_would_still_do(firm: Company) -> None:
    desk = log_in(firm, "Desk")
    cookie = desk.cookies[COOKIE]
    assert desk.delete("/api/v1/session").status_code == 204
    thief = firm.nobody()
    thief.cookies.set(COOKIE, cookie)
    assert thief.get("/api/v1/me").status_code == 401


def test_a_personal_token_ends_no_session(firm: Company) -> None:
    desk = log_in(firm, "Desk")
    program = firm.program(desk.post("/api/v1/me/tokens", json={"name": "ci"}).json()["text"])
    assert program.delete(MINE).status_code == 403
    assert len(program.get(MINE).json()["items"]) == 1
