"""Assertions that are encrypted for the console."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from lxml import etree

from tests.support.saml import ENTITY_ID, SAML, SSO_URL, Asked, SamlProvider, Signer
from tests.support.saml_sealing import (
    CBC_METHOD,
    GCM,
    OAEP,
    OAEP11,
    PKCS1,
    XENC,
    XENC11,
    flipped,
    hidden,
    sealed,
)
from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.responses import read_response
from vedette.access.signon.saml.said import Said
from vedette.access.signon.saml.sealed import open_sealed
from vedette.model.signon import SamlSettings

NOW = 1_700_000_000.0
ACS, US = "https://v.example.com/sso/idp/acs", "https://v.example.com/sso/idp/metadata"
SIGNER, OURS, NEXT, STRANGER = (Signer.make() for _ in range(4))
BOTH = ("assertion", "response")


@pytest.fixture
def provider() -> SamlProvider:
    made = SamlProvider(SIGNER, now=lambda: NOW)
    made.seal = lambda one: sealed(one, OURS.certificate)
    return made


def read(provider: SamlProvider, *keys: Signer) -> Said:
    settings = SamlSettings(
        name="idp", entity_id=ENTITY_ID, sso_url=SSO_URL, certificates=(SIGNER.certificate,),
        keys=tuple(one.as_key() for one in keys or (OURS,)),
    )  # fmt: skip
    text = provider.answer(Asked("_asked", ACS, US))
    return read_response(text, settings, audience=US, recipient=ACS, now_s=NOW)


def refused(provider: SamlProvider, words: str, *keys: Signer) -> None:
    with pytest.raises(SignOnRefused, match=words):
        read(provider, *keys)


@pytest.mark.parametrize("signs", [("assertion",), ("response",), BOTH], ids="+".join)
@pytest.mark.parametrize("bits", ["128", "192", "256"])
@pytest.mark.parametrize("transport", [OAEP, OAEP11], ids=["oaep", "oaep-sha256"])
def test_what_is_encrypted_with_gcm_is_read(
    provider: SamlProvider, signs: tuple[str, ...], bits: str, transport: str
) -> None:
    method = f"{XENC11}aes{bits}-gcm"
    provider.signs = signs
    provider.seal = lambda one: sealed(one, OURS.certificate, method=method, transport=transport)
    said = read(provider)
    assert (said.person.subject, said.person.email) == ("ann-1", "ann@example.com")
    assert said.presence.session == "_s1"


@pytest.mark.parametrize("signs", [("response",), BOTH], ids="+".join)
def test_cbc_is_opened_where_the_response_is_signed(
    provider: SamlProvider, signs: tuple[str, ...]
) -> None:
    provider.signs = signs
    provider.seal = lambda one: sealed(one, OURS.certificate, method=CBC_METHOD, beside=True)
    assert read(provider).person.subject == "ann-1"


def test_cbc_is_not_opened_for_whoever_sends_it(provider: SamlProvider) -> None:
    provider.seal = lambda one: sealed(one, OURS.certificate, method=CBC_METHOD)
    refused(provider, "sign the response, too")


def test_a_signature_around_it_is_asked_before_it_is_opened(provider: SamlProvider) -> None:
    provider.signs = BOTH
    provider.seal = lambda one: sealed(one, OURS.certificate, method=CBC_METHOD)
    for at in (0, 20, -1):
        provider.spoil = partial(flipped, at=at)
        refused(provider, "signature is not believed")


@pytest.mark.parametrize("at", [0, 13, -1], ids=["nonce", "content", "tag"])
def test_gcm_that_was_changed_is_refused(provider: SamlProvider, at: int) -> None:
    provider.spoil = lambda root: flipped(root, at)
    refused(provider, "cannot be opened")


def test_encryption_is_no_signature(provider: SamlProvider) -> None:
    """Everybody knows the key that encrypts."""
    provider.signs = ()
    refused(provider, "Nothing is signed")


@pytest.mark.parametrize("signs", [("assertion",), BOTH], ids="+".join)
def test_a_signature_inside_has_to_hold(provider: SamlProvider, signs: tuple[str, ...]) -> None:
    provider.signs = signs

    def changed(one: Any) -> Any:
        one.find(f".//{SAML}NameID").text = "root"
        return sealed(one, OURS.certificate)

    provider.seal = changed
    refused(provider, "signature is not believed")


def test_a_signature_of_somebody_else_inside_is_refused(provider: SamlProvider) -> None:
    provider.signer = STRANGER
    refused(provider, "signature is not believed")


def test_while_keys_change_both_open(provider: SamlProvider) -> None:
    assert read(provider, NEXT, OURS).person.subject == "ann-1"
    refused(provider, "cannot be opened", NEXT)


def test_it_may_be_encrypted_for_others_as_well(provider: SamlProvider) -> None:
    provider.seal = lambda one: sealed(one, OURS.certificate, others=(STRANGER.certificate,))
    assert read(provider).person.subject == "ann-1"
    strangers = (STRANGER.certificate,) * 4
    provider.seal = lambda one: sealed(one, OURS.certificate, others=strangers)
    refused(provider, "for 5 keys")


def test_without_a_key_it_is_said_what_is_missing(provider: SamlProvider) -> None:
    whole = sealed(b"<x/>", OURS.certificate)
    with pytest.raises(SignOnRefused, match="no key is configured"):
        open_sealed(whole, (), is_vouched=True)


@pytest.mark.parametrize("transport", [PKCS1, "urn:none"], ids=["pkcs1", "unknown"])
def test_keys_are_wrapped_with_oaep_alone(provider: SamlProvider, transport: str) -> None:
    provider.seal = lambda one: sealed(one, OURS.certificate, transport=transport)
    refused(provider, "RSA-OAEP")


def _set(path: str, name: str, value: str) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        root.find(f".//{path}").set(name, value)
        return root

    return change


def _twice(path: str) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        one = root.find(f".//{path}")
        one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))
        return root

    return change


_DATA = f"{{{XENC}}}EncryptedData"
SPOILT: dict[str, tuple[Callable[[Any], Any], str]] = {
    "another type": (_set(_DATA, "Type", f"{XENC}Content"), "no element"),
    "3des": (
        _set(f"{_DATA}/{{{XENC}}}EncryptionMethod", "Algorithm", f"{XENC}tripledes-cbc"), "AES",
    ),
    "two contents": (_twice(_DATA), "2 of EncryptedData"),
    "two values": (
        _twice(f"{_DATA}/{{{XENC}}}CipherData/{{{XENC}}}CipherValue"), "2 of CipherValue",
    ),
    "two assertions": (_twice(f"{SAML}EncryptedAssertion"), "2 assertions"),
    "a hash of nobody": (
        lambda root: _with(root, f"{{{XENC}}}EncryptedKey/{{{XENC}}}EncryptionMethod"), "hash",
    ),
}  # fmt: skip


def _with(root: Any, path: str) -> Any:
    place = root.find(f".//{path}")
    etree.SubElement(place, "{http://www.w3.org/2000/09/xmldsig#}DigestMethod", Algorithm="urn:x")
    return root


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_not_as_it_should_be_is_refused(provider: SamlProvider, name: str) -> None:
    provider.spoil, words = SPOILT[name]
    refused(provider, words)


def _made(text: str) -> bytes:
    return text.format(f'xmlns:a="{SAML[1:-1]}"').encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not XML"),
        (b"no xml", "not XML"),
        (b"\xff\xfe", "UTF-8"),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "doctype"),
        (b"<!-- -->", "comments"),
        (b"<Assertion/>", "not one assertion"),
        (_made("<a:Response {}/>"), "not one assertion"),
        (_made("<a:Assertion {}><a:Assertion/></a:Assertion>"), "not one assertion"),
        (_made("<a:Assertion {}><a:EncryptedAssertion/></a:Assertion>"), "not one assertion"),
        (_made("<a:Assertion {}><a:EncryptedID/></a:Assertion>"), "encrypted where"),
        (_made('<a:Assertion {} ID="x"><a:Subject ID="x"/></a:Assertion>'), "one id"),
    ],
    ids=[
        "empty", "text", "bytes", "doctype", "comment", "no-namespace", "response", "nested",
        "sealed-again", "hidden-name", "one-id",
    ],
)  # fmt: skip
@pytest.mark.parametrize("signs", [(), ("response",)], ids=["unsigned", "response"])
def test_what_comes_out_is_read_as_strictly(
    provider: SamlProvider, content: bytes, words: str, signs: tuple[str, ...]
) -> None:
    provider.signs = signs
    provider.seal = lambda _one: sealed(content, OURS.certificate, method=GCM)
    refused(provider, words)


def test_a_plain_assertion_beside_an_encrypted_one_is_refused(provider: SamlProvider) -> None:
    def beside(root: Any) -> Any:
        other = SamlProvider(SIGNER, now=lambda: NOW).made(Asked("_asked", ACS, US))
        root.append(other.find(f"{SAML}Assertion"))
        return root

    provider.spoil = beside
    refused(provider, "2 assertions")


def test_an_assertion_is_not_taken_out_of_its_response(provider: SamlProvider) -> None:
    """A signed response does not vouch for what is put beside it in its place."""
    provider.signs = BOTH

    def swapped(root: Any) -> Any:
        evil = SamlProvider(STRANGER, now=lambda: NOW)
        evil.subject, evil.signs = "root", ()
        evil.seal = lambda one: sealed(one, OURS.certificate)
        wrong = evil.made(Asked("_asked", ACS, US)).find(f"{SAML}EncryptedAssertion")
        root.replace(root.find(f"{SAML}EncryptedAssertion"), wrong)
        return root

    provider.spoil = swapped
    refused(provider, "signature is not believed")


NAME, ATTRIBUTE = f"{SAML}NameID", f"{SAML}Attribute"


@pytest.fixture
def hiding(provider: SamlProvider) -> SamlProvider:
    """Encrypts the name and an attribute, not the assertion."""

    def hide(root: Any) -> Any:
        hidden(root, NAME, OURS.certificate, name="EncryptedID", method=CBC_METHOD)
        return hidden(root, ATTRIBUTE, OURS.certificate, name="EncryptedAttribute")

    provider.seal = lambda one: one
    provider.change = hide
    return provider


@pytest.mark.parametrize("signs", [("assertion",), ("response",), BOTH], ids="+".join)
@pytest.mark.parametrize("sealed_again", [False, True], ids=["plain", "sealed"])
def test_names_and_attributes_are_opened(
    hiding: SamlProvider, signs: tuple[str, ...], *, sealed_again: bool
) -> None:
    hiding.signs = signs
    if sealed_again:
        hiding.seal = lambda one: sealed(one, OURS.certificate)
    said = read(hiding)
    assert (said.person.subject, said.person.email) == ("ann-1", "ann@example.com")
    assert said.presence.subject == "ann-1"


def test_names_are_opened_only_once_a_signature_holds(hiding: SamlProvider) -> None:
    hiding.spoil = partial(flipped, at=-1)
    refused(hiding, "signature is not believed")
    hiding.spoil, hiding.signer = (lambda root: root), STRANGER
    refused(hiding, "signature is not believed")


def test_names_for_others_cannot_be_opened(hiding: SamlProvider) -> None:
    refused(hiding, "NameID cannot be opened", NEXT)


def _hides(content: bytes, path: str, name: str, count: int = 1) -> Callable[[Any], Any]:
    def hide(root: Any) -> Any:
        for _ in range(count):
            root.find(f".//{path}").append(sealed(content, OURS.certificate, name=name))
        return root

    return hide


HIDDEN: dict[str, tuple[Callable[[Any], Any], str]] = {
    "two names": (
        _hides(_made("<a:NameID {}>root</a:NameID>"), f"{SAML}Subject", "EncryptedID"),
        "2 of NameID",
    ),
    "another element": (
        _hides(_made("<a:Issuer {}/>"), f"{SAML}Subject", "EncryptedID"), "no NameID",
    ),
    "an attribute as name": (
        _hides(_made("<a:NameID {}/>"), f"{SAML}AttributeStatement", "EncryptedAttribute"),
        "no Attribute",
    ),
    "a doctype": (
        _hides(b"<!DOCTYPE r><r/>", f"{SAML}Subject", "EncryptedID"), "doctype",
    ),
    "a name elsewhere": (
        _hides(b"<r/>", f"{SAML}SubjectConfirmation", "EncryptedID"), "where it should not",
    ),
    "an attribute elsewhere": (
        _hides(b"<r/>", f"{SAML}Subject", "EncryptedAttribute"), "where it should not",
    ),
    "too many": (
        _hides(_made("<a:Attribute {}/>"), f"{SAML}AttributeStatement", "EncryptedAttribute", 17),
        "17 encrypted",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_what_belongs_there(provider: SamlProvider, name: str) -> None:
    provider.seal = lambda one: one
    provider.change, words = HIDDEN[name]
    refused(provider, words)
