"""What a SAML provider is asked, and told of us."""

import os
from urllib.parse import urlsplit

import pytest
from cryptography.x509 import load_pem_x509_certificate
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
from vedette.access.signon.saml.redirects import check_signature, read_query
from vedette.clock import FakeClock
from vedette.model.signon import SamlPresence, SamlSettings

US = "https://v.example.com"
SIGNER = Signer.make()
OURS = Signer.make().as_key()


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


def settings_with(**more: object) -> SamlSettings:
    return SamlSettings(
        name="idp", entity_id=ENTITY_ID, sso_url="https://idp.example.com/sso",
        certificates=(SIGNER.certificate,), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_what_it_says_of_itself_is_sound_whatever_the_address() -> None:
    root = etree.fromstring(metadata(settings_with(), 'https://v.example.com/?a="&b=<').encode())
    assert root.tag == "{urn:oasis:names:tc:SAML:2.0:metadata}EntityDescriptor"
    (role,) = root
    assert role.get("protocolSupportEnumeration") == PROTOCOL[1:-1]
    assert (role.get("AuthnRequestsSigned"), role.get("WantAssertionsSigned")) == ("false", "true")
    (service,) = role
    assert service.get("Binding") == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"


def test_with_a_key_it_says_how_to_encrypt_and_to_log_out() -> None:
    settings = settings_with(keys=(OURS,), slo_url="https://idp.example.com/slo")
    (role,) = etree.fromstring(metadata(settings, US).encode())
    assert role.get("AuthnRequestsSigned") == "true"
    assert [one.get("use") for one in role.findall("{*}KeyDescriptor")] == ["signing", "encryption"]
    body = "".join(OURS.certificate.splitlines()[1:-1])
    assert {one.text for one in role.iter("{*}X509Certificate")} == {body}
    ends = [one.get("Location") for one in role.findall("{*}SingleLogoutService")]
    assert ends == [f"{US}/sso/idp/slo"] * 2
    alone = etree.fromstring(metadata(settings_with(keys=(OURS,)), US).encode())
    assert alone.find(".//{*}SingleLogoutService") is None


def test_what_it_asks_is_signed_with_its_key() -> None:
    clock = FakeClock()
    client = SamlClient(settings_with(keys=(OURS,)), clock)
    flow = Flows(clock, os.urandom, secret=b"s").begin("idp", "/", acs_url("idp", US))
    provider = SamlProvider(SIGNER, now=lambda: clock.now_ns() / 1e9)
    url = client.begin(flow, US)
    assert provider.asked(url).issuer == entity_id("idp", US)
    check_signature(
        read_query(urlsplit(url).query), (load_pem_x509_certificate(OURS.certificate.encode()),)
    )


def test_who_leaves_is_led_there_only_where_it_can_be_signed() -> None:
    presence = SamlPresence(subject="a<b", form="f", session="s&1")
    slo = "https://idp.example.com/slo"
    for more in ({}, {"slo_url": slo}, {"keys": (OURS,)},
                 {"keys": (OURS,), "slo_url": slo, "end_session": False}):  # fmt: skip
        assert not SamlClient(settings_with(**more), FakeClock()).leave(presence, "_1", US)
    client = SamlClient(settings_with(keys=(OURS,), slo_url=slo), FakeClock())
    sent = read_query(urlsplit(client.leave(presence, "_1", US)).query)
    check_signature(sent, (load_pem_x509_certificate(OURS.certificate.encode()),))
    root = etree.fromstring(sent.message)
    assert root.tag == f"{PROTOCOL}LogoutRequest"
    assert (root.findtext("{*}NameID"), root.findtext("{*}SessionIndex")) == ("a<b", "s&1")
    assert root.get("Destination") == slo
