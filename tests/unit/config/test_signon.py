"""Providers of log-ins, as they are written."""

from typing import Any

import pytest
from pydantic import ValidationError

from vedette.config.signon import OidcConfig, provider_url

LEAST = {"name": "google", "issuer": "https://accounts.google.com", "client_id": "x"}


def test_the_least_lets_in_who_is_known() -> None:
    one = OidcConfig.model_validate(LEAST)
    assert one.client_secret is None
    assert one.scopes == ("openid", "email", "profile")
    assert not one.create_users
    assert (one.organization, one.role, one.allowed_domains) == ("default", "viewer", ())


def test_domains_are_small_and_may_be_text() -> None:
    one = OidcConfig.model_validate(LEAST | {"allowed_domains": "Example.com, @b.example.org"})
    assert one.allowed_domains == ("example.com", "b.example.org")


def test_no_role_is_none() -> None:
    for value in (None, "", "none"):
        assert OidcConfig.model_validate(LEAST | {"role": value}).role is None


def test_issuers_stay_as_they_are() -> None:
    for url in (
        "https://a.auth0.com/",
        "https://idp.example.com/realms/x",
        "http://127.0.0.1:80/a",
    ):
        assert provider_url(url) == url


@pytest.mark.parametrize(
    "change",
    [
        {"name": "A"}, {"name": "a/b"}, {"name": "-a"}, {"issuer": "http://idp.example.com"},
        {"issuer": "https://a?b"}, {"issuer": "https://u:p@a"}, {"issuer": "ftp://a"},
        {"issuer": "https://a/#b"}, {"client_id": ""}, {"allowed_domains": ["*.com"]},
        {"allowed_domains": ["localhost"]}, {"role": "root"}, {"roles": {"a": "custom"}},
        {"groups": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_nonsense_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OidcConfig.model_validate(LEAST | change)
