"""An honest span store and record store in dictionaries, to test what stands above the ports."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.model.query import (
    Facets,
    Filter,
    Metric,
    Page,
    Position,
    Series,
    SeriesQuery,
    StoreCapabilities,
    StoreHealth,
    TraceRow,
)
from vedette.model.span import Payload, Span
from vedette.model.usage import Usage
from vedette.ports.stores import Record


class MemoryStore:
    """`SpanStore` by brute force."""

    capabilities = StoreCapabilities(text_search=True, percentiles=True)

    def __init__(self) -> None:
        self._spans: dict[tuple[str, str, str], Span] = {}

    def write_batch(self, spans: Sequence[Span]) -> int:
        before = len(self._spans)
        for span in spans:
            self._spans.setdefault((span.project_id, span.trace_id, span.span_id), span)
        return len(self._spans) - before

    def list_traces(self, filter: Filter, *, after: Position | None, limit: int) -> Page[TraceRow]:
        rows = [
            row
            for row in self._rows(filter.project_id)
            if _in_range(row.start_ns, filter)
            and _costs(row.cost_nano_usd, filter)
            and (row.end_ns - row.start_ns) / 1e6 >= (filter.min_latency_ms or 0)
            and (not filter.status or row.status == filter.status)
            and any(_matches(span, filter) for span in self._of(filter.project_id, row.trace_id))
        ]
        found = _page([(row.start_ns, row.trace_id) for row in rows], after)
        by_id = {row.trace_id: row for row in rows}
        items = tuple(by_id[id] for _, id in found[:limit])
        more = len(found) > limit
        return Page(items, Position(items[-1].start_ns, items[-1].trace_id) if more else None)

    def list_spans(self, filter: Filter, *, after: Position | None, limit: int) -> Page[Span]:
        spans = [span for span in self._spans.values() if self._holds(span, filter)]
        found = _page([(span.start_ns, span.span_id) for span in spans], after)
        by_key = {(span.start_ns, span.span_id): _bare(span) for span in spans}
        items = tuple(by_key[key] for key in found[:limit])
        more = len(found) > limit
        return Page(items, Position(items[-1].start_ns, items[-1].span_id) if more else None)

    def trace(self, project_id: str, trace_id: str) -> TraceRow | None:
        spans = self._of(project_id, trace_id)
        return _row(spans) if spans else None

    def trace_spans(
        self, project_id: str, trace_id: str, *, payload: bool, limit: int = 10_000
    ) -> tuple[Span, ...]:
        spans = self._of(project_id, trace_id)[:limit]
        return tuple(span if payload else _bare(span) for span in spans)

    def span(self, project_id: str, trace_id: str, span_id: str) -> Span | None:
        return self._spans.get((project_id, trace_id, span_id))

    def series(self, query: SeriesQuery) -> tuple[Series, ...]:
        groups: dict[tuple[str, int], list[Span]] = {}
        bucket_ns = query.bucket_s * 10**9
        for span in self._spans.values():
            if span.kind in ("llm", "embedding") and query.from_ns <= span.start_ns < query.to_ns:
                group = getattr(span, query.group_by) if query.group_by else ""
                key = (group, span.start_ns // bucket_ns * bucket_ns)
                groups.setdefault(key, []).append(span)
        return tuple(
            Series(
                metric=metric,
                group=group,
                points=tuple(
                    (at, _value(metric, spans))
                    for (name, at), spans in sorted(groups.items())
                    if name == group
                ),
            )
            for metric in query.metrics
            for group in sorted({name for name, _ in groups})
        )

    def facets(self, project_id: str, *, from_ns: int, to_ns: int) -> Facets:
        spans = [s for s in self._spans.values() if from_ns <= s.start_ns < to_ns]
        return Facets(
            models=tuple(dict.fromkeys(s.model for s in spans if s.model)),
            providers=tuple(dict.fromkeys(s.provider for s in spans if s.provider)),
            tags=tuple(dict.fromkeys(tag for s in spans for tag in s.tags)),
        )

    def export(self, filter: Filter) -> Iterator[Span]:
        spans = [span for span in self._spans.values() if self._holds(span, filter)]
        yield from sorted(spans, key=lambda span: (span.start_ns, span.span_id), reverse=True)

    def delete_range(self, project_id: str, *, to_ns: int) -> int:
        old = [key for key, s in self._spans.items() if key[0] == project_id and s.start_ns < to_ns]
        for key in old:
            del self._spans[key]
        return len(old)

    def health(self) -> StoreHealth:
        return StoreHealth(ok=True, spans=len(self._spans))

    def close(self) -> None:
        pass

    def _of(self, project_id: str, trace_id: str) -> list[Span]:
        spans = [s for key, s in self._spans.items() if key[:2] == (project_id, trace_id)]
        return sorted(spans, key=lambda span: (span.start_ns, span.span_id))

    def _rows(self, project_id: str) -> list[TraceRow]:
        ids = dict.fromkeys(key[1] for key in self._spans if key[0] == project_id)
        return [_row(self._of(project_id, id)) for id in ids]

    def _holds(self, span: Span, filter: Filter) -> bool:
        return (
            _in_range(span.start_ns, filter)
            and _matches(span, filter)
            and _costs(span.cost_nano_usd, filter)
            and span.duration_ms >= (filter.min_latency_ms or 0)
            and (not filter.status or span.status == filter.status)
        )


class MemoryRecords:
    """`Records` in a dictionary."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: dict[tuple[str, str, str], Record] = {}

    def get(self, project_id: str, kind: str, id: str) -> Record | None:
        return self._records.get((project_id, kind, id))

    def list(
        self, project_id: str, kind: str, *, after_id: str = "", limit: int = 100
    ) -> tuple[Record, ...]:
        found = sorted(k for k in self._records if k[:2] == (project_id, kind) and k[2] > after_id)
        return tuple(self._records[key] for key in found[:limit])

    def put(
        self, project_id: str, kind: str, id: str, body: dict[str, Any], *, version: int
    ) -> Record:
        there = self.get(project_id, kind, id)
        if (there.version if there else 0) != version:
            raise Conflict(f"{kind} {id!r} is not at version {version}.")
        now_ns = self._clock.now_ns()
        record = Record(
            project_id=project_id,
            kind=kind,
            id=id,
            version=version + 1,
            created_ns=there.created_ns if there else now_ns,
            updated_ns=now_ns,
            body=body,
        )
        self._records[project_id, kind, id] = record
        return record

    def delete(self, project_id: str, kind: str, id: str, *, version: int) -> None:
        there = self.get(project_id, kind, id)
        if there is None:
            raise NotFound(f"There is no {kind} {id!r}.")
        if there.version != version:
            raise Conflict(f"{kind} {id!r} is not at version {version}.")
        del self._records[project_id, kind, id]

    def close(self) -> None:
        pass


