"""What is believed of a provider's answer, and everything that is not."""

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from tests.support.saml import (
    DS,
    EMAIL_FORMAT,
    ENTITY_ID,
    PROTOCOL,
    SAML,
    SSO_URL,
    Asked,
    SamlProvider,
    Signer,
    written,
)
from tests.support.saml_attacks import VICTIM, WRAPPINGS, evil
from vedette.access.signon.refusals import SignOnCancelled, SignOnRefused
from vedette.access.signon.saml.responses import OLDEST_S, read_response
from vedette.access.signon.saml.said import Said
from vedette.model.signon import SamlSettings

NOW = 1_700_000_000.0
US, ACS = "https://v.example.com/sso/idp/metadata", "https://v.example.com/sso/idp/acs"
ASKED = Asked("_request", ACS, US)
RIGHT, OTHER = Signer.make(), Signer.make()


@pytest.fixture
def provider() -> SamlProvider:
    return SamlProvider(RIGHT, now=lambda: NOW)


def settings(*certificates: str, **changes: Any) -> SamlSettings:
    return SamlSettings(
        name="idp", entity_id=ENTITY_ID, sso_url=SSO_URL,
        certificates=certificates or (RIGHT.certificate,), **changes,
    )  # fmt: skip


def read(provider: SamlProvider, known: SamlSettings | None = None, now_s: float = NOW) -> Said:
    return read_response(
        provider.answer(ASKED), known or settings(), audience=US, recipient=ACS, now_s=now_s
    )


def refused(provider: SamlProvider, words: str, now_s: float = NOW) -> None:
    with pytest.raises(SignOnRefused, match=words):
        read(provider, now_s=now_s)


@pytest.mark.parametrize(
    "signs", [("assertion",), ("response",), ("assertion", "response")], ids="-".join
)
def test_what_is_signed_is_read(provider: SamlProvider, signs: tuple[str, ...]) -> None:
    provider.signs = signs
    provider.attributes["groups"] = ["ops", "all"]
    said = read(provider)
    assert (said.id, said.in_response_to) == ("_a1", "_request")
    assert said.expires_s == NOW + 300 + 60
    person = said.person
    assert (person.subject, person.email, person.name) == ("ann-1", "ann@example.com", "Ann")
    assert person.groups == ("ops", "all")


@pytest.mark.parametrize("digest", ["SHA256", "SHA384", "SHA512"])
@pytest.mark.parametrize("kind", ["RSA", "ECDSA"])
def test_methods_of_today_are_known(provider: SamlProvider, kind: str, digest: str) -> None:
    signer = Signer.make(ec.generate_private_key(ec.SECP256R1())) if kind == "ECDSA" else RIGHT
    provider.signer, provider.methods = signer, (f"{kind}_{digest}", digest)
    known = settings(OTHER.certificate, signer.certificate)
    assert read(provider, known).person.subject == "ann-1"


@pytest.mark.parametrize("methods", [("RSA_SHA1", "SHA256"), ("RSA_SHA256", "SHA1")], ids="-".join)
def test_sha_1_is_refused(provider: SamlProvider, methods: tuple[str, str]) -> None:
    provider.methods = methods
    refused(provider, "signature is not believed")


@pytest.mark.parametrize("signs", [("assertion",), ("response",)], ids="-".join)
def test_another_key_is_refused(provider: SamlProvider, signs: tuple[str, ...]) -> None:
    # It brings its own certificate along, which counts for nothing.
    provider.signer, provider.signs = OTHER, signs
    refused(provider, "signature is not believed")


def test_an_expired_certificate_is_named_as_that(provider: SamlProvider) -> None:
    provider.signer = Signer.make(ends=2020)
    with pytest.raises(SignOnRefused, match="certificates of the provider have expired"):
        read(provider, settings(provider.signer.certificate))


def test_what_is_not_signed_is_refused(provider: SamlProvider) -> None:
    provider.signs = ()
    refused(provider, "Nothing is signed")


@pytest.mark.parametrize("name", WRAPPINGS)
def test_wrapped_signatures_are_refused(provider: SamlProvider, name: str) -> None:
    signs, provider.spoil = WRAPPINGS[name]
    provider.signs = (signs,)
    with pytest.raises(SignOnRefused):
        read(provider)


@pytest.mark.parametrize("name", ["xsw3", "xsw4", "xsw5", "xsw7"])
def test_wrapped_signatures_are_refused_beside_a_signed_response(
    provider: SamlProvider, name: str
) -> None:
    _, provider.spoil = WRAPPINGS[name]
    provider.signs = ("assertion", "response")
    with pytest.raises(SignOnRefused):
        read(provider)


