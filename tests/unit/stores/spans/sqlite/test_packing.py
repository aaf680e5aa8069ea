"""Payload bytes with and without a dictionary."""

import sqlite3
from collections.abc import Iterator

import pytest
import zstandard

from vedette.errors import StoreError
from vedette.stores.spans.sqlite.packing import Packer, Unpacker
from vedette.stores.spans.sqlite.schema import Opening, open_writer

SAMPLES: list[bytes] = [
    f"You are a helpful assistant. Question {n}: {n * n}?".encode() * 20 for n in range(500)
]


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    opened = open_writer(None, Opening())
    yield opened
    opened.close()


def learn(conn: sqlite3.Connection, id: int) -> None:
    body = zstandard.train_dictionary(8_192, [*SAMPLES], dict_id=id).as_bytes()
    conn.execute("INSERT INTO dictionary VALUES (?, ?)", (id, body))


def test_every_frame_is_read_with_the_dictionary_it_was_made_with(conn: sqlite3.Connection) -> None:
    packed = [Packer(conn).pack(SAMPLES[0])]
    for id in (1, 2):
        learn(conn, id)
        packed.append(Packer(conn).pack(SAMPLES[0]))
    unpacker = Unpacker(conn)
    assert [unpacker.unpack(one) for one in packed] == [SAMPLES[0]] * 3
    assert len(packed[1]) < len(packed[0])
    ids = [zstandard.get_frame_parameters(one).dict_id for one in packed]
    assert ids == [0, 1, 2]


def test_an_empty_dictionary_stands_for_none(conn: sqlite3.Connection) -> None:
    conn.execute("INSERT INTO dictionary VALUES (1, x'')")
    packed = Packer(conn).pack(b"x" * 100)
    assert zstandard.get_frame_parameters(packed).dict_id == 0


def test_a_missing_dictionary_and_damaged_bytes_are_store_errors(conn: sqlite3.Connection) -> None:
    learn(conn, 1)
    packed = Packer(conn).pack(SAMPLES[0])
    conn.execute("DELETE FROM dictionary")
    with pytest.raises(StoreError, match="dictionary"):
        Unpacker(conn).unpack(packed)
    for damaged in (b"", b"noise", Packer(conn).pack(b"x" * 500)[:-3]):
        with pytest.raises(StoreError, match="damaged"):
            Unpacker(conn).unpack(damaged)
