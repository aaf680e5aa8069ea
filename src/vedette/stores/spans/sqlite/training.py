"""Learning the dictionary that payloads of a file are packed with.

Once when there is something to learn from, once more when the sample is better; about 0.1 s each.
"""

import logging

import zstandard

from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.packing import LEVEL, Unpacker

log = logging.getLogger(__name__)

TRAIN_AT = (1_000, 30_000)
"""Spans in a file after which it gets its first dictionary, and its second."""
_SAMPLES = 1_500
_SAMPLE_BYTES = 16_384
_DICTIONARY_BYTES = 65_536


def train_step(file: SpanFile) -> bool:
    """Give the file its next dictionary when it is time; True when it got one."""
    with file.reading() as conn:
        (made,) = conn.execute("SELECT count(*) FROM dictionary").fetchone()
        if made >= len(TRAIN_AT) or read_stat(conn).next_id <= TRAIN_AT[made]:
            return False
        unpacker = Unpacker(conn)
        samples: list[bytes | bytearray | memoryview] = [
            unpacker.unpack(row[0])
            for row in conn.execute(
                "SELECT body FROM payload WHERE length(body) < ? ORDER BY id DESC LIMIT ?",
                (_SAMPLE_BYTES, _SAMPLES),
            )
        ]
    body = _train(samples, id=made + 1)
    with file.transaction() as conn:
        conn.execute("INSERT INTO dictionary VALUES (?, ?)", (made + 1, body))
    file.forget()
    return True


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
