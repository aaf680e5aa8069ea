"""Errors carry what a server and a machine need."""

import pytest

from vedette import errors
from vedette.errors import Overloaded, VedetteError


def kinds() -> list[type[VedetteError]]:
    found = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [kind for kind in found if issubclass(kind, VedetteError)]


def test_codes_are_stable_words_and_belong_to_one_error_each() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))
    assert all(code.islower() and code.isidentifier() for code in codes)


@pytest.mark.parametrize("kind", kinds())
def test_status_is_an_http_error(kind: type[VedetteError]) -> None:
    assert 400 <= kind.status < 600


def test_message_is_what_users_read() -> None:
    error = VedetteError("Unknown provider 'opnai'.")
    assert error.message == str(error) == "Unknown provider 'opnai'."


def test_overload_says_when_to_come_back() -> None:
    error = Overloaded("The queue is full.", retry_after_s=2.5)
    assert (error.status, error.retry_after_s) == (429, 2.5)
