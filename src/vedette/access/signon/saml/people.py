"""Whom an assertion is about."""

from typing import Any

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.documents import SAML, only, text_of
from vedette.access.signon.saml.said import Person
from vedette.model.signon import SamlPresence, SamlSettings

MOST_CHARS = 254
_MOST_VALUES = 1_000
_TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
_EMAILS = (
    "email", "mail", "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)  # fmt: skip
_NAMES = (
    "displayName", "name", "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
)  # fmt: skip
_GROUPS = (
    "groups", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
    "http://schemas.xmlsoap.org/claims/Group",
)  # fmt: skip

Values = dict[str, list[str]]


def person_of(assertion: Any, settings: SamlSettings) -> Person:
    """What a verified assertion says. Raises SignOnRefused."""
    form, subject = name_of(only(assertion, f"{SAML}Subject"))[:2]
    if form == _TRANSIENT:
        raise SignOnRefused("The provider gives a new name each time; have it send one that stays.")
    said = _attributes(assertion)
    wanted = settings.email_attribute
    otherwise = "" if wanted or form != _ADDRESS else subject
    names = next((said[one] for one in _NAMES if said.get(one)), [""])
    groups = (settings.groups_attribute,) if settings.groups_attribute else _GROUPS
    return Person(
        subject=subject, email=_email(said, (wanted,) if wanted else _EMAILS) or otherwise,
        name=names[0], groups=tuple(value for one in groups for value in said.get(one, ())),
    )  # fmt: skip


def presence_of(assertion: Any, session: str) -> SamlPresence:
    """What the provider calls this log-in. Raises SignOnRefused."""
    form, subject, qualifier, sp_qualifier = name_of(only(assertion, f"{SAML}Subject"))
    if any(len(one) > MOST_CHARS for one in (form, qualifier, sp_qualifier)):
        raise SignOnRefused("The name of the subject is of too many words.")
    kept = session if len(session) <= MOST_CHARS and session.isprintable() else ""
    return SamlPresence(
        subject=subject, form=form, qualifier=qualifier, sp_qualifier=sp_qualifier, session=kept
    )


def name_of(parent: Any) -> tuple[str, str, str, str]:
    """Its `NameID`: format, name, and whose it is. Raises SignOnRefused."""
    name = only(parent, f"{SAML}NameID")
    subject = text_of(name)
    if not 0 < len(subject) <= MOST_CHARS or not subject.isprintable():
        raise SignOnRefused("The assertion is about nobody.")
    more = (name.get("NameQualifier", ""), name.get("SPNameQualifier", ""))
    return name.get("Format", ""), subject, *more


def _attributes(assertion: Any) -> Values:
    """Attribute -> its values that are one line of text; nothing is ever cut, only left out."""
    found: Values = {}
    for one in assertion.iterfind(f"{SAML}AttributeStatement/{SAML}Attribute"):
        values = found.setdefault(one.get("Name", ""), [])
        for element in one.findall(f"{SAML}AttributeValue"):
            value = "" if len(element) else text_of(element)
            if 0 < len(value) <= MOST_CHARS and value.isprintable() and len(values) < _MOST_VALUES:
                values.append(value)
    return found


def _email(said: Values, names: tuple[str, ...]) -> str:
    found = {value.lower() for name in names for value in said.get(name, ())}
    if len(found) > 1:
        raise SignOnRefused("The assertion has several addresses; set email_attribute to one.")
    return found.pop() if found else ""
