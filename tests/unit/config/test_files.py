"""Credentials in files of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from vedette.config.files import MAX_BYTES, files_of, read_credentials, read_keys
from vedette.config.provider import ProviderConfig

ACCOUNT = {"type": "service_account", "client_email": "a@b", "private_key": "x"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "secret"


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (b"sk-1", ("sk-1",)),
        (b"sk-1\n", ("sk-1",)),
        (b"\xef\xbb\xbfsk-1\r\n\r\n  sk-2\r\n", ("sk-1", "sk-2")),
    ],
)
def test_keys_stand_one_a_line(file: Path, content: bytes, keys: tuple[str, ...]) -> None:
    file.write_bytes(content)
    assert read_keys(str(file)) == keys


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "holds no key"),
        (b"\n \n", "holds no key"),
        (b"hunter2 hunter2", "more than keys"),
        (b"hunter2\x00", "more than keys"),
        (b"hunter2\xff", "is not text"),
        (b"hunter2" * MAX_BYTES, "more than 65536 bytes"),
    ],
)
def test_what_is_wrong_is_said_without_a_word_of_the_file(
    file: Path, content: bytes, what: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(ValueError, match=what) as raised:
        read_keys(str(file))
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("path", ["{}/none", "{}", "a\0b", "~nobody-of-this-name/key"])
def test_what_cannot_be_read_is_named(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_keys(path.format(tmp_path))


def test_the_home_directory_may_be_written_short(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(file.parent))
    file.write_text("sk-1")
    assert read_keys("~/secret") == ("sk-1",)


USER = {"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}


@pytest.mark.parametrize("credentials", [ACCOUNT, USER])
def test_credentials_of_google_are_read_as_they_are(
    file: Path, credentials: dict[str, str]
) -> None:
    file.write_text(json.dumps(credentials))
    assert json.loads(read_credentials(str(file))) == credentials


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "more than"),
        ("[" * 50_000, "is not JSON"),
        ("[]", "no credentials file"),
        ('{"type": "external_account"}', "no credentials file"),
        ('{"type": ["service_account"]}', "no credentials file"),
        ('{"type": "service_account", "private_key": "hunter2"}', "has no client_email"),
        ('{"type": "authorized_user"}', "has no client_id and no client_secret and no refresh"),
    ],
)
def test_any_other_file_is_refused(file: Path, content: str, what: str) -> None:
    file.write_text(content)
    with pytest.raises(ValueError, match=what) as error:
        read_credentials(str(file))
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("settings", "files"),
    [
        ({}, []),
        ({"api_key_file": "a"}, ["a"]),
        ({"google": {}}, []),
        ({"google": {"credentials_file": "b"}, "api_key_file": "a"}, ["a", "b"]),
    ],
)
def test_the_files_of_a_provider_are_known(settings: dict[str, Any], files: list[str]) -> None:
    provider = ProviderConfig(name="p", kind="k", **settings)
    assert [str(path) for path in files_of(provider)] == files
