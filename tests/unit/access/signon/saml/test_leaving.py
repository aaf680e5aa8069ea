"""What a provider says of log-outs: all that makes it be refused."""

import base64
from typing import Any

import msgspec
import pytest
from lxml import etree

from tests.support.saml import ENTITY_ID, SAML, SSO_URL, SamlProvider, Signer, written
from tests.support.saml_leaving import in_form, in_query, request_of, response_of
from tests.support.saml_sealing import CBC_METHOD, hidden
from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.farewell import Left
from vedette.access.signon.saml.leaving import read_leaving
from vedette.model.signon import SamlSettings

NOW = 1_700_000_000.0
HERE = "https://v.example.com/sso/idp/slo"
SIGNER, STRANGER, OURS = Signer.make(), Signer.make(), Signer.make()
SETTINGS = SamlSettings(
    name="idp", entity_id=ENTITY_ID, sso_url=SSO_URL, certificates=(SIGNER.certificate,)
)
INDEX = "<samlp:SessionIndex>{}</samlp:SessionIndex>"


@pytest.fixture
def provider() -> SamlProvider:
    return SamlProvider(SIGNER, now=lambda: NOW)


def by_query(provider: SamlProvider, text: str, kind: str = "SAMLRequest") -> Left | None:
    query = in_query(provider, kind, text, relay="r")
    return read_leaving(query, None, SETTINGS, here=HERE, now_s=NOW)


def by_form(provider: SamlProvider, text: str, kind: str = "SAMLRequest") -> Left | None:
    form = {kind: [in_form(provider, text)], "RelayState": ["r"]}
    return read_leaving("", form, SETTINGS, here=HERE, now_s=NOW)


WAYS = pytest.mark.parametrize("by", [by_query, by_form])


@WAYS
def test_who_left_there_is_read(provider: SamlProvider, by: Any) -> None:
    sessions = INDEX.format("_s1") + INDEX.format("_s2")
    left = by(provider, request_of(provider, HERE, sessions=sessions))
    assert (left.subject, left.sessions, left.relay) == ("ann-1", ("_s1", "_s2"), "r")
    assert left.expires_s == NOW + 360
    assert by(provider, request_of(provider, HERE)).sessions == ()


@pytest.mark.parametrize("is_form", [False, True], ids=["query", "form"])
def test_the_name_of_who_left_may_be_encrypted(provider: SamlProvider, *, is_form: bool) -> None:
    root = etree.fromstring(request_of(provider, HERE))
    path = f"{SAML}NameID"
    hidden(root.getroottree(), path, OURS.certificate, name="EncryptedID", method=CBC_METHOD)
    text = etree.tostring(root).decode()
    settings = msgspec.structs.replace(SETTINGS, keys=(OURS.as_key(),))
    query = "" if is_form else in_query(provider, "SAMLRequest", text)
    form = {"SAMLRequest": [in_form(provider, text)]} if is_form else None
    left = read_leaving(query, form, settings, here=HERE, now_s=NOW)
    assert left is not None
    assert left.subject == "ann-1"


@WAYS
def test_that_somebody_left_there_too_is_read(provider: SamlProvider, by: Any) -> None:
    assert by(provider, response_of(provider, HERE), kind="SAMLResponse") is None
    for status in ("Responder", "PartialLogout"):
        with pytest.raises(SignOnRefused, match=status):
            by(provider, response_of(provider, HERE, status=status), kind="SAMLResponse")


@WAYS
def test_another_signer_is_refused(provider: SamlProvider, by: Any) -> None:
    provider.signer = STRANGER
    for text, kind in (
        (request_of(provider, HERE), "SAMLRequest"), (response_of(provider, HERE), "SAMLResponse"),
    ):  # fmt: skip
        with pytest.raises(SignOnRefused, match="not believed"):
            by(provider, text, kind=kind)


