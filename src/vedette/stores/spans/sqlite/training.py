"""Learning the dictionary that payloads of a file are packed with.

Once when there is something to learn from, once more when the sample is better; about 0.1 s each.
"""

import logging
import sqlite3

import zstandard

from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.packing import LEVEL, Packer, Unpacker

log = logging.getLogger(__name__)

TRAIN_AT = (1_000, 30_000)
"""Spans in a file after which it gets its first dictionary, and its second."""
_SAMPLES = 1_500
_SAMPLE_BYTES = 16_384
_DICTIONARY_BYTES = 65_536
_REPACKED = 2_000


def train_step(file: SpanFile) -> bool:
    """Give the file its next dictionary when it is time; True when it got one."""
    with file.reading() as conn:
        (made,) = conn.execute("SELECT count(*) FROM dictionary").fetchone()
        if made >= len(TRAIN_AT) or read_stat(conn).next_id <= TRAIN_AT[made]:
            return False
        samples = _samples(conn)
    body = _train(samples, id=made + 1)
    with file.transaction() as conn:
        conn.execute("INSERT INTO dictionary VALUES (?, ?)", (made + 1, body))
    file.forget()
    return True


def learn_again(file: SpanFile) -> bool:
    """Give the file a dictionary of what it holds now; False where it has none anyway.

    The older ones stay until `repack_step` has gone through: payloads still need them.
    """
    with file.reading() as conn:
        (newest,) = conn.execute("SELECT max(id) FROM dictionary").fetchone()
        if newest is None:
            return False
        samples = _samples(conn)
    body = _train(samples, id=newest + 1)
    with file.transaction() as conn:
        conn.execute("INSERT INTO dictionary VALUES (?, ?)", (newest + 1, body))
    file.forget()
    return True


def repack_step(file: SpanFile, after_id: int) -> int:
    """Pack the next payloads anew; where to go on, or -1 when the old dictionaries are gone.

    They leave an empty row each: how many there were says when the next one is due.
    """
    with file.transaction() as conn:
        rows = conn.execute(
            "SELECT id, body FROM payload WHERE id > ? ORDER BY id LIMIT ?", (after_id, _REPACKED)
        ).fetchall()
        if not rows:
            (newest,) = conn.execute("SELECT max(id) FROM dictionary").fetchone()
            conn.execute("UPDATE dictionary SET body = x'' WHERE id < ?", (newest,))
            return -1
        unpacker, packer = Unpacker(conn), Packer(conn, newest_only=True)
        conn.executemany(
            "UPDATE payload SET body = ? WHERE id = ?",
            [(packer.pack(unpacker.unpack(body)), id) for id, body in rows],
        )
        return int(rows[-1][0])


def _samples(conn: sqlite3.Connection) -> list[bytes | bytearray | memoryview]:
    unpacker = Unpacker(conn)
    rows = conn.execute(
        "SELECT body FROM payload WHERE length(body) < ? ORDER BY id DESC LIMIT ?",
        (_SAMPLE_BYTES, _SAMPLES),
    )
    return [unpacker.unpack(row[0]) for row in rows]


def _train(samples: list[bytes | bytearray | memoryview], *, id: int) -> bytes:
    try:
        trained = zstandard.train_dictionary(
            _DICTIONARY_BYTES, samples, k=1_024, d=8, level=LEVEL, dict_id=id
        )
    except zstandard.ZstdError:
        # Too few or too equal: an empty dictionary stands for "tried, not worth it".
        log.info("the payloads of a span file are too few or too short for a dictionary")
        return b""
    return trained.as_bytes()
