"""What single values must look like, where the whole tree does not show it."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from vedette.config.values import SECRET_KEYS, BaseUrl, OptionalName, OptionalPath, OptionalText


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (OptionalName, "eu-central-1"),
        (OptionalName, "global"),
        (OptionalText, "2024-10-21"),
        (OptionalText, "contoso.onmicrosoft.com"),
        (OptionalPath, "~/schlüssel/a b.json"),
        (BaseUrl, "https://login.microsoftonline.us"),
    ],
)
def test_good_values_stay_as_they_are(kind: Any, good: str) -> None:
    assert TypeAdapter(kind).validate_python(good) == good


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        (OptionalName, "eu central"),
        (OptionalName, "x.evil.example/"),
        (OptionalName, "-a"),
        (OptionalText, "a\nb"),
        (OptionalText, "ü"),
        (BaseUrl, "login.microsoftonline.com"),
    ],
)
def test_bad_values_are_refused(kind: Any, bad: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(bad)


@pytest.mark.parametrize("kind", [OptionalName, OptionalText, OptionalPath])
def test_an_empty_value_is_none(kind: Any) -> None:
    assert TypeAdapter(kind).validate_python(" ") is None


def test_everything_secret_is_named() -> None:
    assert {"api_key", "secret_access_key", "session_token", "client_secret"} <= SECRET_KEYS
