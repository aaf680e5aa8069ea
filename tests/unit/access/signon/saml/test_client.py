"""What a SAML provider is asked, and told of us."""

import os

import pytest
from lxml import etree

from tests.support.saml import ENTITY_ID, PROTOCOL, SamlProvider, Signer
from vedette.access.signon.flows import Flows
from vedette.access.signon.saml.client import (
    SamlClient,
    acs_url,
    assertion_of,
    entity_id,
    metadata,
    request_id,
    state_of,
)
from vedette.clock import FakeClock
from vedette.model.signon import SamlSettings

US = "https://v.example.com"
SIGNER = Signer.make()


@pytest.mark.parametrize(
    "url", ["https://idp.example.com/sso", "https://idp.example.com/s?a=1&b=2"]
)
def test_it_asks_in_the_address_and_reads_the_answer(url: str) -> None:
    clock = FakeClock()
    provider = SamlProvider(SIGNER, now=lambda: clock.now_ns() / 1e9)
    settings = SamlSettings(
        name="idp", entity_id=ENTITY_ID, sso_url=url, certificates=(SIGNER.certificate,)
    )
    client = SamlClient(settings, clock)
    flow = Flows(clock, os.urandom, secret=b"s").begin("idp", "/", acs_url("idp", US))
    there = client.begin(flow, US)
    assert there.startswith(url)
    asked = provider.asked(there)
    assert asked == (request_id(flow), acs_url("idp", US), entity_id("idp", US))
    answer = client.read(provider.answer(asked), US)
    assert (answer.provider, answer.issuer) == ("idp", ENTITY_ID)
    assert answer.recipient == f"{US}/sso/idp/acs"
    assert state_of(answer.said.in_response_to) == flow.state
    found = assertion_of(answer)
    assert (found.issuer, found.subject) == (f"saml:{ENTITY_ID}", "ann-1")
    assert (found.email, found.is_verified) == ("ann@example.com", True)


def test_ids_of_others_have_no_state() -> None:
    assert [state_of(id) for id in ("", "x", "_", "x_y")] == [""] * 4


def test_what_it_says_of_itself_is_sound_whatever_the_address() -> None:
    root = etree.fromstring(metadata("idp", 'https://v.example.com/?a="&b=<').encode())
    assert root.tag == "{urn:oasis:names:tc:SAML:2.0:metadata}EntityDescriptor"
    (role,) = root
    assert role.get("protocolSupportEnumeration") == PROTOCOL[1:-1]
    assert (role.get("AuthnRequestsSigned"), role.get("WantAssertionsSigned")) == ("false", "true")
    (service,) = role
    assert service.get("Binding") == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
