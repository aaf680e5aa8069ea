"""Where the signing key comes from."""

import base64
from pathlib import Path

import pytest

from vedette.audit.keys import FILE, PUBLIC_FILE, find_signature, open_signature, read_seed
from vedette.errors import ConfigError, StoreError


def test_the_key_is_made_once_and_for_its_user_alone(tmp_path: Path) -> None:
    assert find_signature(tmp_path / "new") is None
    made = open_signature(tmp_path / "new")
    path = tmp_path / "new" / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new" / PUBLIC_FILE).read_text().strip() == made.key.text
    assert open_signature(tmp_path / "new").key.text == made.key.text
    found = find_signature(tmp_path / "new")
    assert found is not None
    assert found.key.text == made.key.text


def test_a_key_that_is_given_goes_first_and_nothing_is_written(tmp_path: Path) -> None:
    given = open_signature(tmp_path, given=b"k" * 32)
    assert not (tmp_path / FILE).exists()
    assert given.key.text != open_signature(tmp_path).key.text
    assert open_signature(None).key.text != open_signature(None).key.text


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"short")
    with pytest.raises(StoreError, match="damaged"):
        open_signature(tmp_path)


def test_the_environment_has_base64() -> None:
    assert read_seed("") == b""
    assert read_seed(base64.b64encode(b"s" * 32).decode()) == b"s" * 32
    for text in ("secret!", base64.b64encode(b"short").decode()):
        with pytest.raises(ConfigError) as caught:
            read_seed(text)
        assert text not in caught.value.message
