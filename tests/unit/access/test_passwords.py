"""Passwords."""

import pytest

from vedette.access.checks import InvalidSetting
from vedette.access.passwords import LONGEST, SHORTEST, hash_password, is_password


def test_a_password_is_known_by_a_slow_hash_alone() -> None:
    hashed = hash_password("correct horse")
    assert hashed.startswith("$argon2id$")
    assert "correct" not in hashed
    assert is_password(hashed, "correct horse")
    assert not is_password(hashed, "correct horsf")
    assert hash_password("correct horse") != hashed


def test_nobody_has_a_password() -> None:
    assert not is_password("", "anything at all")
    assert not is_password("noise", "anything at all")


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_one_that_is_too_short_or_too_long_is_refused(length: int) -> None:
    with pytest.raises(InvalidSetting) as caught:
        hash_password("x" * length)
    assert "xxx" not in caught.value.message
