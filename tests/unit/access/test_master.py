"""Which key is in force, and how another takes over."""

import base64
import os
from pathlib import Path

import pytest

from vedette.access.envelope import fingerprint
from vedette.access.master import MasterKey, NoMasterKey, read_master_key

GIVEN = b"g" * 32


def test_a_key_is_32_bytes_in_base64() -> None:
    text = base64.b64encode(GIVEN).decode()
    assert read_master_key(f" {text}\n") == GIVEN
    for wrong in ("", "secret words", text[:-4], text + text):
        with pytest.raises(NoMasterKey) as caught:
            read_master_key(wrong)
        assert not wrong or wrong not in caught.value.message


def test_without_a_given_key_one_is_made_once_for_this_user_only(tmp_path: Path) -> None:
    key = MasterKey(tmp_path, os.urandom).make()
    assert MasterKey(tmp_path, os.urandom).make() == key
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600
    assert MasterKey(tmp_path, os.urandom).find(fingerprint(key)) == key


def test_a_given_key_leaves_no_file(tmp_path: Path) -> None:
    master = MasterKey(tmp_path, os.urandom, GIVEN)
    assert master.make() == GIVEN
    assert master.find(fingerprint(GIVEN)) == GIVEN
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoMasterKey, match="VEDETTE_MASTER_KEY"):
        MasterKey(tmp_path, os.urandom, GIVEN).find(fingerprint(b"o" * 32))


def test_a_damaged_file_is_not_taken_for_a_key(tmp_path: Path) -> None:
    (tmp_path / "master.key").write_bytes(b"short")
    with pytest.raises(NoMasterKey, match="damaged"):
        MasterKey(tmp_path, os.urandom).make()


def test_both_keys_are_known_until_the_next_has_taken_over(tmp_path: Path) -> None:
    master = MasterKey(tmp_path, os.urandom)
    old, new = master.make(), master.prepare_next()
    assert old != new
    for key in (old, new):
        assert master.find(fingerprint(key)) == key
    master.take_next()
    assert master.find(fingerprint(new)) == new
    with pytest.raises(NoMasterKey):
        master.find(fingerprint(old))


def test_an_exchange_that_broke_off_is_finished_before_the_next(tmp_path: Path) -> None:
    master = MasterKey(tmp_path, os.urandom)
    master.make()
    in_force = master.prepare_next()
    master.settle(fingerprint(in_force))
    master.prepare_next()
    assert master.find(fingerprint(in_force)) == in_force


def test_a_given_key_that_takes_over_leaves_no_file(tmp_path: Path) -> None:
    master = MasterKey(tmp_path, os.urandom)
    master.make()
    assert master.prepare_next(GIVEN) == GIVEN
    master.take_next(given=GIVEN)
    assert master.make() == GIVEN
    assert list(tmp_path.iterdir()) == []
