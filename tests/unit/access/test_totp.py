"""One-time codes, against the vectors of RFC 6238."""

import os

import pytest

from vedette.access.totp import (
    RECOVERY_CODES,
    code_at,
    hash_code,
    matching_step,
    new_codes,
    spend,
    uri,
)

SECRET = b"12345678901234567890"
VECTORS = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}


@pytest.mark.parametrize("now_s", VECTORS)
def test_codes_are_those_of_the_rfc(now_s: int) -> None:
    assert code_at(SECRET, now_s // 30) == VECTORS[now_s]
    assert matching_step(SECRET, VECTORS[now_s], now_s) == now_s // 30
    assert matching_step(SECRET, f" {VECTORS[now_s][:3]} {VECTORS[now_s][3:]} ", now_s + 29)


def test_clocks_may_differ_a_little() -> None:
    now_s = 1234567890
    assert matching_step(SECRET, VECTORS[now_s], now_s + 30) == now_s // 30
    assert matching_step(SECRET, VECTORS[now_s], now_s - 30) == now_s // 30
    assert matching_step(SECRET, VECTORS[now_s], now_s + 90) is None
    assert matching_step(SECRET, "000000", now_s) is None
    assert matching_step(SECRET, "\u0661\u0662\u0663\u0664\u0665\u0666", now_s) is None


def test_recovery_codes_work_once() -> None:
    codes = new_codes(os.urandom)
    assert len(set(codes)) == RECOVERY_CODES
    hashes = [hash_code(code) for code in codes]
    left = spend(hashes, f" {codes[3].upper()} ")
    assert left is not None
    assert len(left) == RECOVERY_CODES - 1
    assert spend(left, codes[3]) is None


def test_apps_read_a_link() -> None:
    assert uri(SECRET, "ann@example.com") == (
        "otpauth://totp/Vedette:ann%40example.com"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Vedette"
    )
