"""Keys of this console: they sign for SAML providers, and open what these encrypt."""

import re

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from vedette.config.files import read_text
from vedette.model.signon import SamlKey

MOST_KEYS = 4
LEAST_BITS = 2048

_BLOCK = re.compile(r"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.DOTALL)
_NEEDED = f"an RSA key of {LEAST_BITS} bits or more, not encrypted, and its certificate"


def read_saml_keys(path: str) -> tuple[SamlKey, ...]:
    """The pairs in a file, in the order of the keys. Raises ValueError that says what is wrong,
    without a word of the file."""
    blocks = [(found[1], found[0]) for found in _BLOCK.finditer(read_text(path))]
    try:
        keys = [_key(text) for kind, text in blocks if kind.endswith("PRIVATE KEY")]
        certificates = [
            x509.load_pem_x509_certificate(text.encode())
            for kind, text in blocks if kind == "CERTIFICATE"
        ]  # fmt: skip
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError(f"{path!r} cannot be used: it should hold {_NEEDED}") from None
    if not 0 < len(keys) <= MOST_KEYS:
        raise ValueError(f"{path!r} holds {len(keys)} keys: it should hold {_NEEDED}")
    return tuple(_pair(path, key, certificates) for key in keys)


def _key(text: str) -> RSAPrivateKey:
    found = load_pem_private_key(text.encode(), None)
    if not isinstance(found, RSAPrivateKey) or found.key_size < LEAST_BITS:
        raise ValueError
    return found


def _pair(path: str, key: RSAPrivateKey, certificates: list[x509.Certificate]) -> SamlKey:
    for one in certificates:
        if one.public_key() == key.public_key():
            private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            return SamlKey(
                private=private.decode(), certificate=one.public_bytes(Encoding.PEM).decode()
            )
    raise ValueError(f"{path!r} has no certificate of one of its keys")
