"""The service provider for one SAML 2.0 identity provider: asks, reads answers, describes itself.

The answer is a POST from a page of another site, with which the browser sends no cookie. So what
was verified is kept for a moment, and the browser is led to a page of ours: only there, with the
cookie of the browser that began, and where the answer is to its request, somebody logs in.
"""

import base64
import zlib
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode, urlsplit

from vedette.access.signon.flows import Flow
from vedette.access.signon.saml.kept import Answer
from vedette.clock import Clock
from vedette.model.signon import Assertion, SamlSettings

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
    '  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" '
    f'protocolSupportEnumeration="{_PROTOCOL}">\n'
    f'    <md:AssertionConsumerService Binding="{_POST}" Location="{{acs}}" index="0" '
    'isDefault="true"/>\n  </md:SPSSODescriptor>\n</md:EntityDescriptor>\n'
)


def acs_url(name: str, base_url: str) -> str:
    """Where the provider sends its answers."""
    return f"{base_url}/sso/{name}/acs"


def entity_id(name: str, base_url: str) -> str:
    """What the provider calls this console."""
    return f"{base_url}/sso/{name}/metadata"


def metadata(name: str, base_url: str) -> str:
    """What this console says of itself."""
    return _METADATA.format(
        us=escape(entity_id(name, base_url)), acs=escape(acs_url(name, base_url))
    )


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
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(request.encode()) + packer.flush()
        asked = urlencode({"SAMLRequest": base64.b64encode(packed).decode()})
        return f"{url}{'&' if urlsplit(url).query else '?'}{asked}"

    def read(self, text: str, base_url: str) -> Answer:
        """What the provider says, whoever brought it. Raises SignOnRefused."""
        # Needs the extra, without which no such provider can be configured.
        from vedette.access.signon.saml.responses import read_response

        name = self.settings.name
        recipient = acs_url(name, base_url)
        said = read_response(
            text, self.settings, audience=entity_id(name, base_url), recipient=recipient,
            now_s=self._now_s(),
        )  # fmt: skip
        return Answer(provider=name, issuer=self.settings.entity_id, recipient=recipient, said=said)

    def _now_s(self) -> float:
        return self._clock.now_ns() / 1e9


def request_id(flow: Flow) -> str:
    """Ids may not begin with a digit."""
    return f"_{flow.state}"


def state_of(in_response_to: str) -> str:
    """The state of the flow with this request id; empty for what is none of ours."""
    return in_response_to[1:] if in_response_to.startswith("_") else ""


def assertion_of(answer: Answer) -> Assertion:
    """Its issuer is kept apart from that of an OpenID Connect provider of the same name."""
    person = answer.said.person
    return Assertion(
        issuer=f"saml:{answer.issuer}", subject=person.subject, email=person.email,
        is_verified=True, name=person.name, groups=person.groups,
    )  # fmt: skip
