"""Sessions and users: traces that belong together, and what they add up to.

A list goes by the latest trace: the walk over traces, newest first, meets each session (user)
first at its latest one. Going on, those are passed over that have a trace before the place where
the walk goes on, for they were listed already.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from vedette.model.expression import Exists, Expression, Field, both
from vedette.model.query import Filter, Position, TraceRow
from vedette.ports.stores import SpanStore
from vedette.query.breakdown import quantile
from vedette.query.cursors import encode_cursor
from vedette.query.money import format_usd
from vedette.query.shapes import Money, Time, TraceShape
from vedette.query.times import format_time
from vedette.query.traces import trace_shapes
from vedette.query.walking import Walk

MOST_TRACES = 1_000
"""Traces of one session or user that are added up."""
_FIRST = 500
_WALKED = 20_000
_DAY_NS = 86_400 * 10**9

By = Literal["session", "user"]
Segment = Literal["new", "active", "quiet"]


class GroupShape(msgspec.Struct, frozen=True, kw_only=True):
    """A session, or a user, and what its traces add up to."""

    id: str
    first_time: Time
    last_time: Time
    duration_ms: float
    traces: int
    spans: int
    errors: Annotated[int, Meta(description="Traces in which something failed.")]
    sessions: Annotated[int, Meta(description="Sessions among the traces.")]
    users: tuple[str, ...]
    models: tuple[str, ...]
    tags: tuple[str, ...]
    input_tokens: int
    output_tokens: int
    cost_usd: Money | None
    latency_p50_ms: float | None
    latency_p95_ms: float | None
    active_days: int
    last_name: Annotated[str, Meta(description="Name of the latest trace.")]
    segment: Annotated[
        Segment,
        Meta(description="`new`: first seen within 7 days; `quiet`: not seen for 7; else active."),
    ]
    complete: Annotated[
        bool, Meta(description=f"False where only the latest {MOST_TRACES} traces are in it.")
    ]


class GroupPage(msgspec.Struct, frozen=True):
    """Sessions or users, the latest activity first."""

    items: tuple[GroupShape, ...]
    next_cursor: str | None


class GroupDetail(GroupShape, frozen=True, kw_only=True):
    """With its traces, oldest first."""

    timeline: tuple[TraceShape, ...]


_KEYS: Mapping[By, Callable[[TraceRow], str]] = {
    "session": lambda row: row.session_id,
    "user": lambda row: row.user_id,
}


def list_groups(
    store: SpanStore, filter: Filter, by: By, *, after: Position | None, limit: int, now_ns: int
) -> GroupPage:
    """A page; it ends early when very many traces of few sessions had to be passed."""
    found: dict[str, None] = {}
    stopped: Position | None = None
    place = after

    def page(next: Position | None) -> GroupPage:
        groups = [group_of(store, filter, by, id, now_ns=now_ns) for id in found]
        return GroupPage(tuple(group for group in groups if group), encode_cursor(next))

    # Where most traces name one, the first ones tell; else those that do are looked for.
    for walk in (
        Walk(store, filter, most=max(_FIRST, limit + 1), first=limit + 1),
        Walk(store, replace(filter, where=_with_id(filter.where, by)), most=_WALKED),
    ):
        for row in walk.traces(place):
            id = _KEYS[by](row)
            if not id or id in found or (after and _was_listed(store, filter, by, id, after)):
                continue
            if len(found) == limit:
                return page(stopped)
            found[id] = None
            stopped = walk.position
        place = stopped = walk.position or place
        if walk.is_complete:
            stopped = None
            break
    return page(stopped)


def group_of(
    store: SpanStore, filter: Filter, by: By, id: str, *, now_ns: int
) -> GroupShape | None:
    """What the traces of one session or user add up to; None where there is none."""
    rows, is_complete = _rows(store, filter, by, id)
    if not rows:
        return None
    shape = _shape(id, rows, now_ns, is_complete=is_complete)
    if is_complete or shape.segment != "new":
        return shape
    # Traces that were not added up may be older.
    older = replace(_of_one(filter, by, id), to_ns=now_ns - 7 * _DAY_NS)
    if filter.to_ns is None and store.list_traces(older, after=None, limit=1).items:
        return replace(shape, segment="active")
    return shape


def group_detail(
    store: SpanStore, filter: Filter, by: By, id: str, *, now_ns: int
) -> GroupDetail | None:
    """With the traces, oldest first."""
    rows, _ = _rows(store, filter, by, id)
    shape = group_of(store, filter, by, id, now_ns=now_ns)
    if shape is None:
        return None
    fields = {name: getattr(shape, name) for name in shape.__struct_fields__}
    return GroupDetail(**fields, timeline=tuple(trace_shapes(store, filter.project_id, rows[::-1])))


def _rows(store: SpanStore, filter: Filter, by: By, id: str) -> tuple[list[TraceRow], bool]:
    walk = Walk(store, _of_one(filter, by, id), most=MOST_TRACES)
    return list(walk.traces()), walk.is_complete


def _of_one(filter: Filter, by: By, id: str) -> Filter:
    return replace(filter, session_id=id) if by == "session" else replace(filter, user_id=id)


def _with_id(where: Expression | None, by: By) -> Expression | None:
    return both(where, Exists(Field(by)))


def _was_listed(store: SpanStore, filter: Filter, by: By, id: str, after: Position) -> bool:
    """Whether a trace of it stands at or before the place where the walk goes on."""
    newer = replace(_of_one(filter, by, id), from_ns=after.start_ns)
    page = store.list_traces(newer, after=None, limit=1)
    return any((row.start_ns, row.trace_id) >= (after.start_ns, after.id) for row in page.items)


def _shape(id: str, rows: list[TraceRow], now_ns: int, *, is_complete: bool) -> GroupShape:
    """`rows` are newest first, at least one."""
    first_ns = min(row.start_ns for row in rows)
    last_ns = max(row.end_ns for row in rows)
    costs = [row.cost_nano_usd for row in rows if row.cost_nano_usd is not None]
    durations = [(row.end_ns - row.start_ns) / 1e6 for row in rows]
    return GroupShape(
        id=id,
        first_time=format_time(first_ns),
        last_time=format_time(last_ns),
        duration_ms=round((last_ns - first_ns) / 1e6, 3),
        traces=len(rows),
        spans=sum(row.span_count for row in rows),
        errors=sum(row.status == "error" for row in rows),
        sessions=len({row.session_id for row in rows if row.session_id}),
        users=tuple(sorted({row.user_id for row in rows if row.user_id})),
        models=tuple(sorted({model for row in rows for model in row.models})),
        tags=tuple(sorted({tag for row in rows for tag in row.tags})),
        input_tokens=sum(row.usage.input_total for row in rows),
        output_tokens=sum(row.usage.output_total for row in rows),
        cost_usd=format_usd(sum(costs) if costs else None),
        latency_p50_ms=quantile(durations, 0.5),
        latency_p95_ms=quantile(durations, 0.95),
        active_days=len({row.start_ns // _DAY_NS for row in rows}),
        last_name=rows[0].name,
        segment=_segment(first_ns, last_ns, now_ns),
        complete=is_complete,
    )


def _segment(first_ns: int, last_ns: int, now_ns: int) -> Segment:
    if now_ns - last_ns > 7 * _DAY_NS:
        return "quiet"
    return "new" if now_ns - first_ns <= 7 * _DAY_NS else "active"
