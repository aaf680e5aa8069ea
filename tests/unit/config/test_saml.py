"""SAML providers, as they are written."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pydantic import ValidationError

from tests.support.saml import Signer
from vedette.config.saml import SamlConfig, certificate, sso_url

PEM = Signer.make().certificate
LEAST: dict[str, Any] = {
    "name": "idp", "entity_id": "https://idp.example.com", "sso_url": "https://idp.example.com/sso",
    "certificates": [PEM],
}  # fmt: skip


def test_the_least_lets_in_who_is_known() -> None:
    one = SamlConfig.model_validate(LEAST)
    assert one.certificates == (PEM,)
    assert not one.create_users
    assert (one.organization, one.role, one.allowed_domains) == ("default", "viewer", ())
    assert SamlConfig(name="idp").idp_metadata_file is None


def test_certificates_may_be_bare() -> None:
    bare = "".join(PEM.splitlines()[1:-1])
    assert certificate(bare) == certificate(f"\n {PEM}\n") == PEM


def test_the_address_may_have_a_query() -> None:
    for url in ("https://idp.example.com/sso?tenant=7&x=y", "http://127.0.0.1:80/sso"):
        assert sso_url(url) == url


@pytest.mark.parametrize(
    "change",
    [
        {"name": "A"}, {"sso_url": "http://idp.example.com/sso"}, {"sso_url": "https://a/#b"},
        {"sso_url": "https://a/?b c"}, {"sso_url": "javascript:x"}, {"certificates": ["x"]},
        {"certificates": [""]}, {"certificates": [PEM] * 9}, {"entity_id": "a b"},
        {"role": "root"}, {"groups": "x"},
    ],
    ids=[
        "name", "plain", "fragment", "space", "script", "no-certificate", "empty", "many",
        "entity", "role", "unknown",
    ],
)  # fmt: skip
def test_nonsense_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SamlConfig.model_validate(LEAST | change)


def test_weak_keys_are_refused() -> None:
    weak = rsa.generate_private_key(65537, 1024)
    for key in (weak, ec.generate_private_key(ec.SECP224R1())):
        with pytest.raises(ValueError, match="2048 bits"):
            certificate(Signer.make(key).certificate)
    strong = Signer.make(ec.generate_private_key(ec.SECP384R1())).certificate
    assert certificate(strong) == strong