def _bare(span: Span) -> Span:
    return msgspec.structs.replace(span, payload=Payload())


def _in_range(start_ns: int, filter: Filter) -> bool:
    late = filter.to_ns is None or start_ns < filter.to_ns
    return late and (filter.from_ns is None or start_ns >= filter.from_ns)


def _costs(cost: int | None, filter: Filter) -> bool:
    least = filter.min_cost_nano_usd
    return least is None or (cost is not None and cost >= least)


def _matches(span: Span, filter: Filter) -> bool:
    wanted = (
        (filter.model, span.model),
        (filter.provider, span.provider),
        (filter.kind, span.kind),
        (filter.session_id, span.session_id),
        (filter.user_id, span.user_id),
        (filter.trace_id, span.trace_id),
    )
    if any(want and want != has for want, has in wanted):
        return False
    text = msgspec.json.encode((span.payload.input, span.payload.output)).decode()
    return (not filter.tag or filter.tag in span.tags) and filter.text in text


def _page(keys: list[tuple[int, str]], after: Position | None) -> list[tuple[int, str]]:
    keys = sorted(keys, reverse=True)
    if after is None:
        return keys
    return [key for key in keys if key < (after.start_ns, after.id)]


def _row(spans: Sequence[Span]) -> TraceRow:
    costs = [span.cost_nano_usd for span in spans if span.cost_nano_usd is not None]
    bad = any(span.status == "error" for span in spans)
    return TraceRow(
        trace_id=spans[0].trace_id,
        name=spans[0].name,
        start_ns=min(span.start_ns for span in spans),
        end_ns=max(span.end_ns for span in spans),
        status="error" if bad else "ok",
        span_count=len(spans),
        models=tuple(dict.fromkeys(span.model for span in spans if span.model)),
        providers=tuple(dict.fromkeys(span.provider for span in spans if span.provider)),
        session_id=spans[0].session_id,
        user_id=spans[0].user_id,
        tags=tuple(dict.fromkeys(tag for span in spans for tag in span.tags)),
        usage=Usage(
            input_uncached=sum(span.usage.input_uncached for span in spans),
            output_text=sum(span.usage.output_text for span in spans),
        ),
        cost_nano_usd=sum(costs) if costs else None,
        ttft_ms=spans[0].ttft_ms,
    )


def _value(metric: Metric, spans: Sequence[Span]) -> float:
    sums: dict[str, float] = {
        "requests": len(spans),
        "errors": sum(span.status == "error" for span in spans),
        "input_tokens": sum(span.usage.input_total for span in spans),
        "output_tokens": sum(span.usage.output_total for span in spans),
        "cache_read_tokens": sum(span.usage.cache_read for span in spans),
        "cost_usd": sum(span.cost_nano_usd or 0 for span in spans) / 1e9,
    }
    if metric in sums:
        return sums[metric]
    durations = sorted(span.duration_ms for span in spans)
    return durations[int(len(durations) * int(metric.split("_p")[1][:2]) / 100)]
