"""The text index, filled behind the writes.

Indexing words costs more than storing a span, so it is not in the way of an acknowledgement: it
follows in steps of at most `STEP_SPANS`, driven by the writer's idle time. `stat.text_id` says
how far the index has come; it moves in the same transaction as the index, so every span is
indexed once, whatever happens.
"""

import logging
import sqlite3

from vedette.errors import StoreError
from vedette.stores.spans.sqlite.codec import decode_head, decode_payload
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.packing import Unpacker
from vedette.stores.spans.sqlite.text import searchable

log = logging.getLogger(__name__)

STEP_SPANS = 2_000


def index_step(file: SpanFile) -> bool:
    """Index the next spans of a file; True when there may be more."""
    with file.reading() as conn:
        stat = read_stat(conn)
        if stat.next_id - 1 <= stat.text_id:
            return False
        docs = _fresh_texts(conn, file, stat.text_id) or _stored_texts(conn, stat.text_id)
    # Ids without a row were deleted before their turn: the last step goes up to the last id.
    reached = docs[-1][0] if len(docs) == STEP_SPANS else stat.next_id - 1
    with file.transaction() as conn:
        conn.executemany("INSERT INTO fts (rowid, body) VALUES (?, ?)", docs)
        conn.execute("UPDATE stat SET text_id = ?", (reached,))
    for id, _ in docs:
        file.fresh.pop(id, None)
    return reached < stat.next_id - 1


def _fresh_texts(conn: sqlite3.Connection, file: SpanFile, after_id: int) -> list[tuple[int, str]]:
    """Texts of the next spans from memory; empty where not all of them are there."""
    if after_id + 1 not in file.fresh:
        return []
    rows = conn.execute(
        "SELECT id FROM span WHERE id > ? ORDER BY id LIMIT ?", (after_id, STEP_SPANS)
    ).fetchall()
    spans = [(id, file.fresh.get(id)) for (id,) in rows]
    texts = [(id, searchable(span.name, span.payload)) for id, span in spans if span is not None]
    return texts if len(texts) == len(rows) else []


def _stored_texts(conn: sqlite3.Connection, after_id: int) -> list[tuple[int, str]]:
    rows = conn.execute(
        "SELECT span.id, head, body FROM span LEFT JOIN payload ON payload.id = span.id"
        " WHERE span.id > ? ORDER BY span.id LIMIT ?",
        (after_id, STEP_SPANS),
    ).fetchall()
    unpacker = Unpacker(conn)
    return [(id, _text(head, body, unpacker)) for id, head, body in rows]


def _text(head: bytes, body: bytes | None, unpacker: Unpacker) -> str:
    try:
        return searchable(
            decode_head(head).name, decode_payload(unpacker.unpack(body) if body else None)
        )
    except StoreError:
        log.warning("a stored span is damaged and was left out of the text index")
        return ""
