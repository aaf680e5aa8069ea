"""What an issuer says of itself, from a real one."""

from collections.abc import Iterator

import pytest

from tests.support.openid import OpenIdProvider
from vedette.access.signon.discovery import Discovery
from vedette.access.signon.refusals import ProviderAway
from vedette.clock import FakeClock
from vedette.outbound import Reach

LOCAL = Reach(("127.0.0.1",))
DOCUMENT = "/.well-known/openid-configuration"


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    with OpenIdProvider() as made:
        yield made


def test_it_is_asked_once_an_hour(provider: OpenIdProvider) -> None:
    clock = FakeClock()
    one = Discovery(provider.url, LOCAL, clock)
    assert one.metadata() == one.metadata()
    assert provider.asked == [DOCUMENT]
    clock.advance(3_601)
    assert one.metadata().token_endpoint == f"{provider.url}/token"
    assert provider.asked == [DOCUMENT] * 2


def test_a_new_key_is_asked_for_once_a_minute_at_most(provider: OpenIdProvider) -> None:
    clock = FakeClock()
    one = Discovery(provider.url, LOCAL, clock)
    assert [key["kid"] for key in one.keys("k1").keys] == ["k1"]
    provider.keys.append(provider.new_key("k2"))
    for _ in range(5):
        assert len(one.keys("k2").keys) == 1
    clock.advance(61)
    assert [key["kid"] for key in one.keys("k2").keys] == ["k1", "k2"]
    assert provider.asked.count("/keys") == 2
    clock.advance(3_000)
    one.keys("k1")
    one.keys(None)
    assert provider.asked.count("/keys") == 2


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://accounts.example"}, {"token_endpoint": "ftp://127.0.0.1/"},
        {"jwks_uri": 7}, {"authorization_endpoint": "javascript:alert(1)"},
        {"userinfo_endpoint": "file:///etc/passwd"},
        {"end_session_endpoint": "javascript:alert(1)"},
    ],
    ids=["issuer", "token", "type", "script", "file", "end"],
)  # fmt: skip
def test_what_cannot_be_is_refused(provider: OpenIdProvider, said: dict[str, object]) -> None:
    provider.metadata = said
    with pytest.raises(ProviderAway):
        Discovery(provider.url, LOCAL, FakeClock()).metadata()


def test_who_does_not_answer_or_is_in_a_private_place_is_away(provider: OpenIdProvider) -> None:
    with pytest.raises(ProviderAway, match="did not answer"):
        Discovery("http://127.0.0.1:9", LOCAL, FakeClock()).metadata()
    with pytest.raises(ProviderAway, match="private"):
        Discovery(provider.url, Reach(), FakeClock()).metadata()
    with pytest.raises(ProviderAway, match="404"):
        Discovery(f"{provider.url}/tenant", LOCAL, FakeClock()).metadata()
