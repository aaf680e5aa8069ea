"""Tokens, cookies and how often one may guess."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.api.errors import TooManyAttempts
from vedette.api.sessions import Attempts, Sessions
from vedette.clock import FakeClock

DIGEST = hashlib.sha256(b"right").hexdigest()


def make(clock: FakeClock, *, digest: str = DIGEST, key: bytes = b"") -> Sessions:
    return Sessions(clock, token_sha256=digest, session_key=key, ttl_s=60)


def test_without_a_token_nothing_is_required() -> None:
    assert not make(FakeClock(), digest="").required
    assert make(FakeClock()).required


def test_a_cookie_lasts_its_time_and_survives_a_restart() -> None:
    clock = FakeClock()
    cookie, expires_s = make(clock).issue()
    restarted = make(clock)
    assert restarted.expiry_of(cookie) == expires_s
    clock.advance(59)
    assert restarted.expiry_of(cookie) == expires_s
    clock.advance(1)
    assert restarted.expiry_of(cookie) is None


def test_a_new_token_or_key_ends_all_sessions() -> None:
    clock = FakeClock()
    cookie, _ = make(clock).issue()
    assert make(clock, digest=hashlib.sha256(b"new").hexdigest()).expiry_of(cookie) is None
    assert make(clock, key=b"new").expiry_of(cookie) is None


def test_a_longer_expiry_breaks_the_signature() -> None:
    sessions = make(FakeClock())
    cookie, expires_s = sessions.issue()
    assert sessions.expiry_of(cookie.replace(str(expires_s), str(expires_s + 1))) is None


@given(st.text())
def test_no_text_is_a_session(text: str) -> None:
    assert make(FakeClock()).expiry_of(text) is None


def test_after_ten_wrong_tokens_even_the_right_one_waits() -> None:
    clock = FakeClock()
    sessions = make(clock)
    for _ in range(10):
        assert not sessions.accepts_token("wrong", "a")
    with pytest.raises(TooManyAttempts) as caught:
        sessions.accepts_token("right", "a")
    assert 1 <= caught.value.retry_after_s <= 7
    assert sessions.accepts_token("right", "b")
    clock.advance(caught.value.retry_after_s)
    assert sessions.accepts_token("right", "a")


def test_right_tokens_are_not_counted() -> None:
    sessions = make(FakeClock())
    assert all(sessions.accepts_token("right", "a") for _ in range(50))


def test_memory_of_addresses_is_bounded() -> None:
    attempts = Attempts(FakeClock(), burst=1)
    attempts.count("first")
    with pytest.raises(TooManyAttempts):
        attempts.check("first")
    for number in range(5_000):
        attempts.count(str(number))
    attempts.check("first")
    with pytest.raises(TooManyAttempts):
        attempts.check("4999")
