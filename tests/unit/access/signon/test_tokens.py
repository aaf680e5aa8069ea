"""Which ID tokens are believed."""

import hmac
import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from vedette.access.signon.discovery import JsonKeys
from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.tokens import ALGORITHMS, check_claims, check_signature, key_id

NOW_S = 1_700_000_000
RSA = RSAKey.generate_key(2048, {"kid": "a", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "b"})
OKP = OKPKey.generate_key("Ed25519", {"kid": "c"})
CLAIMS = {"iss": "https://i", "aud": "me", "sub": "s", "nonce": "n", "iat": NOW_S, "exp": NOW_S + 9}


def published(*keys: Any) -> JsonKeys:
    found: Any = KeySet(list(keys)).as_dict(private=False)
    return JsonKeys(keys=tuple(found["keys"]))


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(RSA, "RS256"), (RSA, "PS384"), (EC, "ES256"), (OKP, "Ed25519")],
    ids=["rsa", "pss", "ec", "okp"],
)
def test_signatures_of_its_keys_are_believed(key: Any, algorithm: str) -> None:
    header = {"alg": algorithm, "kid": key.kid}
    token = jwt.encode(header, dict(CLAIMS), key, algorithms=[algorithm])
    assert key_id(token) == key.kid
    assert check_signature(token, published(RSA, EC, OKP), ALGORITHMS)["sub"] == "s"
    with pytest.raises(SignOnRefused):
        check_signature(token, published(RSA, EC, OKP), ("ES512",))


def test_a_single_key_needs_no_name() -> None:
    token = jwt.encode({"alg": "RS256"}, dict(CLAIMS), RSA)
    assert key_id(token) is None
    assert check_signature(token, published(RSA), ["RS256"])["sub"] == "s"


def test_keys_are_not_confused() -> None:
    # Everybody knows the public key: as a shared secret it proves nothing.
    public = RSA.as_pem(private=False)
    for secret in (public, public.strip(), RSA.as_der(private=False), b"secret"):
        said = _unsigned("HS256").rstrip(".")
        forged = f"{said}.{_coded(hmac.digest(secret, said.encode(), 'sha256'))}"
        with pytest.raises(SignOnRefused):
            check_signature(forged, published(RSA), ("RS256", "HS256"))
        listed = JsonKeys(keys=({"kty": "oct", "k": "c2VjcmV0", "kid": "a"},))
        with pytest.raises(SignOnRefused):
            check_signature(forged, listed, ("HS256",))


def test_a_key_in_the_header_of_the_token_is_not_believed() -> None:
    mine = RSAKey.generate_key(2048, {"kid": "a"})
    header = {"alg": "RS256", "kid": "a", "jwk": mine.as_dict(private=False)}
    forged = jwt.encode(header, dict(CLAIMS), mine)
    with pytest.raises(SignOnRefused):
        check_signature(forged, published(RSA), ["RS256"])


def test_keys_for_encryption_sign_nothing() -> None:
    other = RSAKey.generate_key(2048, {"kid": "a", "use": "enc"})
    listed: Any = KeySet([other]).as_dict(private=False)
    token = jwt.encode({"alg": "RS256", "kid": "a"}, dict(CLAIMS), RSA)
    with pytest.raises(SignOnRefused):
        check_signature(token, JsonKeys(keys=tuple(listed["keys"])), ["RS256"])


def _unsigned(algorithm: str) -> str:
    parts = ({"alg": algorithm, "kid": "a"}, CLAIMS)
    return ".".join((*(_coded(json.dumps(part).encode()) for part in parts), ""))


def _coded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "....", _unsigned("none"), _unsigned("None"), _unsigned("RS256"), "é.é.é"],
    ids=["empty", "word", "parts", "dots", "none", "None", "bare", "letters"],
)
def test_what_is_not_signed_is_refused(token: str) -> None:
    with pytest.raises(SignOnRefused):
        check_signature(token, published(RSA), ("none", "RS256"))


def test_a_header_that_has_to_be_understood_and_is_not_is_refused() -> None:
    token = jwt.encode({"alg": "RS256", "kid": "a"}, dict(CLAIMS), RSA)
    header = {"alg": "RS256", "kid": "a", "crit": ["odd"], "odd": 1}
    encoded = _coded(json.dumps(header).encode())
    with pytest.raises(SignOnRefused):
        check_signature(".".join((encoded, *token.split(".")[1:])), published(RSA), ["RS256"])


def test_a_token_that_is_too_long_is_not_read() -> None:
    with pytest.raises(SignOnRefused, match="too long"):
        key_id("a" * 40_000)


def judge(**changes: Any) -> None:
    claims = {k: v for k, v in (CLAIMS | changes).items() if v is not None}
    check_claims(claims, issuer="https://i", client_id="me", nonce="n", now_s=NOW_S)


def test_a_token_for_this_log_in_is_believed() -> None:
    judge()
    judge(aud=["you", "me"], azp="me")
    # Clocks differ.
    judge(iat=NOW_S + 50, nbf=NOW_S + 59)
    judge(exp=NOW_S - 59)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://i/"}, {"iss": None}, {"aud": "you"}, {"aud": []}, {"aud": 7},
        {"aud": ["you", "me"]}, {"azp": "you"}, {"nonce": "N"}, {"nonce": None}, {"nonce": 7},
        {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "s" * 256}, {"exp": NOW_S - 60},
        {"exp": "9999999999"}, {"exp": float("nan")}, {"iat": NOW_S + 61}, {"iat": NOW_S - 3_600},
        {"nbf": NOW_S + 61}, {"iat": None},
    ],
    ids=lambda change: str(change)[:40],
)  # fmt: skip
def test_any_other_is_not(change: dict[str, Any]) -> None:
    with pytest.raises(SignOnRefused):
        judge(**change)
