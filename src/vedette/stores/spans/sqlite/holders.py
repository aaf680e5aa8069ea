"""The traces of a session or a user: which ones they are, kept as spans arrive.

A trace belongs to every session and every user that one of its spans names. The table `holder` has
them by time, so the traces of a user are read without meeting his spans; the trace itself knows its
keys there (`holders`), for the day its start moves or it is deleted (a trigger does that).
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.stores.spans.sqlite.docs import SESSION, USER, value_of

TermOf = Callable[[str, int, str], int]
"""The id of a term: (project, facet, value)."""
_SCHEMA = 7
_decoder = msgspec.json.Decoder(list[int])


class Held(NamedTuple):
    """Where a trace stands in `holder`."""

    at_ns: int
    keys: list[int]


def held_by(start_ns: int, holders: str) -> Held:
    """As the trace tells it."""
    return Held(start_ns, _decoder.decode(holders))


def keys_of(spans: Iterable[Span], term: TermOf) -> list[int]:
    """The keys of whom the spans name."""
    named = {(span.project_id, span.session_id, span.user_id) for span in spans}
    keys = {term(project, SESSION, value_of(session)) for project, session, _ in named if session}
    return sorted(
        keys | {term(project, USER, value_of(user)) for project, _, user in named if user}
    )


def stored_term(conn: sqlite3.Connection) -> TermOf:
    """Looks terms up that are there."""

    def look(project: str, facet: int, value: str) -> int:
        sql = "SELECT id FROM term WHERE project = ? AND facet = ? AND value = ?"
        return int(conn.execute(sql, (project, facet, value)).fetchone()[0])

    return look


def encode(keys: Sequence[int]) -> str:
    """As the trace tells it."""
    return msgspec.json.encode(keys).decode()


INSERT_HELD = "INSERT OR IGNORE INTO holder VALUES (?, ?, ?)"


def move(conn: sqlite3.Connection, trace: int, before: Held, after: Held) -> None:
    """Have the trace stand where it belongs; inside the caller's transaction."""
    if before == after:
        return
    conn.executemany(
        "DELETE FROM holder WHERE key = ? AND at_ns = ? AND trace = ?",
        [(key, before.at_ns, trace) for key in before.keys],
    )
    conn.executemany(INSERT_HELD, [(key, after.at_ns, trace) for key in after.keys])


def are_known(conn: sqlite3.Connection) -> bool:
    """False in a file that an older version wrote and nobody may change."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0]) >= _SCHEMA


def holder_of(filter: Filter) -> tuple[int, str] | None:
    """The session or user whose traces alone are asked for; None where spans have to be looked at.

    What else is asked for is then about the trace.
    """
    others = (
        filter.model, filter.provider, filter.kind, filter.tag, filter.trace_id, filter.text,
        filter.where,
    )  # fmt: skip
    if any(others) or bool(filter.session_id) == bool(filter.user_id):
        return None
    if filter.session_id:
        return SESSION, value_of(filter.session_id)
    return USER, value_of(filter.user_id)
