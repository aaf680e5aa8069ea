"""What a SAML provider says of log-outs, in addresses and in forms; tests spoil it."""

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from tests.support.saml import PERSISTENT, SamlProvider, written
from vedette.access.signon.saml.redirects import leading

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_NS = (
    'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
)
_REQUEST = (
    '<samlp:LogoutRequest {ns} ID="{id}" Version="2.0" IssueInstant="{now}" '
    'Destination="{there}" NotOnOrAfter="{ends}"><saml:Issuer>{issuer}</saml:Issuer>'
    '<saml:NameID Format="{format}">{subject}</saml:NameID>{sessions}</samlp:LogoutRequest>'
)
_RESPONSE = (
    '<samlp:LogoutResponse {ns} ID="{id}" Version="2.0" IssueInstant="{now}" '
    'Destination="{there}" InResponseTo="_1"><saml:Issuer>{issuer}</saml:Issuer><samlp:Status>'
    '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></samlp:Status>'
    "</samlp:LogoutResponse>"
)


def request_of(provider: SamlProvider, there: str, **parts: str) -> str:
    """That somebody left there, as XML."""
    return _filled(_REQUEST, provider, there, parts)


def response_of(provider: SamlProvider, there: str, **parts: str) -> str:
    """That somebody who left here left there, too."""
    return _filled(_RESPONSE, provider, there, parts)


def in_query(provider: SamlProvider, kind: str, text: str, *, relay: str = "") -> str:
    """The query of an address, signed."""
    signer = provider.signer
    if isinstance(signer.key, ec.EllipticCurvePrivateKey):
        unsigned = leading("", kind, text, relay=relay, key=None)[1:]
        query = f"{unsigned}&{urlencode({'SigAlg': f'{MORE}ecdsa-sha256'})}"
        pair = decode_dss_signature(signer.key.sign(query.encode(), ec.ECDSA(hashes.SHA256())))
        size = (signer.key.key_size + 7) // 8
        made = b"".join(one.to_bytes(size, "big") for one in pair)
        return f"{query}&{urlencode({'Signature': base64.b64encode(made).decode()})}"
    return leading("", kind, text, relay=relay, key=signer.as_key())[1:]


def signed_again(provider: SamlProvider, query: str) -> str:
    """Another query with a signature that holds, whatever it says."""
    key: Any = provider.signer.key
    made = key.sign(query.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{query}&{urlencode({'Signature': base64.b64encode(made).decode()})}"


def in_form(
    provider: SamlProvider, text: str, spoil: Callable[[Any], Any] = lambda root: root
) -> str:
    """The field of a form, with a signature inside."""
    root = spoil(provider.signed(etree.fromstring(text)))
    return base64.b64encode(etree.tostring(root)).decode()


def _filled(template: str, provider: SamlProvider, there: str, parts: dict[str, str]) -> str:
    now = provider.now()
    known = {
        "ns": _NS, "id": f"_q{provider.number()}", "now": written(now), "ends": written(now + 300),
        "there": there, "issuer": provider.entity_id, "subject": provider.subject,
        "format": PERSISTENT, "sessions": "", "status": "Success",
    }  # fmt: skip
    return template.format(**known | parts)
