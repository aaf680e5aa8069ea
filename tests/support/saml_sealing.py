"""Encrypts assertions as providers do (XML Encryption), well or badly."""

import base64
import os
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from lxml import etree

XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
GCM, CBC_METHOD = f"{XENC11}aes256-gcm", f"{XENC}aes256-cbc"
OAEP, OAEP11, PKCS1 = f"{XENC}rsa-oaep-mgf1p", f"{XENC11}rsa-oaep", f"{XENC}rsa-1_5"
_SEALED = """
<saml:{name} xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">
  <xenc:EncryptedData xmlns:xenc="{xenc}" Type="{xenc}Element">
    <xenc:EncryptionMethod Algorithm="{method}"/>
    <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{inside}</ds:KeyInfo>
    <xenc:CipherData><xenc:CipherValue>{cipher}</xenc:CipherValue></xenc:CipherData>
  </xenc:EncryptedData>{beside}
</saml:{name}>
"""
_KEY = """
<xenc:EncryptedKey xmlns:xenc="{xenc}"><xenc:EncryptionMethod Algorithm="{method}">{more}
  </xenc:EncryptionMethod>
  <xenc:CipherData><xenc:CipherValue>{cipher}</xenc:CipherValue></xenc:CipherData>
</xenc:EncryptedKey>
"""
_SHA256 = (
    f'<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="{XENC}sha256"/>'
    f'<xenc11:MGF xmlns:xenc11="{XENC11}" Algorithm="{XENC11}mgf1sha256"/>'
)


def sealed(
    content: Any, certificate: str, *, method: str = GCM, transport: str = OAEP,
    beside: bool = False, others: tuple[str, ...] = (), name: str = "EncryptedAssertion",
) -> Any:  # fmt: skip
    """The element (or bytes) for the keys of these certificates; `beside`: these stand outside of
    the data."""
    plain = content if isinstance(content, bytes) else etree.tostring(content, with_tail=False)
    key = os.urandom(int(method.split("aes")[1][:3]) // 8)
    keys = "".join(_wrapped(key, one, transport) for one in (*others, certificate))
    text = _SEALED.format(
        name=name, xenc=XENC, method=method,
        cipher=base64.b64encode(_cipher(plain, key, method)).decode(),
        inside="" if beside else keys, beside=keys if beside else "",
    )  # fmt: skip
    return etree.fromstring(text.strip())


def hidden(root: Any, path: str, certificate: str, *, name: str, **how: Any) -> Any:
    """With an element within encrypted by itself."""
    one = root.find(f".//{path}")
    one.getparent().replace(one, sealed(one, certificate, name=name, **how))
    return root


def flipped(root: Any, at: int) -> Any:
    """With one byte of the content changed."""
    value = root.find(f".//{{{XENC}}}EncryptedData/{{{XENC}}}CipherData/{{{XENC}}}CipherValue")
    content = bytearray(base64.b64decode(value.text))
    content[at] ^= 1
    value.text = base64.b64encode(bytes(content)).decode()
    return root


def _cipher(plain: bytes, key: bytes, method: str) -> bytes:
    if method.endswith("-gcm"):
        nonce = os.urandom(12)
        return nonce + AESGCM(key).encrypt(nonce, plain, None)
    count = 16 - len(plain) % 16
    nonce = os.urandom(16)
    # Only the last byte of what is added says anything (XML Encryption, 5.2).
    padded = plain + os.urandom(count - 1) + bytes([count])
    writer = Cipher(AES(key), CBC(nonce)).encryptor()
    return nonce + writer.update(padded) + writer.finalize()


def _wrapped(key: bytes, certificate: str, transport: str) -> str:
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    assert isinstance(public, RSAPublicKey)
    made = hashes.SHA256 if transport == OAEP11 else hashes.SHA1
    scheme = padding.OAEP(padding.MGF1(made()), made(), None)
    cipher = public.encrypt(key, padding.PKCS1v15() if transport == PKCS1 else scheme)
    more = _SHA256 if transport == OAEP11 else ""
    text = base64.b64encode(cipher).decode()
    return _KEY.format(xenc=XENC, method=transport, cipher=text, more=more)
