"""Logging in and out over HTTP."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.console import Console, run_console
from vedette.api.sessions import COOKIE

TOKEN = "correct horse"


@pytest.fixture
def locked() -> Iterator[Console]:
    with run_console(token_sha256=hashlib.sha256(TOKEN.encode()).hexdigest()) as console:
        yield console


def test_without_the_token_only_life_and_login_are_open(locked: Console) -> None:
    for path in ("/api/v1/traces", "/api/v1/info", "/metrics", "/api/v1/live"):
        assert locked.problem(path, 401)["code"] == "token_required"
    assert locked.client.get("/api/v1/traces").headers["www-authenticate"].startswith("Bearer")
    assert locked.get("/health/live")["status"] == "ok"
    assert locked.get("/api/v1/session")["authenticated"] is False
    assert locked.client.get("/").status_code == 200


def test_readiness_without_the_token_tells_no_details(locked: Console) -> None:
    assert locked.get("/health/ready") == {"status": "ok", "subsystems": []}
    header = {"authorization": f"Bearer {TOKEN}"}
    assert locked.client.get("/health/ready", headers=header).json()["subsystems"]


def test_a_bearer_token_opens_the_api(locked: Console) -> None:
    answer = locked.client.get("/api/v1/traces", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


def test_login_sets_a_strict_cookie_that_opens_the_api(locked: Console) -> None:
    answer = locked.client.post("/api/v1/session", json={"token": TOKEN})
    assert answer.status_code == 200
    assert answer.json()["expires_time"] == "2023-11-15T10:13:20.000000Z"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert locked.get("/api/v1/traces")["items"] == []
    assert locked.get("/api/v1/session")["authenticated"] is True


def test_logout_forgets_the_cookie(locked: Console) -> None:
    locked.client.post("/api/v1/session", json={"token": TOKEN})
    assert locked.client.delete("/api/v1/session").status_code == 204
    assert COOKIE not in locked.client.cookies
    locked.problem("/api/v1/traces", 401)


def test_guessing_is_slowed_down(locked: Console) -> None:
    for _ in range(10):
        answer = locked.client.post("/api/v1/session", json={"token": "guess"})
        assert answer.status_code == 401
    answer = locked.client.post("/api/v1/session", json={"token": TOKEN})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["code"] == "too_many_attempts"


def test_without_a_configured_token_everybody_is_in(console: Console) -> None:
    state: dict[str, Any] = {
        "token_required": False, "users": False, "user": None, "authenticated": True,
        "expires_time": None, "mail": False, "passwords": True,
        "providers": [],
    }  # fmt: skip
    assert console.get("/api/v1/session") == state
    assert console.client.post("/api/v1/session", json={"token": "x"}).json() == state
