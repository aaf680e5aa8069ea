"""Logging out at the provider, too."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.support.openid import CLIENT_ID
from tests.support.people import PASSWORD
from tests.support.signing_on import Ended, Signing, signing
from vedette.api.sessions import COOKIE
from vedette.api.signoff import ENDING_COOKIE


@pytest.fixture(scope="module")
def shared() -> Iterator[Signing]:
    with signing() as made:
        made.firm.desk.people.create("ann@example.com")
        yield made


@pytest.fixture
def here(shared: Signing) -> Iterator[Signing]:
    """The provider says where it logs out."""
    settings = shared.settings
    shared.provider.metadata = {"end_session_endpoint": f"{shared.provider.url}/logout"}
    yield shared
    shared.settings = settings
    shared.firm.console.parts.clock.advance(7_200)


def carried(ended: Ended) -> str:
    """The cookie as it was set."""
    (found,) = [
        one for one in ended.answer.headers.get_list("set-cookie") if one.startswith(ENDING_COOKIE)
    ]
    return found


def test_who_came_through_a_provider_is_led_back_there(here: Signing) -> None:
    ended = here.sign_on()
    assert "HttpOnly" in carried(ended)
    assert "SameSite=strict" in carried(ended)
    assert "Path=/api/v1/session" in carried(ended)
    answer = ended.browser.delete("/api/v1/session")
    assert answer.status_code == 200
    url = answer.json()["logout_url"]
    assert url.startswith(f"{here.provider.url}/logout?")
    asked = dict(parse_qsl(urlsplit(url).query))
    assert asked["client_id"] == CLIENT_ID
    assert asked["post_logout_redirect_uri"] == f"{here.firm.console.url}/login"
    assert asked["id_token_hint"].count(".") == 2
    # Here it is over, whatever becomes of it there.
    assert ended.browser.get("/api/v1/me").status_code == 401
    assert ENDING_COOKIE not in ended.browser.cookies
    assert COOKIE not in ended.browser.cookies


def test_a_session_is_over_at_once_though_the_provider_is_away(here: Signing) -> None:
    ended = here.sign_on()
    here.set(issuer="http://127.0.0.1:9")
    answer = ended.browser.delete("/api/v1/session")
    assert answer.status_code == 204
    assert ended.browser.get("/api/v1/me").status_code == 401


def test_a_provider_that_is_configured_no_more_is_not_told(here: Signing) -> None:
    ended = here.sign_on()
    here.set(name="another")
    assert ended.browser.delete("/api/v1/session").status_code == 204


def test_it_can_be_switched_off(here: Signing) -> None:
    here.set(end_session=False)
    assert here.sign_on().browser.delete("/api/v1/session").status_code == 204


def test_a_provider_that_does_not_say_where_is_left_alone(here: Signing) -> None:
    here.provider.metadata = {}
    here.firm.console.parts.clock.advance(7_200)
    assert here.sign_on().browser.delete("/api/v1/session").status_code == 204


def test_who_came_by_password_is_led_nowhere(here: Signing) -> None:
    """Even in a browser in which somebody came through a provider before."""
    browser = here.sign_on().browser
    login = {"email": "root@example.com", "password": PASSWORD}
    assert browser.post("/api/v1/session", json=login).status_code == 200
    assert browser.delete("/api/v1/session").status_code == 204


@pytest.mark.parametrize("text", ["", "x", "A" * 900])
def test_a_cookie_that_is_not_ours_leads_nowhere(here: Signing, text: str) -> None:
    browser = here.sign_on().browser
    browser.cookies.delete(ENDING_COOKIE)
    browser.cookies.set(ENDING_COOKIE, text, path="/api/v1/session")
    assert browser.delete("/api/v1/session").status_code == 204


def test_without_a_session_nobody_is_led_anywhere(here: Signing) -> None:
    browser = here.sign_on().browser
    browser.cookies.delete(COOKIE)
    assert browser.delete("/api/v1/session").status_code == 204
