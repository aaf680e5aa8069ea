"""Messages that travel in an address (bindings, 3.4): packed, and signed as they stand there.

The signature is of the query as it was sent, letter by letter, so it is read once and from there.
"""

import base64
import re
import zlib
from typing import NamedTuple
from urllib.parse import unquote_plus, urlencode, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from vedette.access.signon.refusals import SignOnRefused
from vedette.model.signon import SamlKey

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512,
}  # fmt: skip
_METHODS = {
    f"{_MORE}{kind}-{name}": (kind, made)
    for kind in ("rsa", "ecdsa") for name, made in _HASHES.items()
}  # fmt: skip
_OURS = f"{_MORE}rsa-sha256"
_FIELDS = ("SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding")
_DEFLATE = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE"
_MOST_QUERY = 16_384
_MOST_BYTES = 131_072
"""Of what was packed."""


class Sent(NamedTuple):
    """What an address brought; nothing of it is believed yet."""

    kind: str
    """`SAMLRequest` or `SAMLResponse`."""
    message: bytes
    relay: str
    content: bytes
    """What the signature is of."""
    method: str
    signature: bytes


def leading(url: str, kind: str, message: str, *, relay: str, key: SamlKey | None) -> str:
    """The address that takes a message there, signed where there is a key."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(message.encode()) + packer.flush()
    fields = {kind: base64.b64encode(packed).decode()}
    if relay:
        fields["RelayState"] = relay
    if key is not None:
        fields["SigAlg"] = _OURS
    query = urlencode(fields)
    if key is not None:
        own = load_pem_private_key(key.private.encode(), None)
        assert isinstance(own, RSAPrivateKey)
        signature = own.sign(query.encode(), padding.PKCS1v15(), hashes.SHA256())
        query += "&" + urlencode({"Signature": base64.b64encode(signature).decode()})
    return f"{url}{'&' if urlsplit(url).query else '?'}{query}"


def read_query(query: str) -> Sent:
    """Raises SignOnRefused."""
    if len(query) > _MOST_QUERY or not query.isascii():
        raise SignOnRefused("The message is too large.")
    pairs = [pair.partition("=")[::2] for pair in query.split("&")]
    raw = {name: value for name, value in pairs if name in _FIELDS}
    if len(raw) != sum(name in _FIELDS for name, _ in pairs):
        raise SignOnRefused("The address says something twice.")
    kinds = [name for name in _FIELDS[:2] if name in raw]
    if len(kinds) != 1 or "SigAlg" not in raw or "Signature" not in raw:
        raise SignOnRefused("The address holds no message that is signed.")
    if unquote_plus(raw.get("SAMLEncoding", _DEFLATE)) != _DEFLATE:
        raise SignOnRefused("The message is packed in a way that is not known.")
    signed = [name for name in (kinds[0], "RelayState", "SigAlg") if name in raw]
    return Sent(
        kind=kinds[0], message=_unpacked(_bytes(raw[kinds[0]])),
        relay=unquote_plus(raw.get("RelayState", "")),
        content="&".join(f"{name}={raw[name]}" for name in signed).encode(),
        method=unquote_plus(raw["SigAlg"]), signature=_bytes(raw["Signature"]),
    )  # fmt: skip


def check_signature(sent: Sent, certificates: tuple[x509.Certificate, ...]) -> None:
    """Raises SignOnRefused unless one of them made it."""
    kind, made = _METHODS.get(sent.method, ("", hashes.SHA256))
    if not any(_holds(sent, one, kind, made()) for one in certificates):
        raise SignOnRefused("The signature is not believed.")


def _holds(sent: Sent, one: x509.Certificate, kind: str, made: hashes.HashAlgorithm) -> bool:
    key = one.public_key()
    try:
        if kind == "rsa" and isinstance(key, RSAPublicKey):
            key.verify(sent.signature, sent.content, padding.PKCS1v15(), made)
            return True
        if kind == "ecdsa" and isinstance(key, EllipticCurvePublicKey):
            key.verify(_der(sent.signature), sent.content, ECDSA(made))
            return True
    except (InvalidSignature, ValueError):
        pass
    return False


def _der(signature: bytes) -> bytes:
    """Two numbers of one length, one after the other (RFC 4050), as ASN.1."""
    half = len(signature) // 2
    return encode_dss_signature(
        int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    )


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"[ \t\r\n]", "", unquote_plus(text)), validate=True)
    except ValueError:
        raise SignOnRefused("The message is not base64.") from None


def _unpacked(packed: bytes) -> bytes:
    opener = zlib.decompressobj(wbits=-15)
    try:
        message = opener.decompress(packed, _MOST_BYTES)
    except zlib.error:
        raise SignOnRefused("The message cannot be unpacked.") from None
    if not opener.eof or opener.unused_data:
        raise SignOnRefused("The message is too large, or not whole.")
    return message
