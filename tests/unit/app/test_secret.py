import stat
from pathlib import Path

import pytest

from vedette.app.secret import SECRET_BYTES, local_secret
from vedette.errors import ConfigError


def test_it_is_made_once_and_stays(tmp_path: Path) -> None:
    first = local_secret(tmp_path / "data")
    assert len(first) == SECRET_BYTES
    assert local_secret(tmp_path / "data") == first
    (path,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_directory_has_its_own(tmp_path: Path) -> None:
    assert local_secret(tmp_path / "a") != local_secret(tmp_path / "b")


def test_without_a_directory_it_lives_as_long_as_the_process() -> None:
    assert len(local_secret(None)) == SECRET_BYTES
    assert local_secret(None) != local_secret(None)


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    """A crash of an older version between making and writing it left such a file."""
    (tmp_path / "secret.key").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"damaged: it has 0 bytes"):
        local_secret(tmp_path)
