"""What a SAML 2.0 response says to us, now (profiles 4.1, core 2): all checks, in order."""

from typing import Any

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.documents import (
    PROTOCOL,
    SAML,
    Document,
    id_of,
    only,
    read_document,
    text_of,
)
from vedette.access.signon.saml.people import person_of, presence_of
from vedette.access.signon.saml.said import Said
from vedette.access.signon.saml.sealed import open_hidden
from vedette.access.signon.saml.signatures import opened_assertion, verified_assertion
from vedette.access.signon.saml.times import SKEW_S, check_end, check_span, time_of
from vedette.model.signon import SamlSettings

OLDEST_S = 600
"""How long an assertion counts at most after it was made, whatever it says: a log-in takes no
longer."""

_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_CONDITIONS = frozenset(
    SAML + name for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")
)


def read_response(
    text: str, settings: SamlSettings, *, audience: str, recipient: str, now_s: float
) -> Said:
    """What the provider says to `audience` at `recipient`. Raises SignOnRefused.

    Whether it was asked is not known here: the caller compares `in_response_to`, which is empty
    where nobody asked and the settings allow that, and remembers `id` until `expires_s`.
    """
    document = read_document(text)
    if document.is_sealed:
        assertion = opened_assertion(document, settings.certificates, settings.keys, now_s)
    else:
        assertion = verified_assertion(document, settings.certificates, now_s)
    _check_response(document, settings, recipient)
    assertion = open_hidden(assertion, settings.keys)
    made_s = _check_origin(assertion, settings, now_s)
    ends = (made_s + OLDEST_S, _check_conditions(assertion, audience, now_s))
    asked, until_s = _confirmed(assertion, recipient, now_s)
    if not asked and not settings.idp_initiated:
        raise SignOnRefused("The assertion answers no request; log-ins begin here.")
    if document.response.get("InResponseTo", asked) != asked:
        raise SignOnRefused("The response and its assertion answer two requests.")
    return Said(
        id=id_of(assertion), in_response_to=asked, made_s=made_s,
        expires_s=min(*ends, until_s) + SKEW_S, person=person_of(assertion, settings),
        presence=presence_of(assertion, _session(assertion, now_s)),
    )  # fmt: skip


def _check_response(document: Document, settings: SamlSettings, recipient: str) -> None:
    """What stands around the assertion; where it is not signed it can only make things worse."""
    response = document.response
    if response.get("Version") != "2.0":
        raise SignOnRefused("The response is not of SAML 2.0.")
    # Signed messages have to name it (bindings, 3.5.5.2).
    otherwise = "" if response in document.signed else recipient
    if response.get("Destination", otherwise) != recipient:
        raise SignOnRefused(f"The response is for another address than {recipient}.")
    for issuer in response.findall(f"{SAML}Issuer"):
        if text_of(issuer) != settings.entity_id:
            raise SignOnRefused("The response is of another provider.")
    only(response, f"{PROTOCOL}Status")


def _check_origin(assertion: Any, settings: SamlSettings, now_s: float) -> float:
    """When it was made."""
    if assertion.get("Version") != "2.0":
        raise SignOnRefused("The assertion is not of SAML 2.0.")
    if text_of(only(assertion, f"{SAML}Issuer")) != settings.entity_id:
        raise SignOnRefused("The assertion is of another provider.")
    made_s = time_of(assertion.get("IssueInstant", ""))
    check_span(made_s, made_s + OLDEST_S, now_s)
    return made_s


def _check_conditions(assertion: Any, audience: str, now_s: float) -> float:
    """When they end."""
    conditions = only(assertion, f"{SAML}Conditions")
    ends_s = _check_times(conditions, now_s, otherwise_s=now_s + OLDEST_S)
    if any(one.tag not in _CONDITIONS for one in conditions):
        raise SignOnRefused("The assertion has conditions that are not known.")
    restrictions = conditions.findall(f"{SAML}AudienceRestriction")
    if not restrictions:
        raise SignOnRefused("The assertion does not say for whom it is.")
    for one in restrictions:
        if audience not in [text_of(child) for child in one.findall(f"{SAML}Audience")]:
            raise SignOnRefused(f"The assertion is for another; it should be for {audience}.")
    return ends_s


def _confirmed(assertion: Any, recipient: str, now_s: float) -> tuple[str, float]:
    """Which request it answers, empty for none, and until when it may be shown."""
    confirmation = only(only(assertion, f"{SAML}Subject"), f"{SAML}SubjectConfirmation")
    if confirmation.get("Method") != _BEARER:
        raise SignOnRefused("The assertion is not for whoever bears it.")
    told = only(confirmation, f"{SAML}SubjectConfirmationData")
    if told.get("Recipient") != recipient:
        raise SignOnRefused(f"The assertion is for another address than {recipient}.")
    return told.get("InResponseTo", ""), _check_times(told, now_s)


def _session(assertion: Any, now_s: float) -> str:
    """What the provider calls the log-in; empty where it does not."""
    statements = assertion.findall(f"{SAML}AuthnStatement")
    if not statements:
        raise SignOnRefused("The assertion does not say that somebody logged in.")
    for one in statements:
        if "SessionNotOnOrAfter" in one.attrib:
            check_end(time_of(one.get("SessionNotOnOrAfter")), now_s)
    return str(statements[0].get("SessionIndex", ""))


def _check_times(element: Any, now_s: float, *, otherwise_s: float | None = None) -> float:
    """When it ends; `otherwise_s` where it need not say so."""
    given = element.get("NotOnOrAfter")
    ends_s = otherwise_s if given is None and otherwise_s is not None else time_of(given or "")
    begins = element.get("NotBefore")
    check_span(now_s if begins is None else time_of(begins), ends_s, now_s)
    return ends_s
