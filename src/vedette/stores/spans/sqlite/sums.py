"""Sums of the ledger, kept by the hour and by the day, and what a question adds up instead of rows.

`add_step` works behind the writer: it adds up the rows since the last step and says in the same
transaction how far it has come (`up_to`). A question (`parts`) reads the days that lie in its range
as a whole, then the hours before and after them, then the rows of the hours that the range cuts
through, and the rows beyond `up_to`. Each row of the ledger is in exactly one of these, so the
answer is that of the rows themselves, whenever it is asked.

Sums are kept for four kinds of questions (`_GRAINS`): by what was called and who paid, by user, by
tag, and by session (by the hour alone, by `found`). What combines them reads rows (`None` of
`grain_of`).
"""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from vedette.model.ledger import Dimension, LedgerQuery
from vedette.stores.spans.sqlite import found
from vedette.stores.spans.sqlite.files import SpanFile
from vedette.stores.spans.sqlite.found import FIGURES, HOUR_S, OF_ROWS

_DAY_S = 86_400
_SECOND_NS = 10**9
_BEHIND = 2_000
"""Rows that may wait; so many are added up in a question without being felt."""
_STEP = 20_000
_SCHEMA = 6
_GRAINS: tuple[frozenset[str], ...] = (
    frozenset({"key", "route", "provider", "model"}), frozenset({"user"}), frozenset({"tag"}),
    frozenset({"session"}),
)  # fmt: skip
_USER, _SESSION = 1, 3
_ALWAYS = frozenset({"organization", "project", "hour", "day", "month"})
_CALLED = ("organization", "key", "route", "provider", "model", "tags")
_NAMES = ("organization", "key", "route", "provider", "model", "user", "tag")

TAGS = " LEFT JOIN json_each(CASE tags WHEN '' THEN '[]' ELSE tags END) AS tag"
TAG = "coalesce(tag.value, '')"
OF_SUMS = ", ".join(f"sum({name})" for name in FIGURES)
"""The same of sums that are kept."""


class Part(NamedTuple):
    """A piece of what a question adds up: of sums, or of rows."""

    source: str
    """The table of the sums; empty for rows."""
    where: str
    span: tuple[int, int]
    """What `where` binds as `from` and `to`: seconds of sums, nanoseconds of rows."""
    after: int = 0
    """Rows up to this one are none of it."""


def grain_of(query: LedgerQuery) -> int | None:
    """Which sums answer a question; None where the rows must, or are quicker (of a session)."""
    if query.session_id:
        return None
    named = {str(dimension) for dimension in query.by} - _ALWAYS
    asked: Mapping[Dimension, str | None] = {
        "key": query.key_id,
        "route": query.route,
        "provider": query.provider,
        "model": query.model,
        "user": query.user_id,
        "session": query.session_id,
        "tag": query.tag,
    }
    named |= {name for name, value in asked.items() if value is not None}
    return next((n for n, grain in enumerate(_GRAINS) if named <= grain), None)


