"""Whose signature it is, and of what: the element that is returned is the one that was signed.

Only the configured certificates count: what a signature says of its own key is not looked at.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.documents import (
    DS,
    ENCRYPTED,
    SAML,
    Document,
    id_of,
    only,
    read_opened,
)
from vedette.access.signon.saml.sealed import open_sealed
from vedette.model.signon import SamlKey

_HASHES = ("SHA256", "SHA384", "SHA512")
_METHODS = frozenset(
    SignatureMethod[f"{kind}_{one}"] for kind in ("RSA", "ECDSA") for one in _HASHES
)
_DIGESTS = frozenset(DigestAlgorithm[one] for one in _HASHES)
_TRANSFORMS = frozenset({
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
})  # fmt: skip
_UNSOUND = (
    SignXMLException, InvalidSignature, UnsupportedAlgorithm, etree.LxmlError, ArithmeticError,
    AssertionError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What becomes of signatures that cannot be read, or do not hold."""


def verified_assertion(document: Document, certificates: tuple[str, ...], now_s: float) -> Any:
    """The assertion as it was signed, read anew from the signed bytes.

    All signatures of the document have to hold. Raises SignOnRefused.
    """
    found = {one.tag: verified(one, certificates, now_s) for one in document.signed}
    direct = found.get(f"{SAML}Assertion")
    return direct if direct is not None else only(found[document.response.tag], f"{SAML}Assertion")


def opened_assertion(
    document: Document, certificates: tuple[str, ...], keys: tuple[SamlKey, ...], now_s: float
) -> Any:
    """The encrypted assertion of a document, of which again all signatures have to hold. Raises
    SignOnRefused.

    CBC does not tell whether it was changed on the way, so whoever could send what he likes would
    learn what stands in it from what becomes of it (Jager and Somorovsky 2011). It is opened only
    where the response around it is signed, and after that was verified.
    """
    sealed, is_vouched = document.assertion, bool(document.signed)
    if is_vouched:
        sealed = only(verified(document.response, certificates, now_s), ENCRYPTED)
    found = read_opened(open_sealed(sealed, keys, is_vouched=is_vouched))
    if found.is_signed:
        return verified(found.assertion, certificates, now_s)
    if not is_vouched:
        raise SignOnRefused("Nothing is signed.")
    return found.assertion


def usable_certificates(
    certificates: tuple[str, ...], now_s: float
) -> tuple[x509.Certificate, ...]:
    """Those that count now. Raises SignOnRefused where none does."""
    usable = tuple(_usable(certificates, now_s))
    if not usable:
        raise SignOnRefused("All certificates of the provider have expired; configure its new one.")
    return usable


def _usable(certificates: tuple[str, ...], now_s: float) -> Iterator[x509.Certificate]:
    now = datetime.fromtimestamp(now_s, UTC)
    for pem in certificates:
        one = x509.load_pem_x509_certificate(pem.encode())
        if one.not_valid_before_utc <= now <= one.not_valid_after_utc:
            yield one


def verified(element: Any, certificates: tuple[str, ...], now_s: float) -> Any:
    """The element as it was signed. Raises SignOnRefused."""
    usable = usable_certificates(certificates, now_s)
    _check_reference(element)
    expected = SignatureConfiguration(
        require_x509=True, location="./", expect_references=1, signature_methods=_METHODS,
        digest_algorithms=_DIGESTS, ignore_ambiguous_key_info=True,
        verification_time=datetime.fromtimestamp(now_s, UTC),
    )  # fmt: skip
    # Without what stands around it, so that nothing else can be found in its place.
    content = etree.tostring(element, with_tail=False)
    for certificate in usable:
        try:
            found = XMLVerifier().verify(
                content, x509_cert=certificate, expect_config=expected, id_attribute="ID"
            )
        except _UNSOUND:
            continue
        return _same(found, element)
    raise SignOnRefused("The signature is not believed.")


def _same(found: VerifyResult | list[VerifyResult], element: Any) -> Any:
    taken: Any = found.signed_xml if isinstance(found, VerifyResult) else None
    if taken is None or taken.tag != element.tag or taken.get("ID") != element.get("ID"):
        raise SignOnRefused("Something else is signed.")
    return taken


def _check_reference(element: Any) -> None:
    """That the signature is of the element that holds it, whole, by one reference."""
    signature = only(element, f"{DS}Signature")
    reference = only(only(signature, f"{DS}SignedInfo"), f"{DS}Reference")
    if reference.get("URI") != f"#{id_of(element)}":
        raise SignOnRefused("The signature is of something else.")
    if next(signature.iter("{*}Object"), None) is not None:
        raise SignOnRefused("The signature holds more than a signature.")
    used = {one.get("Algorithm") for one in signature.iter("{*}Transform")}
    if not used <= _TRANSFORMS:
        raise SignOnRefused("The signature changes what it signs.")
