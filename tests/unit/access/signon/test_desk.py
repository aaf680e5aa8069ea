"""Which providers there are, while the configuration changes."""

import os
from collections.abc import Iterator

import pytest

from tests.support.openid import CLIENT_ID, OpenIdProvider
from vedette.access.desk import AccessDesk
from vedette.access.signon.desk import SignOnDesk
from vedette.access.signon.refusals import SignOnStale
from vedette.clock import FakeClock
from vedette.errors import NotFound
from vedette.model.signon import OidcSettings, SignOnSettings
from vedette.stores.records.sql import SqlRecords


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    with OpenIdProvider() as made:
        yield made


def test_new_settings_count_at_once_and_old_ones_keep_what_is_known(
    provider: OpenIdProvider,
) -> None:
    clock = FakeClock()
    one = OidcSettings(name="local", issuer=provider.url, client_id=CLIENT_ID)
    settings = [SignOnSettings(oidc=(one,))]
    access = AccessDesk(SqlRecords(None, clock), clock)
    desk = SignOnDesk(access, lambda: settings[-1], clock, chance=os.urandom, secret=b"s")
    assert desk.passwords
    assert desk.providers() == (("local", "local"),)
    for _ in range(2):
        url, _ = desk.begin("local", "/", "http://127.0.0.1:1")
        assert url.startswith(f"{provider.url}/authorize?")
    assert len(provider.asked) == 1
    settings.append(SignOnSettings(passwords=False))
    assert not desk.passwords
    with pytest.raises(NotFound):
        desk.begin("local", "/", "http://127.0.0.1:1")


def test_an_end_without_a_beginning_asks_nobody(provider: OpenIdProvider) -> None:
    clock = FakeClock()
    one = OidcSettings(name="local", issuer=provider.url, client_id=CLIENT_ID)
    settings = SignOnSettings(oidc=(one,))
    access = AccessDesk(SqlRecords(None, clock), clock)
    desk = SignOnDesk(access, lambda: settings, clock, chance=os.urandom, secret=b"s")
    with pytest.raises(SignOnStale):
        desk.finish("local", "", {"state": "x", "code": "y"})
    assert provider.asked == []
