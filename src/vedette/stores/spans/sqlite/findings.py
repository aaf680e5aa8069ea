"""Findings of the guard: read off the spans that carry them, in their file and transaction."""

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from vedette.model.finding import (
    LATENCY_SLOTS_MS,
    FindingCount,
    FindingDimension,
    FindingKey,
    FindingQuery,
    FindingRow,
    GuardedHour,
)
from vedette.model.governance import HITS, MOST_HITS, Hit
from vedette.model.span import Span
from vedette.stores.spans.sqlite.files import SpanFile

Entry = tuple[object, ...]
Ask = Callable[[Callable[[list[SpanFile]], Any]], Any]

MOST_GROUPS = 1_000
_HOUR_S = 3_600
_TEXT_CHARS = 200
_COLUMNS = (
    "trace_id", "span_id", "n", "at_ns", "project", "detector", "kind", "score", "place", "side",
    "text", "start", "stop", "policy", "version", "rule", "action", "mode", "view", "model",
    "route", "key",
)  # fmt: skip
INSERT_FINDING = (
    f"INSERT OR IGNORE INTO finding ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM finding"
_TIME = "strftime('{}', at_ns / 1000000000, 'unixepoch')"
_NAMES: Mapping[FindingDimension, str] = {
    "detector": "detector",
    "kind": "kind",
    "policy": "policy",
    "version": "version",
    "rule": "rule",
    "action": "action",
    "mode": "mode",
    "where": "place",
    "model": "model",
    "route": "route",
    "key": "key",
    "hour": _TIME.format("%Y-%m-%dT%H:00:00Z"),
    "day": _TIME.format("%Y-%m-%d"),
}
_hits = msgspec.json.Decoder(tuple[Hit, ...])


def entries_of(span: Span, trace_id: bytes, span_id: bytes) -> list[Entry]:
    """The rows of a span; none where it carries no hits, or what we did not write."""
    said = span.payload.attributes.get(HITS)
    if not isinstance(said, str):
        return []
    try:
        hits = _hits.decode(said)
    except (msgspec.MsgspecError, UnicodeError):
        return []
    attributes = span.payload.attributes
    key = _text(attributes.get("vedette.key_account")) or _text(attributes.get("vedette.key_id"))
    return [
        (
            trace_id, span_id, n, span.start_ns, span.project_id, hit.detector[:_TEXT_CHARS],
            hit.kind[:_TEXT_CHARS], hit.score, hit.where, hit.side, _small(hit.place),
            _small(hit.start), _small(hit.end), hit.policy[:_TEXT_CHARS], _small(hit.version),
            hit.rule[:_TEXT_CHARS], hit.action, hit.mode, hit.view[:_TEXT_CHARS], span.model,
            span.route, key,
        )
        for n, hit in enumerate(hits[:MOST_HITS])
    ]  # fmt: skip


def save_guarded(conn: sqlite3.Connection, spans: Iterable[Span]) -> None:
    """Add what guarding these calls cost to its hours."""
    added: dict[tuple[str, int, str, str], list[Any]] = {}
    for span in spans:
        said = span.payload.attributes
        action, policy = _text(said.get("vedette.guard.action")), said.get("vedette.guard.policy")
        if not action:
            continue
        hour_s = span.start_ns // 10**9 // _HOUR_S * _HOUR_S
        cell = (span.project_id, hour_s, _text(policy), action)
        figures = added.setdefault(cell, [0, 0, 0, 0, [0] * (len(LATENCY_SLOTS_MS) + 1)])
        latency_ms = _number(said.get("vedette.guard.latency_ms"))
        figures[0] += 1
        figures[1] += "vedette.guard.bypassed" in said
        figures[2] += round(latency_ms * 1_000)
        figures[3] += span.cost_nano_usd or 0
        figures[4][bisect_left(LATENCY_SLOTS_MS, latency_ms)] += 1
    for cell, (calls, bypassed, latency_us, cost, slots) in added.items():
        where = "project = ? AND hour_s = ? AND policy = ? AND action = ?"
        row = conn.execute(f"SELECT slots FROM guarded WHERE {where}", cell).fetchone()
        if row is not None:
            before = msgspec.json.decode(row[0], type=list[int])
            slots = [a + b for a, b in zip(before, slots, strict=True)]
        conn.execute(
            "INSERT INTO guarded VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,"
            " bypassed = bypassed + excluded.bypassed,"
            " latency_us = latency_us + excluded.latency_us, cost = cost + excluded.cost,"
            " slots = excluded.slots",
            (*cell, calls, bypassed, latency_us, cost, msgspec.json.encode(slots).decode()),
        )


def delete_findings(conn: sqlite3.Connection, spans: Iterable[Span]) -> None:
    """Forget the findings of these spans."""
    ids = [(bytes.fromhex(span.trace_id), bytes.fromhex(span.span_id)) for span in spans]
    conn.executemany("DELETE FROM finding WHERE trace_id = ? AND span_id = ?", ids)


def delete_guarded(conn: sqlite3.Connection, project_id: str, to_ns: int) -> None:
    """Forget the hours that ended before a time."""
    cut_s = to_ns // 10**9 // _HOUR_S * _HOUR_S
    conn.execute("DELETE FROM guarded WHERE project = ? AND hour_s < ?", (project_id, cut_s))


class SpanFindings:
    """Implements `ports.findings.Findings`."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def list(
        self, query: FindingQuery, *, after: tuple[int, FindingKey] | None, limit: int
    ) -> tuple[FindingRow, ...]:
        where, values = _conditions(query)
        if after is not None:
            at_ns, key = after
            where += " AND (at_ns, trace_id, span_id, n) < (:at, :trace, :span, :n)"
            values |= {"at": at_ns, "trace": bytes.fromhex(key.trace_id),
                       "span": bytes.fromhex(key.span_id), "n": key.n}  # fmt: skip
        sql = (
            f"{_SELECT} WHERE {where} ORDER BY at_ns DESC, trace_id DESC, span_id DESC, n DESC"
            " LIMIT :limit"
        )

        def read(files: list[SpanFile]) -> list[FindingRow]:
            rows: list[FindingRow] = []
            for file in files:
                with file.reading() as conn:
                    rows += map(_to_row, conn.execute(sql, {**values, "limit": limit}))
            return sorted(rows, key=_order, reverse=True)[:limit]

        return tuple(self._ask(read))

    def get(self, project_id: str, key: FindingKey) -> FindingRow | None:
        ids = (bytes.fromhex(key.trace_id), bytes.fromhex(key.span_id), key.n, project_id)
        sql = f"{_SELECT} WHERE trace_id = ? AND span_id = ? AND n = ? AND project = ?"

        def read(files: list[SpanFile]) -> FindingRow | None:
            for file in files:
                with file.reading() as conn:
                    row = conn.execute(sql, ids).fetchone()
                    if row is not None:
                        return _to_row(row)
            return None

        found: FindingRow | None = self._ask(read)
        return found

    def counts(
        self, query: FindingQuery, by: tuple[FindingDimension, ...]
    ) -> tuple[FindingCount, ...]:
        where, values = _conditions(query)
        names = [_NAMES[dimension] for dimension in by]
        group = f" GROUP BY {', '.join(str(n + 1) for n in range(len(names)))}" if names else ""
        columns = ", ".join([*names, "count(*)", "count(DISTINCT trace_id || span_id)"])
        sql = f"SELECT {columns} FROM finding WHERE {where}{group}"

        def read(files: list[SpanFile]) -> dict[tuple[str, ...], list[int]]:
            found: dict[tuple[str, ...], list[int]] = {}
            for file in files:
                with file.reading() as conn:
                    for row in conn.execute(sql, values):
                        before = found.setdefault(tuple(map(str, row[: len(by)])), [0, 0])
                        before[0] += row[-2]
                        before[1] += row[-1]
            return found

        counted = [
            FindingCount(names=names, findings=findings, calls=calls)
            for names, (findings, calls) in self._ask(read).items()
            if findings
        ]
        return tuple(sorted(counted, key=lambda one: (-one.findings, one.names))[:MOST_GROUPS])

    def guarded(self, project_id: str, *, from_ns: int, to_ns: int) -> tuple[GuardedHour, ...]:
        sql = (
            "SELECT hour_s, policy, action, calls, bypassed, latency_us, cost, slots FROM guarded"
            " WHERE project = ? AND hour_s >= ? AND hour_s < ? ORDER BY hour_s"
        )
        first_s = from_ns // 10**9 // _HOUR_S * _HOUR_S
        bounds = (project_id, first_s, -(-to_ns // 10**9))

        def read(files: list[SpanFile]) -> list[GuardedHour]:
            found: list[GuardedHour] = []
            for file in files:
                with file.reading() as conn:
                    found += map(_to_hour, conn.execute(sql, bounds))
            return sorted(found, key=lambda one: one.hour_s)

        return tuple(self._ask(read))


def _conditions(query: FindingQuery) -> tuple[str, dict[str, object]]:
    wanted: dict[str, object] = {
        "detector": query.detector, "kind": query.kind, "policy": query.policy,
        "version": query.version, "rule": query.rule, "action": query.action, "mode": query.mode,
        "place": query.where, "model": query.model, "route": query.route, "key": query.key_id,
    }  # fmt: skip
    given = {name: value for name, value in wanted.items() if value not in ("", None)}
    parts = ["project = :project", "at_ns >= :from_ns", "at_ns < :to_ns"]
    parts += [f"{name} = :{name}" for name in given]
    values: dict[str, object] = {
        **given, "project": query.project_id, "from_ns": max(0, query.from_ns),
        "to_ns": min(query.to_ns, 2**63 - 1),
    }  # fmt: skip
    if query.min_score is not None:
        parts.append("score >= :min_score")
        values["min_score"] = query.min_score
    if query.trace_id:
        parts.append("trace_id = :trace_id")
        values["trace_id"] = bytes.fromhex(query.trace_id)
    return " AND ".join(parts), values


def _to_row(row: tuple[Any, ...]) -> FindingRow:
    told = dict(zip(_COLUMNS, row, strict=True))
    return FindingRow(
        trace_id=told["trace_id"].hex(), span_id=told["span_id"].hex(), n=told["n"],
        at_ns=told["at_ns"], project_id=told["project"], detector=told["detector"],
        kind=told["kind"], score=told["score"], where=told["place"], side=told["side"],
        place=told["text"], start=told["start"], end=told["stop"], policy=told["policy"],
        version=told["version"], rule=told["rule"], action=told["action"], mode=told["mode"],
        view=told["view"], model=told["model"], route=told["route"], key_id=told["key"],
    )  # fmt: skip


def _to_hour(row: tuple[Any, ...]) -> GuardedHour:
    hour_s, policy, action, calls, bypassed, latency_us, cost, slots = row
    return GuardedHour(
        hour_s=hour_s, policy=policy, action=action, calls=calls, bypassed=bypassed,
        latency_us=latency_us, cost_nano_usd=cost,
        slots=msgspec.json.decode(slots, type=tuple[int, ...]),
    )  # fmt: skip


def _order(row: FindingRow) -> tuple[int, str, str, int]:
    return row.at_ns, row.trace_id, row.span_id, row.n


def _text(value: object) -> str:
    return value[:_TEXT_CHARS] if isinstance(value, str) else ""


def _number(value: object) -> float:
    """What stands in an attribute as text; 0 for what is no sensible time."""
    try:
        number = float(value) if isinstance(value, str | int | float) else 0.0
    except ValueError:
        return 0.0
    return number if 0.0 <= number < 1e9 else 0.0


def _small(number: int) -> int:
    return max(-2, min(number, 2**53))