@WAYS
@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"issuer": "https://other.example.com"}, "another provider"),
        ({"there": "https://v.example.com/sso/idp/acs"}, "another address"),
        ({"there": ""}, "another address"),
        ({"now": written(NOW - 700)}, "too old"),
        ({"now": written(NOW + 700)}, "to come"),
        ({"now": "yesterday"}, "how long"),
        ({"ends": written(NOW - 61)}, "too old"),
        ({"subject": ""}, "about nobody"),
        ({"subject": "a\nb"}, "about nobody"),
        ({"subject": "a<saml:Issuer/>"}, "not plain text"),
        ({"sessions": INDEX.format("")}, "too many log-ins, or none"),
        ({"sessions": INDEX.format("a") * 51}, "too many"),
        ({"sessions": "<saml:NameID>root</saml:NameID>"}, "2 of NameID"),
        ({"sessions": "<saml:EncryptedID/>"}, "encrypted"),
        ({"id": "1"}, "has none"),
    ],
    ids=["issuer", "acs", "nowhere", "old", "early", "no-time", "ended", "nobody", "lines",
         "nested", "no-session", "sessions", "names", "hidden", "id"],
)  # fmt: skip
def test_what_is_not_for_us_now_is_refused_though_it_is_signed(
    provider: SamlProvider, by: Any, parts: dict[str, str], words: str
) -> None:
    with pytest.raises(SignOnRefused, match=words):
        by(provider, request_of(provider, **{"there": HERE} | parts))


def test_comments_are_refused(provider: SamlProvider) -> None:
    with pytest.raises(SignOnRefused, match="comments"):
        by_query(provider, request_of(provider, HERE, sessions="<!-- -->"))
    field = in_form(provider, request_of(provider, HERE, subject="root@example.com"))
    spoilt = base64.b64decode(field).replace(b"root@", b"root<!-- -->@")
    form = {"SAMLRequest": [base64.b64encode(spoilt).decode()]}
    with pytest.raises(SignOnRefused, match="comments"):
        read_leaving("", form, SETTINGS, here=HERE, now_s=NOW)


@WAYS
def test_one_message_is_not_taken_for_another(provider: SamlProvider, by: Any) -> None:
    for text, kind in (
        (response_of(provider, HERE), "SAMLRequest"), (request_of(provider, HERE), "SAMLResponse"),
        ("<x/>", "SAMLRequest"),
    ):  # fmt: skip
        if by is by_form and text == "<x/>":
            continue
        with pytest.raises(SignOnRefused, match="This is no Logout"):
            by(provider, text, kind=kind)


def test_a_form_without_a_signature_is_refused(provider: SamlProvider) -> None:
    def unsigned(root: Any) -> Any:
        root.remove(root.find("{*}Signature"))
        return root

    form = {"SAMLRequest": [in_form(provider, request_of(provider, HERE), unsigned)]}
    with pytest.raises(SignOnRefused, match="0 of Signature"):
        read_leaving("", form, SETTINGS, here=HERE, now_s=NOW)


def test_what_a_form_signs_cannot_be_changed(provider: SamlProvider) -> None:
    def renamed(root: Any) -> Any:
        root.find(f"{SAML}NameID").text = "root"
        return root

    def wrapped(root: Any) -> Any:
        """The signed one inside of another."""
        wrong = etree.fromstring(request_of(provider, HERE, subject="root"))
        signature = root.find("{*}Signature")
        root.remove(signature)
        wrong.insert(1, signature)
        wrong.append(root)
        return wrong

    for spoil in (renamed, wrapped):
        form = {"SAMLRequest": [in_form(provider, request_of(provider, HERE), spoil)]}
        with pytest.raises(SignOnRefused, match=r"not believed|something else"):
            read_leaving("", form, SETTINGS, here=HERE, now_s=NOW)


@pytest.mark.parametrize(
    "form",
    [{}, {"RelayState": ["a"]}, {"SAMLRequest": ["a", "b"]},
     {"SAMLRequest": ["a"], "SAMLResponse": ["b"]}, {"SAMLRequest": ["!"]}],
    ids=["empty", "none", "twice", "both", "base64"],
)  # fmt: skip
def test_what_is_no_form_of_a_provider_is_refused(form: dict[str, list[str]]) -> None:
    with pytest.raises(SignOnRefused):
        read_leaving("", form, SETTINGS, here=HERE, now_s=NOW)
