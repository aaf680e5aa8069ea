"""Single log-out: what the provider is told, when somebody leaves here and when he left there."""

from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

from vedette.model.signon import SamlPresence

STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
_HEAD = (
    '<samlp:{kind} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" '
    'IssueInstant="{now}" Destination="{there}"{more}><saml:Issuer>{us}</saml:Issuer>{body}'
    "</samlp:{kind}>"
)


class Left(NamedTuple):
    """Who left there, as a request says that is believed."""

    id: str
    subject: str
    sessions: tuple[str, ...]
    """Which log-ins; empty: all."""
    relay: str
    expires_s: float


class Letter(NamedTuple):
    """What all messages have in common."""

    id: str
    now_s: float
    there: str
    us: str

    def written(self, kind: str, body: str, more: str = "") -> str:
        now = datetime.fromtimestamp(self.now_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return _HEAD.format(
            kind=kind, id=self.id, now=now, there=escape(self.there), us=escape(self.us),
            body=body, more=more,
        )  # fmt: skip


def request_text(letter: Letter, presence: SamlPresence) -> str:
    """What is asked of the provider when somebody leaves here."""
    said = {
        "Format": presence.form, "NameQualifier": presence.qualifier,
        "SPNameQualifier": presence.sp_qualifier,
    }  # fmt: skip
    named = "".join(f' {name}="{escape(value)}"' for name, value in said.items() if value)
    body = f"<saml:NameID{named}>{escape(presence.subject)}</saml:NameID>"
    if presence.session:
        body += f"<samlp:SessionIndex>{escape(presence.session)}</samlp:SessionIndex>"
    return letter.written("LogoutRequest", body)


def response_text(letter: Letter, asked: str, *, is_done: bool) -> str:
    """What the provider is answered."""
    status = f"{STATUS}{'Success' if is_done else 'Responder'}"
    body = f'<samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status>'
    return letter.written("LogoutResponse", body, f' InResponseTo="{escape(asked)}"')
