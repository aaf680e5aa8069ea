"""Credentials go in and come out, and lie there unreadable."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from vedette.access.checks import InvalidSetting
from vedette.access.envelope import CannotOpen
from vedette.access.master import NoMasterKey
from vedette.access.vault import Vault
from vedette.clock import FakeClock
from vedette.errors import NotFound, StoreError

SECRET = "sk-very-secret"
GIVEN = b"g" * 32


def vault(folder: Path, given: bytes = b"") -> Vault:
    return Vault(folder, FakeClock(), given=given)


def test_a_credential_is_kept_encrypted_for_this_user_only(tmp_path: Path) -> None:
    vault(tmp_path).set("openai", SECRET)
    assert vault(tmp_path).get("openai") == SECRET
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert SECRET.encode() not in file.read_bytes()


def test_lists_tell_names_and_times_only(tmp_path: Path) -> None:
    clock = FakeClock()
    kept = Vault(tmp_path, clock)
    assert kept.list() == ()
    first = kept.set("b", SECRET)
    clock.advance(5)
    kept.set("a", SECRET)
    second = kept.set("b", "sk-other")
    assert [one.name for one in kept.list()] == ["a", "b"]
    assert second.created_ns == first.created_ns
    assert second.updated_ns == first.updated_ns + 5 * 10**9
    assert "sk-" not in repr(kept.list())
    assert kept.get("b") == "sk-other"


def test_a_deleted_credential_is_gone(tmp_path: Path) -> None:
    kept = vault(tmp_path)
    kept.set("a", SECRET)
    kept.delete("a")
    with pytest.raises(NotFound, match="credentials set a"):
        kept.get("a")
    with pytest.raises(NotFound):
        kept.delete("a")


@pytest.mark.parametrize("name", ["", "a/b", "../x", "x" * 65, "a b", "é"])
def test_a_name_is_one_word(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidSetting):
        vault(tmp_path).set(name, SECRET)


@pytest.mark.parametrize("secret", ["", "two words", "line\n", "x" * 16_385, "schlüssel"])
def test_a_secret_is_one_word_and_never_told(tmp_path: Path, secret: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        vault(tmp_path).set("a", secret)
    assert caught.value.value == "(hidden)"


def test_without_the_master_key_nothing_opens_and_nothing_is_lost(tmp_path: Path) -> None:
    vault(tmp_path, GIVEN).set("a", SECRET)
    with pytest.raises(NoMasterKey):
        vault(tmp_path).get("a")
    with pytest.raises(NoMasterKey):
        vault(tmp_path, b"o" * 32).set("b", SECRET)
    with pytest.raises(NoMasterKey):
        vault(tmp_path, b"o" * 32).rekey()
    assert [one.name for one in vault(tmp_path).list()] == ["a"]
    assert vault(tmp_path, GIVEN).get("a") == SECRET


def test_credentials_cannot_be_exchanged_in_the_file(tmp_path: Path) -> None:
    kept = vault(tmp_path)
    kept.set("cheap", SECRET)
    kept.set("dear", "sk-dear")
    file = msgspec.json.decode(kept.path.read_bytes())
    names = file["credentials"]
    names["cheap"], names["dear"] = names["dear"], names["cheap"]
    kept.path.write_bytes(msgspec.json.encode(file))
    with pytest.raises(CannotOpen):
        kept.get("cheap")


def test_a_new_master_key_opens_what_the_old_one_did(tmp_path: Path) -> None:
    kept = vault(tmp_path)
    kept.set("a", SECRET)
    kept.set("b", "sk-b")
    old = (tmp_path / "master.key").read_bytes()
    before = kept.path.read_bytes()
    assert kept.rekey() == 2
    assert (tmp_path / "master.key").read_bytes() != old
    assert not (tmp_path / "master.key.next").exists()
    assert vault(tmp_path).get("a") == SECRET
    assert kept.get("b") == "sk-b"
    kept.path.write_bytes(before)
    with pytest.raises(NoMasterKey):
        vault(tmp_path).get("a")


def test_the_key_moves_to_the_environment_and_back(tmp_path: Path) -> None:
    vault(tmp_path).set("a", SECRET)
    assert vault(tmp_path).rekey(GIVEN) == 1
    assert not (tmp_path / "master.key").exists()
    with pytest.raises(NoMasterKey):
        vault(tmp_path).get("a")
    assert vault(tmp_path, GIVEN).get("a") == SECRET
    vault(tmp_path, GIVEN).rekey()
    assert vault(tmp_path).get("a") == SECRET


def test_a_rekey_that_broke_off_is_made_good_by_the_next(tmp_path: Path) -> None:
    kept = vault(tmp_path)
    kept.set("a", SECRET)
    old = (tmp_path / "master.key").read_bytes()
    kept.rekey()
    # As if it had ended before the last rename.
    os.replace(tmp_path / "master.key", tmp_path / "master.key.next")
    (tmp_path / "master.key").write_bytes(old)
    assert vault(tmp_path).get("a") == SECRET
    assert vault(tmp_path).rekey() == 1
    assert vault(tmp_path).get("a") == SECRET


@pytest.mark.parametrize("content", [b"", b"{}x", b'{"format": 2}', b'{"credentials": 1}'])
def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path, content: bytes) -> None:
    kept = vault(tmp_path)
    kept.path.write_bytes(content)
    with pytest.raises(StoreError):
        kept.set("a", SECRET)
    assert kept.path.read_bytes() == content


def test_a_directory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError):
        vault(tmp_path / "file" / "below").set("a", SECRET)


@pytest.mark.slow
def test_changes_of_several_processes_at_once_are_all_there(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from vedette.access.vault import Vault
from vedette.clock import SystemClock
vault = Vault(Path(sys.argv[1]), SystemClock())
for number in range(20):
    vault.set(f"{sys.argv[2]}{number}", "x")
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "abc"
    ]
    assert [each.wait(30) for each in running] == [0, 0, 0]
    kept = vault(tmp_path)
    assert len(kept.list()) == 60
    assert {kept.get(one.name) for one in kept.list()} == {"x"}
