"""The client of a provider; whole log-ins are in `api/test_signon`."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest

from tests.support.openid import CLIENT_ID, CLIENT_SECRET, OpenIdProvider
from vedette.access.signon.flows import Flow, Flows
from vedette.access.signon.oidc import OidcClient, text_of
from vedette.access.signon.refusals import SignOnRefused
from vedette.clock import FakeClock
from vedette.model.signon import OidcSettings

BACK = "http://127.0.0.1/sso/local/callback"


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    clock = FakeClock()
    with OpenIdProvider(now=lambda: clock.now_ns() / 1e9) as made:
        yield made


def client(provider: OpenIdProvider, **changes: Any) -> OidcClient:
    settings = OidcSettings(**{
        "name": "local", "issuer": provider.url, "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    } | changes)  # fmt: skip
    return OidcClient(settings, FakeClock())


def flow() -> Flow:
    return Flows(FakeClock(), os.urandom, secret=b"s").begin("local", "/", BACK)


def test_the_browser_is_sent_with_all_that_ties_the_ends_together(provider: OpenIdProvider) -> None:
    provider.metadata = {"authorization_endpoint": f"{provider.url}/authorize?tenant=1"}
    begun = flow()
    asked = parse_qs(urlsplit(client(provider).begin(begun)).query)
    assert asked == {
        "tenant": ["1"], "response_type": ["code"], "client_id": [CLIENT_ID],
        "redirect_uri": [BACK], "scope": ["openid email profile"], "state": [begun.state],
        "nonce": [begun.nonce], "code_challenge": [begun.challenge],
        "code_challenge_method": ["S256"],
    }  # fmt: skip


def _answer(provider: OpenIdProvider, one: OidcClient, begun: Flow) -> dict[str, str]:
    there = httpx2.get(one.begin(begun))
    return dict(parse_qsl(urlsplit(there.headers["location"]).query))


def test_a_code_is_worth_who_logged_in(provider: OpenIdProvider) -> None:
    provider.user["groups"] = ["a", "b"]
    one, begun = client(provider), flow()
    found = one.finish(begun, _answer(provider, one, begun))
    assert (found.issuer, found.subject, found.email) == (provider.url, "ann-1", "ann@example.com")
    assert found.is_verified
    assert found.groups == ("a", "b")


def test_a_code_of_another_log_in_is_worth_nothing(provider: OpenIdProvider) -> None:
    # Whoever steals a code has not the verifier of its challenge.
    one, begun = client(provider), flow()
    with pytest.raises(SignOnRefused, match="invalid_grant"):
        one.finish(flow(), _answer(provider, one, begun))


def test_a_wrong_secret_is_told_by_its_code_alone(provider: OpenIdProvider) -> None:
    one, begun = client(provider, client_secret="wrong"), flow()
    with pytest.raises(SignOnRefused, match="invalid_client") as refused:
        one.finish(begun, _answer(provider, one, begun))
    assert "wrong" not in str(refused.value)


def test_an_answer_of_another_issuer_is_refused(provider: OpenIdProvider) -> None:
    one, begun = client(provider), flow()
    answer = _answer(provider, one, begun) | {"iss": "https://evil.example"}
    with pytest.raises(SignOnRefused, match="Another provider"):
        one.finish(begun, answer)


def test_names_are_one_line_of_text() -> None:
    assert text_of({"name": "Ann"}, "name") == "Ann"
    for value in ("a\nb", 7, None, ["x"]):
        assert text_of({"name": value}, "name") == ""


def test_who_logs_out_is_led_to_where_the_provider_says(provider: OpenIdProvider) -> None:
    provider.metadata = {"end_session_endpoint": f"{provider.url}/logout?tenant=1"}
    url = client(provider).end("a.b.c", "http://127.0.0.1/login")
    assert url.startswith(f"{provider.url}/logout?")
    assert dict(parse_qsl(urlsplit(url).query)) == {
        "tenant": "1", "client_id": CLIENT_ID, "id_token_hint": "a.b.c",
        "post_logout_redirect_uri": "http://127.0.0.1/login",
    }  # fmt: skip
    assert "id_token_hint" not in client(provider).end("", "http://127.0.0.1/login")


def test_nobody_is_led_to_a_provider_that_says_nothing(provider: OpenIdProvider) -> None:
    for said in ({}, {"end_session_endpoint": None}, {"end_session_endpoint": ""}):
        provider.metadata = said
        assert not client(provider).end("a.b.c", "http://127.0.0.1/login")
    provider.metadata = {"end_session_endpoint": f"{provider.url}/logout"}
    assert not client(provider, end_session=False).end("a.b.c", "http://127.0.0.1/login")
