"""The hashes of an installation."""

import os
from pathlib import Path

import pytest

from vedette.app.hashing import open_hasher
from vedette.app.secret import local_secret
from vedette.config.schema import Config, StorageConfig
from vedette.errors import StoreError
from vedette.features.hashing import TextHasher


def config(path: Path) -> Config:
    return Config(storage=StorageConfig(path=str(path)))


def test_hashes_are_those_of_the_server(tmp_path: Path) -> None:
    key = local_secret(tmp_path)
    assert open_hasher(config(tmp_path)).text("a") == TextHasher(key).text("a")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_key_of_somebody_else_is_an_error(tmp_path: Path) -> None:
    local_secret(tmp_path)
    (tmp_path / "secret.key").chmod(0)
    with pytest.raises(StoreError, match="as the user that runs the server"):
        open_hasher(config(tmp_path))


def test_a_key_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("no directory")
    with pytest.raises(StoreError, match="Cannot read the key"):
        open_hasher(config(path))