def parts(conn: sqlite3.Connection, query: LedgerQuery, after: int) -> list[Part]:
    """What to add up; rows alone, those beyond `after`, where no sums help."""
    from_ns, to_ns = max(0, query.from_ns), max(0, min(query.to_ns, 2**63 - 1))
    grain = grain_of(query)
    up_to = found.up_to(conn) if grain == _SESSION else summed_up_to(conn)
    hours = -(-from_ns // (HOUR_S * _SECOND_NS)), to_ns // (HOUR_S * _SECOND_NS)
    if after or grain is None or not up_to or hours[0] >= hours[1]:
        return [_rows(f"ledger.id > {after}", from_ns, to_ns, after)]
    cut = (from_ns, hours[0] * HOUR_S * _SECOND_NS), (hours[1] * HOUR_S * _SECOND_NS, to_ns)
    # The plus keeps SQLite from walking over all ids instead of the time.
    known = f"+ledger.id <= {up_to}" + ("" if query.project_id else _KNOWN_PROJECTS)
    return [
        *_sums(query, grain, hours),
        *(_rows(known, *edge) for edge in cut if edge[0] < edge[1]),
        _rows(f"ledger.id > {up_to}", from_ns, to_ns, up_to),
    ]


def _sums(query: LedgerQuery, grain: int, hours: tuple[int, int]) -> list[Part]:
    if grain == _SESSION:
        return [Part("session_sum", _SPAN_S, (hours[0] * HOUR_S, hours[1] * HOUR_S))]
    return [
        Part("ledger_sum", f"grain = {grain} AND width_s = {width_s} AND {_SPAN_S}", span)
        for width_s, span in _wholes(hours, by_hour="hour" in query.by)
        if span[0] < span[1]
    ]


_SPAN_S = "start_s >= :from AND start_s < :to"
_KNOWN_PROJECTS = (
    " AND ledger.project IN"
    f" (SELECT project FROM ledger_sum WHERE grain = 0 AND width_s = {_DAY_S})"
)


def _wholes(hours: tuple[int, int], *, by_hour: bool) -> list[tuple[int, tuple[int, int]]]:
    """Whole days, and whole hours beside them, as (width, range in seconds)."""
    low, high = hours
    first, last = -(-low // 24), high // 24
    if by_hour or first >= last:
        return [(HOUR_S, (low * HOUR_S, high * HOUR_S))]
    return [
        (_DAY_S, (first * _DAY_S, last * _DAY_S)),
        (HOUR_S, (low * HOUR_S, first * _DAY_S)),
        (HOUR_S, (last * _DAY_S, high * HOUR_S)),
    ]


def _rows(where: str, from_ns: int, to_ns: int, after: int = 0) -> Part:
    return Part("", f"{where} AND at_ns >= :from AND at_ns < :to", (from_ns, to_ns), after)


def summed_up_to(conn: sqlite3.Connection) -> int:
    """The last row that is in the sums; 0 where nothing is, or the file is of an older version."""
    if conn.execute("PRAGMA user_version").fetchone()[0] < _SCHEMA:
        return 0
    return int(conn.execute("SELECT up_to FROM ledger_summed").fetchone()[0])


def add_step(file: SpanFile, *, behind: int = _BEHIND, step: int = _STEP) -> bool:
    """Add up at most `step` rows that wait; True when more may.

    Fewer than `behind` are left waiting: many at once cost less.
    """
    with file.writing() as conn:
        last = conn.execute("SELECT coalesce(max(id), 0) FROM ledger").fetchone()[0]
        up_to = summed_up_to(conn)
    if last - up_to < behind:
        return False
    last = min(last, up_to + step)
    with file.transaction() as conn:
        conn.execute("CREATE TEMP TABLE IF NOT EXISTS summing AS SELECT * FROM ledger_sum LIMIT 0")
        conn.execute(
            "CREATE TEMP TABLE IF NOT EXISTS alike AS SELECT *, '' AS tags FROM ledger_sum LIMIT 0"
        )
        conn.execute(_ALIKE, (up_to, last))
        for grain in range(_SESSION):
            conn.execute(_hours(grain), {"after": up_to, "last": last})
        conn.execute(_KEEP_HOURS)
        conn.execute(_KEEP_DAYS)
        conn.execute("DELETE FROM temp.summing")
        conn.execute("DELETE FROM temp.alike")
        conn.execute("UPDATE ledger_summed SET up_to = ?", (last,))
    return True


# Calls that were alike in an hour, of which there are few: what grains 0 and 2 are made of.
_ALIKE = f"""
INSERT INTO temp.alike (project, start_s, {", ".join(_CALLED)}, {", ".join(FIGURES)})
SELECT project, at_ns / {HOUR_S * _SECOND_NS} * {HOUR_S}, {", ".join(_CALLED)}, {OF_ROWS}
FROM ledger WHERE id > ? AND id <= ? GROUP BY {", ".join(map(str, range(1, 3 + len(_CALLED))))}
"""


def _hours(grain: int) -> str:
    """Adds calls up by the hour; days are made of hours, which are fewer."""
    names = [name if name in _GRAINS[grain] | _ALWAYS else "''" for name in _NAMES]
    told = ", ".join(TAG if name == "tag" else name for name in names)
    keys = ", ".join(str(n) for n in range(3, 5 + len(_NAMES)))
    if grain == _USER:
        start_s, figures = f"at_ns / {HOUR_S * _SECOND_NS} * {HOUR_S}", OF_ROWS
        source = "ledger WHERE id > :after AND id <= :last"
    else:
        start_s, figures = "start_s", OF_SUMS
        source = f"temp.alike{TAGS if 'tag' in names else ''}"
    return (
        f"INSERT INTO temp.summing ({_COLUMNS}) SELECT {grain}, {HOUR_S}, project, {start_s},"
        f" {told}, {figures} FROM {source} GROUP BY {keys}"
    )


_COLUMNS = f"grain, width_s, project, start_s, {', '.join(_NAMES)}, {', '.join(FIGURES)}"
_TOGETHER = ", ".join(f"{name} = {name} + excluded.{name}" for name in FIGURES)

# `WHERE true` keeps SQLite from reading ON CONFLICT as a join.
_KEEP_HOURS = (
    f"INSERT INTO ledger_sum ({_COLUMNS}) SELECT {_COLUMNS} FROM temp.summing WHERE true"
    f" ON CONFLICT DO UPDATE SET {_TOGETHER}"
)
_KEEP_DAYS = (
    f"INSERT INTO ledger_sum ({_COLUMNS}) SELECT grain, {_DAY_S}, project,"
    f" start_s / {_DAY_S} * {_DAY_S}, {', '.join(_NAMES)}, {OF_SUMS} FROM temp.summing WHERE true"
    f" GROUP BY grain, project, 4, {', '.join(_NAMES)} ON CONFLICT DO UPDATE SET {_TOGETHER}"
)


def forget_user(conn: sqlite3.Connection, project_id: str, user_id: str) -> None:
    """Have the sums of a user be those of nobody; inside the caller's transaction."""
    names = [name for name in _NAMES if name != "user"]
    where = "grain = 1 AND width_s IN (3600, 86400) AND project = ? AND user = ?"
    fixed = ("grain", "width_s", "project", "start_s", *names)
    conn.execute(
        f"INSERT INTO ledger_sum ({', '.join(fixed)}, user, {', '.join(FIGURES)})"
        f" SELECT {', '.join(fixed)}, '', {', '.join(FIGURES)} FROM ledger_sum WHERE {where}"
        f" ON CONFLICT DO UPDATE SET {_TOGETHER}",
        (project_id, user_id),
    )
    conn.execute(f"DELETE FROM ledger_sum WHERE {where}", (project_id, user_id))
