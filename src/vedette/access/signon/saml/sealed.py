"""What a provider encrypts for the key of this console (XML Encryption 1.0 and 1.1).

The key of the content is encrypted with RSA-OAEP; PKCS 1 v1.5 is refused (Bleichenbacher 1998, and
for XML Jager, Schinzel and Somorovsky 2012). Whatever is wrong is said in one sentence.
"""

import base64
import re
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.documents import DS, HIDDEN, SAML, only, read_xml, text_of
from vedette.model.signon import SamlKey

XENC = "{http://www.w3.org/2001/04/xmlenc#}"
XENC11 = "{http://www.w3.org/2009/xmlenc11#}"
MOST_RECIPIENTS = 4
MOST_HIDDEN = 16

_ELEMENT = "http://www.w3.org/2001/04/xmlenc#Element"
_GCM = {f"{XENC11[1:-1]}aes{bits}-gcm": bits // 8 for bits in (128, 192, 256)}
_CBC = {f"{XENC[1:-1]}aes{bits}-cbc": bits // 8 for bits in (128, 192, 256)}
_OAEP = f"{XENC[1:-1]}rsa-oaep-mgf1p"
_OAEP11 = f"{XENC11[1:-1]}rsa-oaep"
_SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"
_DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    # Nobody has to find collisions of what OAEP hashes.
    _SHA1: hashes.SHA1,  # noqa: S303
    f"{XENC[1:-1]}sha256": hashes.SHA256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashes.SHA384,
    f"{XENC[1:-1]}sha512": hashes.SHA512,
}
_MASKS: dict[str, type[hashes.HashAlgorithm]] = {
    f"{XENC11[1:-1]}mgf1{name}": _DIGESTS[one]
    for name, one in zip(("sha1", "sha256", "sha384", "sha512"), _DIGESTS, strict=True)
}
_UNREADABLE = (InvalidTag, UnsupportedAlgorithm, LookupError, ValueError)


def open_hidden(signed: Any, keys: tuple[SamlKey, ...]) -> Any:
    """The element, with the names and attributes in their places that it has encrypted; its
    signature has to hold. Raises SignOnRefused."""
    hidden = list(signed.iter(*HIDDEN))
    if len(hidden) > MOST_HIDDEN:
        raise SignOnRefused(f"There are {len(hidden)} encrypted names and attributes.")
    for one in hidden:
        name = "NameID" if one.tag == f"{SAML}EncryptedID" else "Attribute"
        found = read_xml(open_sealed(one, keys, is_vouched=True, what=name))
        if found.tag != f"{SAML}{name}":
            raise SignOnRefused(f"What was encrypted is no {name}.")
        one.getparent().replace(one, found)
    return signed


def open_sealed(
    sealed: Any, keys: tuple[SamlKey, ...], *, is_vouched: bool, what: str = "assertion"
) -> bytes:
    """The content of what holds `EncryptedData`; `is_vouched`: a signature around it holds.
    Raises SignOnRefused."""
    if not keys:
        raise SignOnRefused(f"The {what} is encrypted, and no key is configured (key_file).")
    content = only(sealed, f"{XENC}EncryptedData")
    if content.get("Type", _ELEMENT) != _ELEMENT:
        raise SignOnRefused("What is encrypted is no element.")
    method = only(content, f"{XENC}EncryptionMethod").get("Algorithm", "")
    size = (_GCM | _CBC).get(method)
    if size is None:
        raise SignOnRefused(f"The {what} is not encrypted with AES in GCM or CBC.")
    if method in _CBC and not is_vouched:
        raise SignOnRefused(
            "The assertion is encrypted with AES-CBC in a response that is not signed: have the "
            "provider encrypt with AES-GCM, or sign the response, too."
        )
    holders = list(sealed.iter(f"{XENC}EncryptedKey"))
    if not 0 < len(holders) <= MOST_RECIPIENTS:
        raise SignOnRefused(f"The {what} is encrypted for {len(holders)} keys.")
    opened = (_read(content, method, key) for key in _keys_of(holders, keys) if len(key) == size)
    for found in opened:
        if found is not None:
            return found
    raise SignOnRefused(f"The {what} cannot be opened. Is it encrypted for this console's key?")


def _keys_of(holders: list[Any], keys: tuple[SamlKey, ...]) -> Iterator[bytes]:
    """What keys of ours make of the keys that were sent."""
    own = [load_pem_private_key(one.private.encode(), None) for one in keys]
    for holder in holders:
        scheme = _scheme(holder)
        for key in own:
            assert isinstance(key, RSAPrivateKey)
            try:
                yield key.decrypt(_cipher(holder), scheme)
            except _UNREADABLE:
                continue


def _scheme(holder: Any) -> padding.OAEP:
    method = only(holder, f"{XENC}EncryptionMethod")
    name = method.get("Algorithm", "")
    if name not in (_OAEP, _OAEP11):
        raise SignOnRefused("The key of what is encrypted is not encrypted with RSA-OAEP.")
    said = method.find(f"{DS}DigestMethod")
    digest = _DIGESTS.get(_SHA1 if said is None else said.get("Algorithm", ""))
    masked = method.find(f"{XENC11}MGF") if name == _OAEP11 else None
    mask = _DIGESTS[_SHA1] if masked is None else _MASKS.get(masked.get("Algorithm", ""))
    if digest is None or mask is None:
        raise SignOnRefused(
            "The key of what is encrypted is encrypted with a hash that is not known."
        )
    label = method.find(f"{XENC}OAEPparams")
    return padding.OAEP(
        padding.MGF1(mask()), digest(), None if label is None else _bytes(text_of(label))
    )


def _read(content: Any, method: str, key: bytes) -> bytes | None:
    """None where it is not for this key."""
    try:
        cipher = _cipher(content)
        if method in _GCM:
            return AESGCM(key).decrypt(cipher[:12], cipher[12:], None)
        reader = Cipher(AES(key), CBC(cipher[:16])).decryptor()
        plain = reader.update(cipher[16:]) + reader.finalize()
        # The last byte says how many were added; what these are does not count.
        return plain[: -plain[-1]] if 0 < plain[-1] <= 16 else None
    except _UNREADABLE:
        return None


def _cipher(holder: Any) -> bytes:
    return _bytes(text_of(only(only(holder, f"{XENC}CipherData"), f"{XENC}CipherValue")))


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"[ \t\r\n]", "", text), validate=True)
    except ValueError:
        raise SignOnRefused("What is encrypted is not base64.") from None
