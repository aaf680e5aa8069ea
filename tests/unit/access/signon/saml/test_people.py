"""Whom an assertion is about."""

from typing import Any

import pytest
from lxml import etree

from tests.support.saml import EMAIL_FORMAT, PERSISTENT, SAML
from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.people import person_of
from vedette.access.signon.saml.said import Person
from vedette.model.signon import SamlSettings

EMAIL = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"


def person(
    *attributes: tuple[str, str], subject: str = "7", form: str = PERSISTENT, **changes: Any
) -> Person:
    values = "".join(
        f'<Attribute Name="{name}"><AttributeValue>{value}</AttributeValue></Attribute>'
        for name, value in attributes
    )
    root = etree.fromstring(
        f'<Assertion xmlns="{SAML[1:-1]}"><Subject><NameID Format="{form}">{subject}</NameID>'
        f"</Subject><AttributeStatement>{values}</AttributeStatement></Assertion>"
    )
    known = SamlSettings(name="i", entity_id="i", sso_url="", certificates=(), **changes)
    return person_of(root, known)


@pytest.mark.parametrize("name", ["email", "mail", EMAIL, "urn:oid:0.9.2342.19200300.100.1.3"])
def test_usual_names_are_known(name: str) -> None:
    assert person((name, " ann@example.com ")).email == "ann@example.com"


def test_a_named_attribute_is_the_only_one() -> None:
    found = (("email", "other@example.com"), ("primary", "ann@example.com"))
    assert person(*found, email_attribute="primary").email == "ann@example.com"
    assert not person(*found, email_attribute="none", form=EMAIL_FORMAT).email


def test_the_name_is_the_address_only_where_it_says_so() -> None:
    assert person(subject="ann@example.com", form=EMAIL_FORMAT).email == "ann@example.com"
    assert not person(subject="ann@example.com").email


def test_several_addresses_are_none() -> None:
    assert person(("email", "Ann@example.com"), ("mail", "ann@example.com")).email
    with pytest.raises(SignOnRefused, match="several addresses"):
        person(("email", "ann@example.com"), ("email", "root@example.com"))


@pytest.mark.parametrize(
    "value",
    ["a" * 243 + "@example.com.evil.example", "ann@example.com&#10;x", "<b>ann</b>@example.com"],
    ids=["long", "lines", "elements"],
)
def test_values_are_never_cut(value: str) -> None:
    assert not person(("email", value)).email


def test_groups_have_usual_names_or_the_named_one() -> None:
    found = (("groups", "ops"), ("groups", "all"), ("team", "a"))
    assert person(*found).groups == ("ops", "all")
    assert person(*found, groups_attribute="team").groups == ("a",)
    assert person(("displayName", "Ann"), ("name", "x")).name == "Ann"
    assert len(person(*[("groups", str(n)) for n in range(1_100)]).groups) == 1_000


@pytest.mark.parametrize("subject", ["", " ", "a" * 255, "a&#10;b", "a&#x202e;b"])
def test_nobody_is_refused(subject: str) -> None:
    with pytest.raises(SignOnRefused, match="about nobody"):
        person(subject=subject)
