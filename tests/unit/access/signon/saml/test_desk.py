"""From the answer to the browser that asked."""

import os
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from tests.support.saml import ENTITY_ID, SSO_URL, SamlProvider, Signer
from vedette.access.signon.flows import Flows
from vedette.access.signon.refusals import SignOnRefused, SignOnStale
from vedette.access.signon.saml.desk import SamlDesk
from vedette.clock import FakeClock
from vedette.model.signon import SamlSettings

US = "https://v.example.com"
SIGNER = Signer.make()
SETTINGS = SamlSettings(
    name="idp", entity_id=ENTITY_ID, sso_url=SSO_URL, certificates=(SIGNER.certificate,)
)


class Here(NamedTuple):
    clock: FakeClock
    flows: Flows
    desk: SamlDesk
    provider: SamlProvider

    def begin(self) -> tuple[str, str]:
        """What the provider answers, and what the browser carries."""
        url, flow = self.desk.begin(SETTINGS, "/traces", US)
        return self.provider.answer(self.provider.asked(url)), self.flows.sealed(flow)


@pytest.fixture
def here() -> Here:
    clock = FakeClock()
    flows = Flows(clock, os.urandom, secret=b"s")
    provider = SamlProvider(SIGNER, now=lambda: clock.now_ns() / 1e9)
    return Here(clock, flows, SamlDesk(flows, clock, os.urandom), provider)


def test_who_asked_is_told(here: Here) -> None:
    answer, carried = here.begin()
    ticket = here.desk.take(SETTINGS, answer, US)
    found, flow = here.desk.finish(SETTINGS, carried, {"ticket": ticket})
    assert (found.subject, flow.next) == ("ann-1", "/traces")


def test_nobody_else_is_told_and_the_answer_is_gone_then(here: Here) -> None:
    answer, carried = here.begin()
    _, other = here.begin()
    ticket = here.desk.take(SETTINGS, answer, US)
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, other, {"ticket": ticket})
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, carried, {"ticket": ticket})
    with pytest.raises(SignOnRefused, match="used before"):
        here.desk.take(SETTINGS, answer, US)


def test_without_a_ticket_nobody_comes_in(here: Here) -> None:
    _, carried = here.begin()
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, carried, {})


def test_an_answer_stays_with_its_provider_and_its_address(here: Here) -> None:
    answer, carried = here.begin()
    ticket = here.desk.take(SETTINGS, answer, US)
    other = replace(SETTINGS, entity_id="https://other.example.com")
    with pytest.raises(SignOnStale):
        here.desk.finish(other, carried, {"ticket": ticket})
    answer, _ = here.begin()
    with pytest.raises(SignOnRefused, match="another address"):
        here.desk.take(SETTINGS, answer, "https://other.example.com")
    with pytest.raises(SignOnRefused, match="another address"):
        here.desk.take(replace(SETTINGS, name="second"), answer, US)


def test_a_flow_of_openid_connect_ends_no_saml(here: Here) -> None:
    url, flow = here.desk.begin(SETTINGS, "/", US)
    answer = here.provider.answer(here.provider.asked(url))
    carried = here.flows.sealed(replace(flow, redirect_uri=f"{US}/sso/idp/callback"))
    ticket = here.desk.take(SETTINGS, answer, US)
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, carried, {"ticket": ticket})
