"""The rows of the ledger by user and by session, and their sums by session and hour.

Users and sessions come in any order, so to keep them in order touches a page of the file for nearly
every call. `add_step` does it behind the writer, for many rows at once, and says in the same
transaction how far it has come (`up_to`); rows beyond are looked at one by one. Each row is in
exactly one of the two, so answers are right whenever they are asked for.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from vedette.model.usage import COUNTS
from vedette.stores.spans.sqlite.files import SpanFile

WHAT = {"user": 0, "session": 1}
"""What rows are found by; the codes stand in files."""
HOUR_S = 3_600
FIGURES = ("requests", "errors", "unpriced", "estimated", "cached", *COUNTS, "cost", "saved")
OF_ROWS = (
    "count(*), sum(error),"
    f" sum(partial OR (cost IS NULL AND {' + '.join(COUNTS)} > 0)), sum(estimated), sum(saved > 0),"
    f" {', '.join(f'sum({name})' for name in COUNTS)}, coalesce(sum(cost), 0), sum(saved)"
)
"""The figures of rows of the ledger."""
_BEHIND = 20_000
"""Rows that may wait; so many are looked at in a question without being felt."""
_STEP = 40_000
_SCHEMA = 8
_HOUR_NS = HOUR_S * 10**9
_KEYS = ("project", "start_s", "session", "organization")
_SUM = (
    f"INSERT INTO session_sum ({', '.join((*_KEYS, *FIGURES))})"
    f" SELECT project, at_ns / {_HOUR_NS} * {HOUR_S}, session, organization, {OF_ROWS}"
    " FROM ledger WHERE {} GROUP BY 1, 2, 3, 4 ON CONFLICT DO UPDATE SET "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in FIGURES)
)


def up_to(conn: sqlite3.Connection) -> int:
    """The last row that can be found so; 0 where none can, or the file is of an older version."""
    if conn.execute("PRAGMA user_version").fetchone()[0] < _SCHEMA:
        return 0
    return int(conn.execute("SELECT id FROM ledger_found_up_to").fetchone()[0])


def rows_of(conn: sqlite3.Connection, what: str, after: int) -> str:
    """The condition that a row beyond `after` is of the user or session, bound by that name."""
    reached = up_to(conn)
    waiting = f"SELECT id FROM ledger WHERE id > {max(reached, after)} AND {what} = :{what}"
    if after >= reached:
        return f"ledger.id IN ({waiting} AND {what} <> '')"
    return (
        f"ledger.id IN (SELECT id FROM ledger_found WHERE what = {WHAT[what]} AND value = :{what}"
        f" AND at_ns >= :from AND at_ns < :to AND id > {after} UNION ALL {waiting})"
    )


def add_step(file: SpanFile, *, behind: int = _BEHIND, step: int = _STEP) -> bool:
    """Take in at most `step` rows that are in the sums of the ledger; True when more may.

    Fewer than `behind` are left waiting: many at once cost less.
    """
    with file.writing() as conn:
        (last,) = conn.execute("SELECT up_to FROM ledger_summed").fetchone()
        reached = up_to(conn)
    if last - reached < behind:
        return False
    last = min(last, reached + step)
    with file.transaction() as conn:
        for name, what in WHAT.items():
            conn.execute(
                f"INSERT INTO ledger_found SELECT {what}, {name}, at_ns, id FROM ledger"
                f" WHERE id > ? AND id <= ? AND {name} <> '' ORDER BY 2, 3, 4",
                (reached, last),
            )
        conn.execute(_SUM.format("id > ? AND id <= ?"), (reached, last))
        conn.execute("UPDATE ledger_found_up_to SET id = ?", (last,))
    return True


class Forgotten(NamedTuple):
    """A row of the ledger that is about to lose session, and maybe user."""

    id: int
    at_ns: int
    user: str
    session: str


def forget(
    conn: sqlite3.Connection, project_id: str, rows: Sequence[Forgotten], user_id: str
) -> None:
    """Find rows no longer that have lost their session, and their user where it was this one;
    inside the transaction that took them away."""
    lost = [(WHAT["session"], row.session, row.at_ns, row.id) for row in rows]
    lost += [(WHAT["user"], user_id, row.at_ns, row.id) for row in rows if row.user == user_id]
    conn.executemany(
        "DELETE FROM ledger_found WHERE what = ? AND value = ? AND at_ns = ? AND id = ?", lost
    )
    hours = sorted({row.at_ns // _HOUR_NS for row in rows})
    conn.executemany(
        "DELETE FROM session_sum WHERE project = ? AND start_s = ?",
        [(project_id, hour * HOUR_S) for hour in hours],
    )
    conn.executemany(
        _SUM.format("project = ? AND at_ns >= ? AND at_ns < ? AND +id <= ?"),
        [(project_id, hour * _HOUR_NS, (hour + 1) * _HOUR_NS, up_to(conn)) for hour in hours],
    )
