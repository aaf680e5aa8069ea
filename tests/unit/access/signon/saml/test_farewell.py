"""What a provider is told of log-outs."""

import pytest
from lxml import etree

from tests.support.saml import PROTOCOL, SAML
from vedette.access.signon.saml.farewell import STATUS, Letter, request_text, response_text
from vedette.model.signon import SamlPresence

LETTER = Letter("_1", 1_700_000_000.0, 'https://i.example.com/slo?a="&b=<', "https://v.example.com")


def test_who_leaves_is_named_as_the_assertion_named_him() -> None:
    presence = SamlPresence(
        subject="a<&>b", form="urn:f", qualifier='q"', sp_qualifier="s", session="<1>"
    )
    root = etree.fromstring(request_text(LETTER, presence))
    assert (root.tag, root.get("ID"), root.get("Version")) == (
        f"{PROTOCOL}LogoutRequest", "_1", "2.0",
    )  # fmt: skip
    assert root.get("Destination") == LETTER.there
    assert root.get("IssueInstant") == "2023-11-14T22:13:20Z"
    name = root.find(f"{SAML}NameID")
    assert name is not None
    assert name.text == "a<&>b"
    assert dict(name.attrib) == {"Format": "urn:f", "NameQualifier": 'q"', "SPNameQualifier": "s"}
    assert root.findtext(f"{PROTOCOL}SessionIndex") == "<1>"


def test_what_was_not_said_is_left_out() -> None:
    root = etree.fromstring(request_text(LETTER, SamlPresence(subject="a")))
    (name,) = root.iter(f"{SAML}NameID")
    assert dict(name.attrib) == {}
    assert root.find(f"{PROTOCOL}SessionIndex") is None


@pytest.mark.parametrize(("is_done", "status"), [(True, "Success"), (False, "Responder")])
def test_an_answer_says_of_what_and_how_it_went(is_done: bool, status: str) -> None:
    root = etree.fromstring(response_text(LETTER, "_q<1", is_done=is_done))
    assert (root.tag, root.get("InResponseTo")) == (f"{PROTOCOL}LogoutResponse", "_q<1")
    (code,) = root.iter(f"{PROTOCOL}StatusCode")
    assert code.get("Value") == f"{STATUS}{status}"