def test_every_signature_has_to_hold(provider: SamlProvider) -> None:
    provider.signs = ("assertion", "response")

    def touch(root: Any) -> Any:
        root.set("IssueInstant", written(NOW + 1))
        return root

    provider.spoil = touch
    refused(provider, "signature is not believed")


def _put(path: str, text: str) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        root.find(path).text = text
        return root

    return change


def _set(path: str, name: str, value: str | None) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        element = root if path == "." else root.find(path)
        if value is None:
            element.attrib.pop(name, None)
        else:
            element.set(name, value)
        return root

    return change


def _drop(path: str) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        element = root.find(path)
        element.getparent().remove(element)
        return root

    return change


def _twice(path: str) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        element = root.find(path)
        copy = etree.fromstring(etree.tostring(element))
        copy.attrib.pop("ID", None)
        element.addnext(copy)
        return root

    return change


def _add(path: str, text: str) -> Callable[[Any], Any]:
    def change(root: Any) -> Any:
        (root if path == "." else root.find(path)).append(etree.fromstring(text))
        return root

    return change


ASSERTION = f"{SAML}Assertion"
SUBJECT = f"{ASSERTION}/{SAML}Subject"
NAME = f"{SUBJECT}/{SAML}NameID"
CONFIRMED = f"{SUBJECT}/{SAML}SubjectConfirmation"
TOLD = f"{CONFIRMED}/{SAML}SubjectConfirmationData"
CONDITIONS = f"{ASSERTION}/{SAML}Conditions"
AUDIENCE = f"{CONDITIONS}/{SAML}AudienceRestriction/{SAML}Audience"
LOGGED_IN = f"{ASSERTION}/{SAML}AuthnStatement"
CODE = f"{PROTOCOL}Status/{PROTOCOL}StatusCode"
EARLY, LATE = written(NOW - 61), written(NOW + 61)
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
ELSE = "https://evil.example/"

