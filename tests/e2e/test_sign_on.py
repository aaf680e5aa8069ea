"""Logging in through a provider, in a running Vedette."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.support.openid import CLIENT_ID, CLIENT_SECRET, OpenIdProvider
from tests.support.served import COMMAND, WAIT_S, Served, environment, serving, until

pytestmark = pytest.mark.slow


def configured(provider: OpenIdProvider, **access: Any) -> dict[str, Any]:
    oidc = {
        "name": "local", "issuer": provider.url, "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET, "allowed_domains": ["example.com"],
    }  # fmt: skip
    return {"access": {"oidc": [oidc | access.pop("oidc", {})]} | access}


def sign_on(browser: httpx2.Client) -> str:
    """Where it ends."""
    begun = browser.get("/sso/local?next=/traces")
    if begun.headers["location"].startswith("/"):
        # Too many attempts failed: one comes through every six seconds.
        return begun.headers["location"]
    there = httpx2.get(begun.headers["location"], timeout=WAIT_S)
    back = urlsplit(there.headers["location"])
    assert back.netloc == browser.base_url.netloc.decode()
    return browser.get(f"{back.path}?{back.query}").headers["location"]


@contextmanager
def going(provider: OpenIdProvider, folder: Path) -> Iterator[tuple[Served, httpx2.Client]]:
    """A Vedette that knows the provider, and a browser."""
    with (
        serving(folder, config=configured(provider)) as served,
        httpx2.Client(base_url=served.console, timeout=WAIT_S) as browser,
    ):
        yield served, browser


def make_first_user(served: Served, email: str) -> None:
    body = {"email": email, "is_root": True}
    made = httpx2.post(f"{served.console}/api/v1/users", json=body, timeout=WAIT_S)
    assert made.status_code == 201, made.text


def test_a_user_logs_in_through_a_provider_and_stays_after_kills(tmp_path: Path) -> None:
    with OpenIdProvider() as provider, going(provider, tmp_path) as (served, browser):
        make_first_user(served, "ann@example.com")
        assert sign_on(browser) == "/traces"
        assert browser.get("/api/v1/me").json()["email"] == "ann@example.com"
        served.kill_child("core")
        me = until(
            lambda: _answered(browser, "/api/v1/me"), WAIT_S, lambda: f"gone:\n{served.output}"
        )
        assert me["email"] == "ann@example.com"
        assert CLIENT_SECRET not in served.output


def test_a_changed_configuration_counts_at_once(tmp_path: Path) -> None:
    with OpenIdProvider() as provider, going(provider, tmp_path) as (served, browser):
        make_first_user(served, "root@example.com")
        assert sign_on(browser) == "/login?problem=signon_unknown"
        served.write_config(configured(provider, passwords=False, oidc={"create_users": True}))
        until(
            lambda: sign_on(browser) == "/traces" or None, WAIT_S,
            lambda: f"still unknown:\n{served.output}",
        )  # fmt: skip
        login = {"email": "root@example.com", "password": "x" * 12}
        answer = httpx2.post(f"{served.console}/api/v1/session", json=login, timeout=WAIT_S)
        assert answer.json()["code"] == "forbidden"


def test_who_logs_out_is_led_to_the_provider_and_back(tmp_path: Path) -> None:
    with OpenIdProvider() as provider, going(provider, tmp_path) as (served, browser):
        provider.metadata = {"end_session_endpoint": f"{provider.url}/logout"}
        make_first_user(served, "ann@example.com")
        assert sign_on(browser) == "/traces"
        url = browser.delete("/api/v1/session").json()["logout_url"]
        back = httpx2.get(url, timeout=WAIT_S).headers["location"]
        assert back == f"{served.console}/login"
        (asked,) = provider.logged_out
        assert asked["client_id"] == CLIENT_ID
        assert browser.get("/api/v1/me").status_code == 401
        assert asked["id_token_hint"] not in served.output


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "vedette.yaml").write_text(
        "access:\n  oidc:\n  - {name: a, issuer: 'https://a.example', client_id: x, "
        "client_secret: hush-hush}\n"
    )
    shown = subprocess.run(
        [*COMMAND, "config", "show"], cwd=tmp_path, env=environment(), capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert "client_secret" in shown.stdout
    assert "hush-hush" not in shown.stdout + shown.stderr


def _answered(browser: httpx2.Client, path: str) -> Any:
    try:
        answer = browser.get(path)
    except httpx2.TransportError:
        return None
    return answer.json() if answer.status_code == 200 else None
