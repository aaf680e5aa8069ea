"""Keys of the console for SAML, in a file."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from tests.support.saml import Signer
from vedette.config.saml_keys import MOST_KEYS, read_saml_keys

ONE, NEXT = Signer.make().as_key(), Signer.make().as_key()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "saml.pem"


def test_pairs_are_read_in_the_order_of_the_keys(file: Path) -> None:
    file.write_text(f"# ours\n{NEXT.certificate}{ONE.private}\n{ONE.certificate}{NEXT.private}")
    assert read_saml_keys(str(file)) == (ONE, NEXT)


def _locked() -> str:
    key = rsa.generate_private_key(65537, 2048)
    locked = BestAvailableEncryption(b"secret")
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked).decode()


def _weak(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    made = Signer.make(key).as_key()
    return made.private + made.certificate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds 0 keys"),
        (ONE.certificate, "holds 0 keys"),
        (ONE.private, "no certificate"),
        (ONE.private + NEXT.certificate, "no certificate"),
        (ONE.private.replace("MII", "AAA"), "an RSA key of 2048 bits"),
        (ONE.private + ONE.certificate.replace("MII", "AAA"), "an RSA key"),
        (_locked(), "not encrypted"),
        (_weak(rsa.generate_private_key(65537, 1024)), "2048 bits"),
        (_weak(ec.generate_private_key(ec.SECP256R1())), "an RSA key"),
        ((ONE.private + ONE.certificate) * (MOST_KEYS + 1), "holds 5 keys"),
    ],
    ids=["empty", "certificate", "bare", "of-another", "no-key", "no-certificate", "locked",
         "weak", "curve", "many"],
)  # fmt: skip
def test_what_is_no_pair_is_told_without_a_word_of_it(file: Path, text: str, words: str) -> None:
    file.write_text(text)
    with pytest.raises(ValueError, match=words) as caught:
        read_saml_keys(str(file))
    assert text.strip() == "" or text.splitlines()[1] not in str(caught.value)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_saml_keys(str(file))
