"""A SAML 2.0 identity provider, made with signxml; tests change what it says, and spoil it."""

import base64
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from lxml import etree
from signxml import algorithms
from signxml.signer import XMLSigner

from vedette.model.signon import SamlKey

SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
EMAIL_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
ENTITY_ID = "https://idp.example.com/metadata"
SSO_URL = "https://idp.example.com/sso"

_RESPONSE = """
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
    xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r{number}" Version="2.0"
    IssueInstant="{now}" Destination="{acs}" InResponseTo="{asked}">
  <saml:Issuer>{issuer}</saml:Issuer>
  <samlp:Status>
    <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>
  </samlp:Status>
  <saml:Assertion ID="_a{number}" Version="2.0" IssueInstant="{now}">
    <saml:Issuer>{issuer}</saml:Issuer>
    <saml:Subject>
      <saml:NameID Format="{format}">{subject}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData InResponseTo="{asked}" NotOnOrAfter="{ends}"
            Recipient="{acs}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{now}" NotOnOrAfter="{ends}">
      <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s{number}">
      <saml:AuthnContext>
        <saml:AuthnContextClassRef
        >urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
      </saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>{attributes}</saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>
"""
_METADATA = """<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
        <ds:X509Certificate>{certificate}</ds:X509Certificate>
      </ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        Location="https://idp.example.com/slo" ResponseLocation="https://idp.example.com/left"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
        Location="https://idp.example.com/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        Location="{sso_url}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
"""

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Hand = Callable[[Any], Any]
"""Changes a document in place, or returns another."""


class Signer(NamedTuple):
    """A key and who it is of."""

    key: Key
    certificate: str

    @classmethod
    def make(cls, key: Key | None = None, *, ends: int = 2100) -> Self:
        key = key or rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "idp")])
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
            .public_key(key.public_key()).not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(ends, 1, 1, tzinfo=UTC)).sign(key, hashes.SHA256())
        )  # fmt: skip
        return cls(key, made.public_bytes(Encoding.PEM).decode())

    def as_key(self) -> SamlKey:
        """As one of the console's own."""
        made = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return SamlKey(private=made.decode(), certificate=self.certificate)


class Asked(NamedTuple):
    """What a browser brings."""

    id: str
    acs: str
    issuer: str


class OldSigner(XMLSigner):
    """Signs as nobody should any more."""

    def check_deprecated_methods(self) -> None:
        pass


class SamlProvider:
    """Whoever comes is logged in at once as `subject`."""

    def __init__(self, signer: Signer, *, now: Callable[[], float]) -> None:
        self.signer = signer
        self.now = now
        self.entity_id, self.sso_url = ENTITY_ID, SSO_URL
        self._numbers = 0
        self.reset()

    def reset(self) -> None:
        """It says what it said at first."""
        self.subject, self.format = "ann-1", PERSISTENT
        self.attributes: dict[str, list[str]] = {
            "email": ["ann@example.com"], "displayName": ["Ann"],
        }  # fmt: skip
        self.parts: dict[str, str] = {}
        """Takes the place of parts of the template."""
        self.signs: tuple[str, ...] = ("assertion",)
        self.methods = ("RSA_SHA256", "SHA256")
        self.change: Hand = lambda root: root
        """Before it is signed."""
        self.seal: Hand = lambda assertion: assertion
        """Encrypts the assertion, signed or not, before the response is signed."""
        self.spoil: Hand = lambda root: root
        """After it was signed."""

    def number(self) -> int:
        """Another one each time."""
        self._numbers += 1
        return self._numbers

    @property
    def metadata(self) -> str:
        body = "".join(self.signer.certificate.splitlines()[1:-1])
        return _METADATA.format(
            entity_id=self.entity_id, sso_url=escape(self.sso_url), certificate=body
        )

    def asked(self, url: str) -> Asked:
        """What the address says that a browser was sent to."""
        (packed,) = parse_qs(urlsplit(url).query)["SAMLRequest"]
        root: Any = etree.fromstring(zlib.decompress(base64.b64decode(packed), wbits=-15))
        assert root.tag == f"{PROTOCOL}AuthnRequest"
        return Asked(
            root.get("ID"), root.get("AssertionConsumerServiceURL"),
            root.findtext(f"{SAML}Issuer"),
        )  # fmt: skip

    def answer(self, asked: Asked) -> str:
        """The `SAMLResponse` of the form."""
        root = self.made(asked)
        root = self.spoil(root)
        content = root if isinstance(root, bytes) else etree.tostring(root)
        return base64.b64encode(content).decode()

    def made(self, asked: Asked) -> Any:
        """A signed response."""
        now = self.now()
        parts = {
            "number": str(self.number()), "now": written(now), "ends": written(now + 300),
            "acs": asked.acs, "asked": asked.id, "issuer": self.entity_id,
            "format": self.format, "subject": self.subject, "audience": asked.issuer,
            "attributes": "".join(map(_attribute, self.attributes.items())),
        }  # fmt: skip
        root = etree.fromstring(_RESPONSE.format(**parts | self.parts).strip())
        root = self.change(root)
        if "assertion" in self.signs:
            plain = root.find(f"{SAML}Assertion")
            root.replace(plain, self.signed(plain))
        plain = root.find(f"{SAML}Assertion")
        if plain is not None:
            root.replace(plain, self.seal(plain))
        return self.signed(root) if "response" in self.signs else root

    def signed(self, element: Any) -> Any:
        """With a signature behind its issuer, where the schema wants it."""
        place = etree.Element(f"{DS}Signature", Id="placeholder", nsmap={"ds": DS[1:-1]})
        element.insert(1, place)
        method, digest = self.methods
        signer = OldSigner(
            signature_algorithm=algorithms.SignatureMethod[method],
            digest_algorithm=algorithms.DigestAlgorithm[digest],
            c14n_algorithm=algorithms.CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        return signer.sign(
            element, key=self.signer.key, cert=self.signer.certificate,
            reference_uri=f"#{element.get('ID')}", id_attribute="ID",
        )  # fmt: skip


class SamlSite:
    """The provider on a loopback port: a page that posts its answer by itself. Use it with
    `with`."""

    def __init__(self, provider: SamlProvider) -> None:
        self.provider = provider
        self._web = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        provider.sso_url = f"http://127.0.0.1:{self._web.server_address[1]}/sso"

    def __enter__(self) -> Self:
        threading.Thread(target=self._web.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._web.shutdown()
        self._web.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self.provider

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = provider.asked(self.path)
                page = (
                    f'<form method="post" action="{escape(asked.acs)}">'
                    f'<input type="hidden" name="SAMLResponse" value="{provider.answer(asked)}">'
                    '<input type="hidden" name="RelayState" value=""></form>'
                    "<script>document.forms[0].submit()</script>"
                ).encode()
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def written(at_s: float) -> str:
    """As XML writes times."""
    return (
        datetime.fromtimestamp(at_s, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _attribute(one: tuple[str, list[str]]) -> str:
    values = "".join(f"<saml:AttributeValue>{escape(v)}</saml:AttributeValue>" for v in one[1])
    return f'<saml:Attribute Name="{escape(one[0])}">{values}</saml:Attribute>'