UNWELCOME: dict[str, tuple[Callable[[Any], Any], str]] = {
    "other audience": (_put(AUDIENCE, ELSE), "is for another"),
    "second audience restriction": (
        _add(CONDITIONS, f'<a:AudienceRestriction xmlns:a="{SAML[1:-1]}"><a:Audience>{ELSE}'
             "</a:Audience></a:AudienceRestriction>"), "is for another",
    ),
    "no audience": (_drop(f"{CONDITIONS}/{SAML}AudienceRestriction"), "for whom"),
    "no conditions": (_drop(CONDITIONS), "0 of Conditions"),
    "two conditions": (_twice(CONDITIONS), "2 of Conditions"),
    "unknown condition": (_add(CONDITIONS, "<x:Weather xmlns:x='urn:x'/>"), "not known"),
    "other issuer": (_put(f"{ASSERTION}/{SAML}Issuer", ELSE), "another provider"),
    "other issuer of the response": (_put(f"{SAML}Issuer", ELSE), "another provider"),
    "two issuers": (_twice(f"{ASSERTION}/{SAML}Issuer"), "2 of Issuer"),
    "other recipient": (_set(TOLD, "Recipient", ELSE), "another address"),
    "no recipient": (_set(TOLD, "Recipient", None), "another address"),
    "other destination": (_set(".", "Destination", ELSE), "another address"),
    "empty destination": (_set(".", "Destination", ""), "another address"),
    "no request": (_set(TOLD, "InResponseTo", None), "answers no request"),
    "two requests": (_set(TOLD, "InResponseTo", "_other"), "two requests"),
    "over": (_set(TOLD, "NotOnOrAfter", written(NOW - 60)), "too old"),
    "endless": (_set(TOLD, "NotOnOrAfter", None), "how long"),
    "no time": (_set(TOLD, "NotOnOrAfter", "tomorrow"), "how long"),
    "no zone": (_set(TOLD, "NotOnOrAfter", "2090-01-01T00:00:00"), "how long"),
    "to come": (_set(TOLD, "NotBefore", LATE), "time to come"),
    "conditions over": (_set(CONDITIONS, "NotOnOrAfter", EARLY), "too old"),
    "conditions to come": (_set(CONDITIONS, "NotBefore", LATE), "time to come"),
    "made long ago": (_set(ASSERTION, "IssueInstant", written(NOW - OLDEST_S - 60)), "too old"),
    "made in future": (_set(ASSERTION, "IssueInstant", LATE), "time to come"),
    "made at no time": (_set(ASSERTION, "IssueInstant", None), "how long"),
    "session over": (_set(LOGGED_IN, "SessionNotOnOrAfter", EARLY), "too old"),
    "not logged in": (_drop(LOGGED_IN), "somebody logged in"),
    "other version": (_set(ASSERTION, "Version", "1.1"), "not of SAML 2.0"),
    "other version of the response": (_set(".", "Version", "1.1"), "not of SAML 2.0"),
    "not for its bearer": (_set(CONFIRMED, "Method", "urn:x"), "bears it"),
    "two confirmations": (_twice(CONFIRMED), "2 of SubjectConfirmation"),
    "nobody": (_put(NAME, " "), "about nobody"),
    "no name": (_drop(NAME), "0 of NameID"),
    "two names": (_twice(NAME), "2 of NameID"),
    "name with an element": (_add(NAME, "<x/>"), "not plain text"),
    "name of two lines": (_put(NAME, "ann\nroot"), "about nobody"),
    "passing name": (_set(NAME, "Format", TRANSIENT), "one that stays"),
    "failed there": (_set(CODE, "Value", f"{STATUS}Responder"), "reports"),
    "no status": (_drop(f"{PROTOCOL}Status"), "no status"),
    "two statuses": (_twice(f"{PROTOCOL}Status"), "reports"),
    "encrypted": (_add(".", f'<a:EncryptedAssertion xmlns:a="{SAML[1:-1]}"/>'), "2 assert"),
    "encrypted name": (_add(SUBJECT, f'<a:EncryptedID xmlns:a="{SAML[1:-1]}"/>'), "encrypted"),
    "two assertions": (_twice(ASSERTION), "2 assertions"),
    "no assertion": (_drop(ASSERTION), "0 assertions"),
    "something else": (_add(".", "<x/>"), "no place"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNWELCOME)
def test_what_is_not_for_us_now_is_refused_though_it_is_signed(
    provider: SamlProvider, name: str
) -> None:
    provider.change, words = UNWELCOME[name]
    provider.signs = ("response",)
    refused(provider, words)


def test_a_signed_response_names_its_destination(provider: SamlProvider) -> None:
    provider.change = _set(".", "Destination", None)
    assert read(provider).id == "_a1"
    provider.signs = ("response",)
    refused(provider, "another address")


def test_a_minute_of_skew_is_forgiven(provider: SamlProvider) -> None:
    assert read(provider, now_s=NOW + 359).id == "_a1"
    assert read(provider, now_s=NOW - 60).id == "_a2"
    refused(provider, "too old", now_s=NOW + 360)
    refused(provider, "time to come", now_s=NOW - 61)


def test_conditions_need_not_end(provider: SamlProvider) -> None:
    provider.change = _set(CONDITIONS, "NotOnOrAfter", None)
    assert read(provider).expires_s == NOW + 360


def test_an_assertion_never_counts_for_long(provider: SamlProvider) -> None:
    provider.parts["ends"] = written(NOW + 86_400)
    assert read(provider).expires_s == NOW + OLDEST_S + 60


def test_who_did_not_log_in_there_is_told_so(provider: SamlProvider) -> None:
    provider.signs = ()
    provider.change = _set(CODE, "Value", f"{STATUS}RequestDenied")
    with pytest.raises(SignOnCancelled):
        read(provider)


@pytest.mark.parametrize(
    "path", [NAME, f"{ASSERTION}/{SAML}AttributeStatement/{SAML}Attribute/{SAML}AttributeValue"]
)  # fmt: skip
def test_what_was_signed_cannot_be_changed(provider: SamlProvider, path: str) -> None:
    provider.spoil = _put(path, VICTIM)
    refused(provider, "signature is not believed")


@pytest.mark.parametrize("signs", ["assertion", "response"])
def test_a_comment_does_not_cut_a_name(provider: SamlProvider, signs: str) -> None:
    provider.signs = (signs,)
    provider.subject, provider.format = f"{VICTIM}.evil.example", EMAIL_FORMAT
    provider.spoil = lambda root: etree.tostring(root).replace(
        b"root@example.com", b"root@example.com<!-- -->"
    )
    refused(provider, "comments")


def test_other_signed_elements_are_not_taken(provider: SamlProvider) -> None:
    """The signature of an assertion, in a response whose other assertion it does not cover."""
    first = provider.made(ASKED)

    def move(root: Any) -> Any:
        wrong = evil(root.find(ASSERTION))
        wrong.insert(1, first.find(f"{ASSERTION}/{DS}Signature"))
        root.replace(root.find(ASSERTION), wrong)
        return root

    provider.spoil = move
    refused(provider, "signature is of something else")
