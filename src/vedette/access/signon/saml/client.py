"""The service provider for one SAML 2.0 identity provider: asks, reads answers, describes itself.

The answer is a POST from a page of another site, with which the browser sends no cookie. So what
was verified is kept for a moment, and the browser is led to a page of ours: only there, with the
cookie of the browser that began, and where the answer is to its request, somebody logs in.
"""

from datetime import UTC, datetime
from html import escape

from vedette.access.signon.flows import Flow
from vedette.access.signon.saml.farewell import Left, Letter, request_text, response_text
from vedette.access.signon.saml.kept import Answer
from vedette.access.signon.saml.redirects import leading
from vedette.clock import Clock
from vedette.model.signon import Assertion, SamlKey, SamlPresence, SamlSettings

_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
_REQUEST = (
    f'<samlp:AuthnRequest xmlns:samlp="{_PROTOCOL}" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" '
    'IssueInstant="{now}" Destination="{there}" AssertionConsumerServiceURL="{acs}" '
    f'ProtocolBinding="{_POST}"><saml:Issuer>{{us}}</saml:Issuer></samlp:AuthnRequest>'
)
_METADATA = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{us}">\n'
    '  <md:SPSSODescriptor AuthnRequestsSigned="{is_signed}" WantAssertionsSigned="true" '
    f'protocolSupportEnumeration="{_PROTOCOL}">\n'
    "{keys}{ends}"
    f'    <md:AssertionConsumerService Binding="{_POST}" Location="{{acs}}" index="0" '
    'isDefault="true"/>\n  </md:SPSSODescriptor>\n</md:EntityDescriptor>\n'
)
_KEY = (
    '    <md:KeyDescriptor use="{use}"><ds:KeyInfo '
    'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{body}'
    "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>{methods}</md:KeyDescriptor>\n"
)
_METHODS = "".join(
    f'<md:EncryptionMethod Algorithm="{one}"/>'
    for one in (
        "http://www.w3.org/2009/xmlenc11#aes256-gcm", "http://www.w3.org/2009/xmlenc11#aes128-gcm",
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    )
)  # fmt: skip
_END = '    <md:SingleLogoutService Binding="{binding}" Location="{slo}"/>\n'


def acs_url(name: str, base_url: str) -> str:
    """Where the provider sends its answers."""
    return f"{base_url}/sso/{name}/acs"


def entity_id(name: str, base_url: str) -> str:
    """What the provider calls this console."""
    return f"{base_url}/sso/{name}/metadata"


def slo_url(name: str, base_url: str) -> str:
    """Where the provider says who left there, and answers who left here."""
    return f"{base_url}/sso/{name}/slo"


def metadata(settings: SamlSettings, base_url: str) -> str:
    """What this console says of itself."""
    name, keys = settings.name, settings.keys
    opening = [_key("encryption", one, _METHODS) for one in keys]
    slo = escape(slo_url(name, base_url))
    ends = [_END.format(binding=one, slo=slo) for one in (_REDIRECT, _POST)]
    return _METADATA.format(
        us=escape(entity_id(name, base_url)), acs=escape(acs_url(name, base_url)),
        is_signed=str(bool(keys)).lower(),
        keys="".join([*(_key("signing", one) for one in keys), *opening]),
        ends="".join(ends) if keys and settings.slo_url else "",
    )  # fmt: skip


def _key(use: str, key: SamlKey, methods: str = "") -> str:
    body = "".join(key.certificate.splitlines()[1:-1])
    return _KEY.format(use=use, body=body, methods=methods)


class SamlClient:
    """Thread-safe."""

    def __init__(self, settings: SamlSettings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock

    def begin(self, flow: Flow, base_url: str) -> str:
        """Where the browser goes."""
        now = datetime.fromtimestamp(self._now_s(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        url = self.settings.sso_url
        request = _REQUEST.format(
            id=request_id(flow), now=now, there=escape(url), acs=escape(flow.redirect_uri),
            us=escape(entity_id(self.settings.name, base_url)),
        )  # fmt: skip
        return leading(url, "SAMLRequest", request, relay="", key=self._key)

    def leave(self, presence: SamlPresence, id: str, base_url: str) -> str:
        """Where the browser goes when somebody leaves here, to leave there, too; empty where it
        does not."""
        there = self.settings.slo_url
        if not self.ends_together or not self.settings.end_session:
            return ""
        text = request_text(self._letter(id, there, base_url), presence)
        return leading(there, "SAMLRequest", text, relay="", key=self._key)

    def read_leaving(
        self, query: str, form: dict[str, list[str]] | None, base_url: str
    ) -> Left | None:
        """Who left there; None for the answer to who left here. Raises SignOnRefused."""
        from vedette.access.signon.saml.leaving import read_leaving

        here = slo_url(self.settings.name, base_url)
        return read_leaving(query, form, self.settings, here=here, now_s=self._now_s())

    def answer(self, left: Left, id: str, base_url: str, *, is_done: bool) -> str:
        """Where the browser goes that came with a request."""
        there = self.settings.slo_response_url or self.settings.slo_url
        text = response_text(self._letter(id, there, base_url), left.id, is_done=is_done)
        return leading(there, "SAMLResponse", text, relay=left.relay, key=self._key)

    def read(self, text: str, base_url: str, *, next: str = "/") -> Answer:
        """What the provider says, whoever brought it; `next` is where nobody asked. Raises
        SignOnRefused."""
        # Needs the extra, without which no such provider can be configured.
        from vedette.access.signon.saml.responses import read_response

        name = self.settings.name
        recipient = acs_url(name, base_url)
        said = read_response(
            text, self.settings, audience=entity_id(name, base_url), recipient=recipient,
            now_s=self._now_s(),
        )  # fmt: skip
        return Answer(
            provider=name, issuer=self.settings.entity_id, recipient=recipient, said=said,
            next=next,
        )  # fmt: skip

    def _letter(self, id: str, there: str, base_url: str) -> Letter:
        us = entity_id(self.settings.name, base_url)
        return Letter(id=id, now_s=self._now_s(), there=there, us=us)

    @property
    def ends_together(self) -> bool:
        """Whether log-outs are told to each other."""
        return bool(self.settings.slo_url and self.settings.keys)

    @property
    def _key(self) -> SamlKey | None:
        return self.settings.keys[0] if self.settings.keys else None

    def _now_s(self) -> float:
        return self._clock.now_ns() / 1e9


def request_id(flow: Flow) -> str:
    """Ids may not begin with a digit."""
    return f"_{flow.state}"


def state_of(in_response_to: str) -> str:
    """The state of the flow with this request id; empty for what is none of ours."""
    return in_response_to[1:] if in_response_to.startswith("_") else ""


def issuer_of(settings: SamlSettings) -> str:
    """What users of this provider are known by; kept apart from those of OpenID Connect."""
    return f"saml:{settings.entity_id}"


def assertion_of(answer: Answer) -> Assertion:
    """Its issuer is kept apart from that of an OpenID Connect provider of the same name."""
    person = answer.said.person
    return Assertion(
        issuer=f"saml:{answer.issuer}", subject=person.subject, email=person.email,
        is_verified=True, name=person.name, groups=person.groups, presence=answer.said.presence,
    )  # fmt: skip
