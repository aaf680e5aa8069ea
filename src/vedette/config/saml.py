"""Providers that speak SAML 2.0."""

import re
from typing import Annotated

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    SECP384R1,
    SECP521R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import AfterValidator, Field

from vedette.config.signon import SignOnConfig, provider_url
from vedette.config.values import OptionalPath

_LEAST_RSA_BITS = 2048
_CURVES = (SECP256R1, SECP384R1, SECP521R1)
_MARKS = re.compile(r"-----(?:BEGIN|END) CERTIFICATE-----|\s")


def sso_url(text: str) -> str:
    """An address that browsers are sent to, with or without a query."""
    provider_url(text.partition("?")[0])
    if not re.fullmatch(r"[\x21-\x7e]+", text) or "#" in text:
        raise ValueError("expected an address without # and spaces")
    return text


def certificate(text: str) -> str:
    """As PEM; metadata have it without its first and last line."""
    body = _MARKS.sub("", text)
    pem = f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        key = found.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("expected an X.509 certificate in PEM") from None
    if isinstance(key, RSAPublicKey):
        strong = key.key_size >= _LEAST_RSA_BITS
    else:
        strong = isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, _CURVES)
    if not strong:
        raise ValueError("expected a key of RSA with 2048 bits or more, or of P-256, P-384, P-521")
    return found.public_bytes(Encoding.PEM).decode()


EntityId = Annotated[str, Field(max_length=1024, pattern=r"^\S*$")]
Certificates = Annotated[
    tuple[Annotated[str, AfterValidator(certificate)], ...], Field(max_length=8)
]
SsoUrl = Annotated[str, AfterValidator(lambda text: sso_url(text) if text else text)]


class SamlConfig(SignOnConfig):
    """Providers that speak SAML 2.0; needs `pip install 'vedette[saml]'`, and `allowed_domains`.
    Register `<console.public_url>/sso/<name>/metadata` there as the name of the console (entity
    id) and `<console.public_url>/sso/<name>/acs` as the address for answers."""

    idp_metadata_file: OptionalPath = None
    """File with what the provider says of itself (metadata, XML). It takes the place of the next
    four."""
    entity_id: EntityId = ""
    """What the provider calls itself, to the letter."""
    sso_url: SsoUrl = ""
    """Where browsers go to log in: its address for HTTP-Redirect."""
    slo_url: SsoUrl = ""
    """Where browsers go to log out: its address for HTTP-Redirect. Needs `key_file`."""
    certificates: Certificates = ()
    """With whose keys it signs, in PEM; while it changes keys, both."""
    key_file: OptionalPath = None
    """File with a private RSA key of this console and its certificate, in PEM: with it requests
    are signed, encrypted assertions opened, and log-outs told to the provider and heard from it.
    While it changes, both pairs: the first signs, all open."""
    end_session: bool = True
    """Whether who logs out here is led to the provider to log out there, too, where it says how.
    Needs `key_file`. Register `<console.public_url>/sso/<name>/slo` there."""
    idp_initiated: bool = False
    """Whether log-ins may begin at the provider, on its page of applications. Anybody with a
    log-in there can then make a browser that he leads log in as himself."""
    email_attribute: Annotated[str, Field(max_length=500)] = ""
    """Attribute with the mail address. Empty: one of the usual names, else the name of the
    subject where it is an address."""
    groups_attribute: Annotated[str, Field(max_length=500)] = ""
    """Attribute with the names of groups. Empty: one of the usual names."""
