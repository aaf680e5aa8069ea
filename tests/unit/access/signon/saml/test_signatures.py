"""Which signatures hold, and what they hold for."""

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml.verifier import VerifyResult

from tests.support.saml import DS, SAML, Asked, SamlProvider, Signer
from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.documents import read_document
from vedette.access.signon.saml.signatures import _same, verified_assertion

NOW = 1_700_000_000.0
SIGNER = Signer.make()
ASKED = Asked("_q", "https://v.example/acs", "https://v.example/me")
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


def made(*signs: str) -> Any:
    provider = SamlProvider(SIGNER, now=lambda: NOW)
    provider.signs = signs or ("assertion",)
    return provider.made(ASKED)


def verified(root: Any, *certificates: str) -> Any:
    content = root if isinstance(root, bytes) else etree.tostring(root)
    document = read_document(base64.b64encode(content).decode())
    return verified_assertion(document, certificates or (SIGNER.certificate,), NOW)


def test_what_is_returned_is_read_anew_from_what_was_signed() -> None:
    found = verified(made())
    assert found.getparent() is None
    assert found.find(f"{DS}Signature") is None
    assert found.findtext(f"{SAML}Issuer") == "https://idp.example.com/metadata"


def test_one_of_several_certificates_is_enough() -> None:
    other = Signer.make().certificate
    assert verified(made(), other, SIGNER.certificate) is not None
    with pytest.raises(SignOnRefused, match="not believed"):
        verified(made(), other)


def _changed(path: str, **attributes: str) -> Any:
    root = made()
    element = root.find(f".//{DS}{path}")
    for name, value in attributes.items():
        element.set(name, value)
    return root


@pytest.mark.parametrize("uri", ["", "#", "#_r1", "##_a1", "#xpointer(/)", "http://x/", "_a1"])
def test_a_signature_of_something_else_is_refused(uri: str) -> None:
    with pytest.raises(SignOnRefused, match="something else"):
        verified(_changed("Reference", URI=uri))


@pytest.mark.parametrize(
    "algorithm",
    [
        "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2000/09/xmldsig#base64", f"{EXCLUSIVE}WithComments", "",
    ],
    ids=["xslt", "xpath", "base64", "comments", "none"],
)  # fmt: skip
def test_other_transforms_are_refused(algorithm: str) -> None:
    with pytest.raises(SignOnRefused, match="changes what it signs"):
        verified(_changed("Transform", Algorithm=algorithm))


@pytest.mark.parametrize(
    ("path", "algorithm"),
    [
        ("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
        ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        ("SignatureMethod", "urn:none"),
        ("DigestMethod", "http://www.w3.org/2000/09/xmldsig#sha1"),
        ("CanonicalizationMethod", "urn:none"),
    ],
    ids=["hmac", "sha1", "unknown", "digest-sha1", "canonical"],
)
def test_other_algorithms_are_refused(path: str, algorithm: str) -> None:
    with pytest.raises(SignOnRefused, match="not believed"):
        verified(_changed(path, Algorithm=algorithm))


@pytest.mark.parametrize("name", ["SignedInfo", "SignatureValue", "KeyInfo"])
def test_parts_of_a_signature_stand_once(name: str) -> None:
    root = made()
    element = root.find(f".//{DS}{name}")
    element.addnext(etree.fromstring(etree.tostring(element)))
    with pytest.raises(SignOnRefused):
        verified(root)


def test_two_references_are_refused() -> None:
    root = made()
    element = root.find(f".//{DS}Reference")
    element.addnext(etree.fromstring(etree.tostring(element)))
    with pytest.raises(SignOnRefused, match="2 of Reference"):
        verified(root)


def test_a_signature_holds_nothing_but_itself() -> None:
    root = made()
    etree.SubElement(root.find(f".//{DS}Signature"), f"{DS}Object")
    with pytest.raises(SignOnRefused, match="more than a signature"):
        verified(root)


@pytest.mark.parametrize("value", ["", "AAAA", "%", "é"])
def test_a_broken_signature_is_refused(value: str) -> None:
    root = made()
    root.find(f".//{DS}SignatureValue").text = value
    with pytest.raises(SignOnRefused, match="not believed"):
        verified(root)


WHOLE = {signs: etree.tostring(made(signs)) for signs in ("assertion", "response")}
MEANT = {
    signs: etree.tostring(verified(whole), method="c14n", exclusive=True)
    for signs, whole in WHOLE.items()
}


@settings(max_examples=150, deadline=None)
@given(
    signs=st.sampled_from(sorted(WHOLE)), at=st.integers(0, len(WHOLE["response"])),
    cut=st.integers(0, 40), put=st.binary(max_size=12),
)  # fmt: skip
def test_a_spoilt_document_is_refused_or_says_the_same(
    signs: str, at: int, cut: int, put: bytes
) -> None:
    whole = WHOLE[signs]
    try:
        found = verified(whole[:at] + put + whole[at + cut :])
    except SignOnRefused:
        return
    assert etree.tostring(found, method="c14n", exclusive=True) == MEANT[signs]


def test_what_the_verifier_returns_is_what_was_asked_for() -> None:
    root = made()
    assertion = root.find(f"{SAML}Assertion")
    signature = assertion.find(f"{DS}Signature")
    for other in (None, root, etree.Element(assertion.tag, ID="_other")):
        with pytest.raises(SignOnRefused, match="Something else"):
            _same(VerifyResult(b"", other, signature, b""), assertion)
    with pytest.raises(SignOnRefused, match="Something else"):
        _same([], assertion)
