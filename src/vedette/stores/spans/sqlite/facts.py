"""The newest spans of a filter, to be counted; as they stand in their rows where that is enough."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from vedette.model.query import Facts, Filter
from vedette.model.span import SpanFacts
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.loading import CHUNK
from vedette.stores.spans.sqlite.reading import (
    Bounds,
    by_ticks,
    doc_range,
    span_holds,
    span_query,
)
from vedette.stores.spans.sqlite.searching import Judge, Looking


class _Part(NamedTuple):
    spans: list[SpanFacts]
    is_complete: bool
    looked_at: int


def newest_facts(files: Sequence[SpanFile], filter: Filter, most: int, looking: Looking) -> Facts:
    """At most `most` spans, newest first, of as many as one answer may look at."""
    bounds = Bounds.of(filter, None)
    found: list[SpanFacts] = []
    is_complete, looked_at = True, 0
    for file in files:
        with file.reading() as conn:
            stat = read_stat(conn)
            is_older = len(found) > most and (stat.max_start_ns or 0) < found[most].start_ns
            if is_older or not bounds.touch(stat) or bounds.from_ns > bounds.latest_ns:
                continue
            if not is_complete:
                break
            part = _of_file(conn, filter, bounds, (most, looked_at), looking)
        if found and part.spans:
            found = sorted([*found, *part.spans], key=_start, reverse=True)
        found = found or part.spans
        is_complete, looked_at = part.is_complete, part.looked_at
    return Facts(spans=found[:most], complete=is_complete and len(found) <= most)


def _of_file(
    conn: sqlite3.Connection, filter: Filter, bounds: Bounds, so_far: tuple[int, int],
    looking: Looking,
) -> _Part:  # fmt: skip
    most, seen = so_far
    query = span_query(conn, filter, sums=True, notes=looking.notes)
    judge = Judge(filter.where, looking)
    bound = max(2 * judge.most, most + 1)
    found: list[SpanFacts] = []
    for docs in by_ticks(query.stream(*doc_range(bounds.from_ns, bounds.latest_ns)), CHUNK):
        if seen >= bound:
            return _Part(found, False, seen)
        seen += len(docs)
        loaded: list[SpanFacts] = (
            [*judge.load_briefs(conn, filter.project_id, docs)]
            if judge.is_light
            else [span for _, span in judge.load(conn, filter.project_id, docs, payload=False)]
        )
        held = [
            span
            for span in loaded
            if bounds.from_ns <= span.start_ns < bounds.to_ns and span_holds(filter, span)
        ]
        found += sorted(held, key=_start, reverse=True) if len(found) + len(held) > most else held
        if len(found) > most:
            break
    return _Part(found, True, seen)


def _start(span: SpanFacts) -> int:
    return span.start_ns
