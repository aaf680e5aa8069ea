"""One file and its connections."""

import sqlite3
from pathlib import Path

import pytest

from vedette.errors import StoreError
from vedette.stores.spans.sqlite.files import FileGone, SpanFile, is_damage, read_stat
from vedette.stores.spans.sqlite.schema import Opening

MARK = "UPDATE stat SET spans = 7"


def fail_half_way(file: SpanFile) -> None:
    with file.transaction() as conn:
        conn.execute(MARK)
        conn.execute("no SQL")


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path, in_memory: bool) -> None:
    file = SpanFile(None if in_memory else tmp_path / "a.db", Opening())
    file.terms["default"] = {(0, ""): 1}
    with pytest.raises(sqlite3.OperationalError):
        fail_half_way(file)
    with file.reading() as conn:
        assert read_stat(conn).spans == 0
    assert file.terms == {}
    with file.transaction() as conn:
        conn.execute(MARK)
    with file.reading() as conn:
        assert read_stat(conn).spans == 7
    file.close()


def test_a_reader_sees_one_state_for_all_its_statements(tmp_path: Path) -> None:
    file = SpanFile(tmp_path / "a.db", Opening())
    with file.reading() as conn:
        before = read_stat(conn)
        with file.transaction() as writer:
            writer.execute(MARK)
        assert read_stat(conn) == before
    with file.reading() as conn:
        assert read_stat(conn).spans == 7
    file.close()


def test_connections_are_used_again(tmp_path: Path) -> None:
    file = SpanFile(tmp_path / "a.db", Opening())
    with file.reading() as first:
        pass
    with file.reading() as second, file.reading() as third:
        assert second is first
        assert third is not first
    file.close()


def test_a_closed_file_is_gone_for_readers_but_not_under_one(tmp_path: Path) -> None:
    file = SpanFile(tmp_path / "a.db", Opening())
    with file.reading() as conn:
        file.close()
        assert read_stat(conn).spans == 0
    with pytest.raises(FileGone), file.reading():
        pass
    with pytest.raises(StoreError):
        file.writer.execute("SELECT 1")


def test_size_counts_the_write_ahead_log(tmp_path: Path) -> None:
    file = SpanFile(tmp_path / "a.db", Opening())
    assert file.bytes() == sum((tmp_path / name).stat().st_size for name in ("a.db", "a.db-wal"))
    file.close()


def test_damage_is_told_from_bad_moments(tmp_path: Path) -> None:
    (tmp_path / "noise.db").write_bytes(b"noise" * 10_000)
    with pytest.raises(sqlite3.DatabaseError) as broken:
        SpanFile(tmp_path / "noise.db", Opening())
    assert is_damage(broken.value)
    with pytest.raises(sqlite3.OperationalError) as absent:
        SpanFile(tmp_path / "none" / "a.db", Opening())
    assert not is_damage(absent.value)


def test_a_sound_file_has_no_damage(tmp_path: Path) -> None:
    file = SpanFile(tmp_path / "a.db", Opening())
    assert file.find_damage() is None
    file.close()
