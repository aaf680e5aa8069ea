"""Access tokens of Google Cloud."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from vedette.errors import ConfigError
from vedette.providers.google_token import Account, GoogleTokenRefused, read_token

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def service_account(**changes: Any) -> str:
    fields = {
        "type": "service_account",
        "project_id": "p1",
        "private_key_id": "k1",
        "private_key": pem(KEY),
        "client_email": "sa@p1.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.example.com/token",
        "universe_domain": "googleapis.com",
        **changes,
    }
    return json.dumps(fields)


def decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_service_account_signs_a_claim() -> None:
    asked = Account.read(service_account()).token_request(1_700_000_000.9)
    assert asked.url == "https://oauth2.example.com/token"
    form = parse_qs(asked.body.decode())
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    header, claims, signature = form["assertion"][0].split(".")
    assert json.loads(decode(header)) == {"alg": "RS256", "typ": "JWT", "kid": "k1"}
    assert json.loads(decode(claims)) == {
        "iss": "sa@p1.iam.gserviceaccount.com",
        "scope": "https://www.googleapis.com/auth/cloud-platform",
        "aud": "https://oauth2.example.com/token",
        "iat": 1_700_000_000,
        "exp": 1_700_003_600,
    }
    signed = f"{header}.{claims}".encode()
    # Raises where the signature is not that of the key.
    KEY.public_key().verify(decode(signature), signed, padding.PKCS1v15(), hashes.SHA256())


def test_a_person_has_a_refresh_token() -> None:
    fields = {"type": "authorized_user", "client_id": "c", "client_secret": "s&s",
              "refresh_token": "r", "quota_project_id": "p2"}  # fmt: skip
    account = Account.read(json.dumps(fields))
    asked = account.token_request(0)
    assert asked.url == "https://oauth2.googleapis.com/token"
    assert asked.headers == [(b"content-type", b"application/x-www-form-urlencoded")]
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["refresh_token"],
        "client_id": ["c"],
        "client_secret": ["s&s"],
        "refresh_token": ["r"],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("secret", "no JSON"),
        ('{"type": "service_account"}', "client_email and no private_key"),
        ('{"type": "external_account"}', "'external_account'"),
        ('{"type": "authorized_user", "client_id": "c"}', "client_secret and no refresh_token"),
        ("[]", "no JSON"),
    ],
)
def test_credentials_that_cannot_be_used_say_why(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Account.read(text)


def test_a_key_that_cannot_sign_says_so_and_nothing_of_itself() -> None:
    elliptic = pem(ec.generate_private_key(ec.SECP256R1()))
    for key, said in (("-----SECRET-----", "cannot be read"), (elliptic, "no RSA key")):
        account = Account.read(service_account(private_key=key))
        with pytest.raises(ConfigError, match=said) as raised:
            account.token_request(0)
        assert key not in raised.value.message


def test_the_token_in_an_answer() -> None:
    token = read_token(b'{"access_token": "ya29.x", "expires_in": 3599, "token_type": "B"}', "v")
    assert (token.value, token.expires_in_s) == ("ya29.x", 3599)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": "invalid_grant", "error_description": "secret"}', "invalid_grant"),
        (b'{"error": "look: a secret"}', "no answer"),
        (b"<html>", "no answer"),
        (b"\xff", "no answer"),
    ],
)
def test_an_answer_without_a_token(body: bytes, said: str) -> None:
    with pytest.raises(GoogleTokenRefused) as raised:
        read_token(body, "v")
    assert raised.value.message == f"Google gives provider 'v' no token: {said}."
