"""Single log-out (profiles 4.4): what the provider says of who left there, all checks in order.

Its requests come through the browser that left, which shows no cookie of ours to pages of other
sites. So what ends is found by the names that the assertion gave: of the person and of the log-in.
Without a signature that holds nothing is believed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.documents import (
    PROTOCOL,
    SAML,
    decoded,
    id_of,
    only,
    read_message,
    text_of,
)
from vedette.access.signon.saml.farewell import STATUS, Left
from vedette.access.signon.saml.people import name_of
from vedette.access.signon.saml.redirects import check_signature, read_query
from vedette.access.signon.saml.sealed import open_hidden
from vedette.access.signon.saml.signatures import usable_certificates, verified
from vedette.access.signon.saml.times import SKEW_S, check_end, check_span, time_of
from vedette.model.signon import SamlSettings

OLDEST_S = 600
MOST_SESSIONS = 50
_MOST_RELAY = 1_024


class Message(NamedTuple):
    """As it came; `check` says whether its signature holds, and what of it was signed."""

    kind: str
    relay: str
    content: bytes
    check: Callable[[Any, SamlSettings, float], Any]


def read_left(
    message: Message, settings: SamlSettings, *, here: str, now_s: float
) -> Left:  # fmt: skip
    """A request of the provider, sent to `here`. Raises SignOnRefused."""
    root, ends_s = _believed(message, "LogoutRequest", settings, here, now_s)
    if "NotOnOrAfter" in root.attrib:
        ends_s = min(ends_s, time_of(root.get("NotOnOrAfter")))
        check_end(ends_s, now_s)
    sessions = tuple(text_of(one) for one in root.findall(f"{PROTOCOL}SessionIndex"))
    if len(sessions) > MOST_SESSIONS or not all(sessions):
        raise SignOnRefused("The request to log out names too many log-ins, or none.")
    subject = name_of(open_hidden(root, settings.keys))[1]
    return Left(id_of(root), subject, sessions, message.relay, ends_s + SKEW_S)


def check_answered(
    message: Message, settings: SamlSettings, *, here: str, now_s: float
) -> None:  # fmt: skip
    """Raises SignOnRefused unless the provider says that somebody is logged out there."""
    root, _ = _believed(message, "LogoutResponse", settings, here, now_s)
    status = only(only(root, f"{PROTOCOL}Status"), f"{PROTOCOL}StatusCode").get("Value", "")
    if status != f"{STATUS}Success":
        raise SignOnRefused(f"The provider reports {status[:200]!r}.")


def read_leaving(
    query: str, form: dict[str, list[str]] | None, settings: SamlSettings, *, here: str,
    now_s: float,
) -> Left | None:  # fmt: skip
    """What came to `here` in an address or in a form: who left there, or None for an answer that
    somebody who left here has left there, too. Raises SignOnRefused."""
    message = from_query(query) if form is None else from_form(form)
    if message.kind == "SAMLRequest":
        return read_left(message, settings, here=here, now_s=now_s)
    check_answered(message, settings, here=here, now_s=now_s)
    return None


def from_query(query: str) -> Message:
    """By HTTP-Redirect. Raises SignOnRefused."""
    sent = read_query(query)

    def check(root: Any, settings: SamlSettings, now_s: float) -> Any:
        check_signature(sent, usable_certificates(settings.certificates, now_s))
        return root

    return Message(sent.kind, sent.relay[:_MOST_RELAY], sent.message, check)


def from_form(fields: dict[str, list[str]]) -> Message:
    """By HTTP-POST. Raises SignOnRefused."""
    kinds = [one for one in ("SAMLRequest", "SAMLResponse") if one in fields]
    if len(kinds) != 1 or any(len(values) != 1 for values in fields.values()):
        raise SignOnRefused("The form holds not one message.")
    relay = fields.get("RelayState", [""])[0]

    def check(root: Any, settings: SamlSettings, now_s: float) -> Any:
        return verified(root, settings.certificates, now_s)

    return Message(kinds[0], relay[:_MOST_RELAY], decoded(fields[kinds[0]][0]), check)


def _believed(
    message: Message, tag: str, settings: SamlSettings, here: str, now_s: float
) -> tuple[Any, float]:  # fmt: skip
    """The message, and when it is too old to be believed."""
    root = message.check(read_message(message.content, tag), settings, now_s)
    if root.get("Version") != "2.0":
        raise SignOnRefused("The message is not of SAML 2.0.")
    if text_of(only(root, f"{SAML}Issuer")) != settings.entity_id:
        raise SignOnRefused("The message is of another provider.")
    if root.get("Destination", "") != here:
        raise SignOnRefused(f"The message is for another address than {here}.")
    made_s = time_of(root.get("IssueInstant", ""))
    check_span(made_s, made_s + OLDEST_S, now_s)
    return root, made_s + OLDEST_S
