"""What a span store must answer, worked out by brute force from the definitions."""

import math
from collections.abc import Iterable, Sequence

from vedette.model.chat import TextPart
from vedette.model.query import Filter, SeriesQuery, TraceRow
from vedette.model.span import Span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.text import words

SUMMED = tuple(name for name in Usage.__struct_fields__ if name != "estimated")


def distinct(spans: Iterable[Span]) -> list[Span]:
    """The first of each (project, trace, span)."""
    first: dict[tuple[str, str, str], Span] = {}
    for span in spans:
        first.setdefault((span.project_id, span.trace_id, span.span_id), span)
    return list(first.values())


def pieces(span: Span) -> list[str]:
    found = [span.name]
    for side in (span.payload.input, span.payload.output):
        if isinstance(side, str):
            found.append(side)
        elif side:
            found += [p.content for m in side for p in m.parts if isinstance(p, TextPart)]
    return found


def holds_phrase(span: Span, text: str) -> bool:
    wanted = words(text)
    if not wanted:
        return False
    for piece in pieces(span):
        have = words(piece)
        if any(have[at : at + len(wanted)] == wanted for at in range(len(have))):
            return True
    return False


def span_matches(span: Span, filter: Filter) -> bool:
    """The conditions on a single span but time and sums."""
    return (
        span.project_id == filter.project_id
        and filter.model in ("", span.model)
        and filter.provider in ("", span.provider)
        and filter.kind in ("", span.kind)
        and filter.session_id in ("", span.session_id)
        and filter.user_id in ("", span.user_id)
        and filter.trace_id in ("", span.trace_id)
        and (not filter.tag or filter.tag in span.tags)
        and (not filter.text or holds_phrase(span, filter.text))
    )


def in_time(start_ns: int, filter: Filter) -> bool:
    return (filter.from_ns is None or start_ns >= filter.from_ns) and (
        filter.to_ns is None or start_ns < filter.to_ns
    )


def sums_match(row: Span | TraceRow, filter: Filter) -> bool:
    cost, floor = row.cost_nano_usd, filter.min_cost_nano_usd
    if floor is not None and (cost is None or cost < floor):
        return False
    latency_ms = (row.end_ns - row.start_ns) / 1e6
    if filter.min_latency_ms is not None and latency_ms < filter.min_latency_ms:
        return False
    return filter.status in ("", row.status)


def spans_of(spans: Sequence[Span], filter: Filter) -> list[Span]:
    found = [
        span
        for span in spans
        if span_matches(span, filter)
        and in_time(span.start_ns, filter)
        and sums_match(span, filter)
    ]
    return sorted(found, key=lambda span: (span.start_ns, span.span_id), reverse=True)


def traces_of(spans: Sequence[Span], filter: Filter) -> list[TraceRow]:
    """Traces with a matching span; time, status and sums are those of the trace."""
    ids = {span.trace_id for span in spans if span_matches(span, filter)}
    rows = [trace_row([s for s in spans if s.trace_id == id and s.project_id == filter.project_id])
            for id in ids]  # fmt: skip
    found = [row for row in rows if in_time(row.start_ns, filter) and sums_match(row, filter)]
    return sorted(found, key=lambda row: (row.start_ns, row.trace_id), reverse=True)


def trace_row(spans: Sequence[Span]) -> TraceRow:
    ranked = sorted(spans, key=lambda s: (bool(s.parent_span_id), s.start_ns, s.span_id))
    by_time = sorted(spans, key=lambda s: (s.start_ns, s.span_id))
    used = [s for s in spans if s.kind not in ("agent", "chain")]
    costs = [s.cost_nano_usd for s in used if s.cost_nano_usd is not None]
    statuses = {s.status for s in spans}
    ttfts = [s.ttft_ms for s in by_time if s.kind == "llm" and s.ttft_ms is not None]
    return TraceRow(
        trace_id=spans[0].trace_id,
        name=next((s.name for s in ranked if s.name), ""),
        session_id=next((s.session_id for s in ranked if s.session_id), ""),
        user_id=next((s.user_id for s in ranked if s.user_id), ""),
        tags=next((s.tags for s in ranked if s.tags), ()),
        start_ns=by_time[0].start_ns,
        end_ns=max(s.end_ns for s in spans),
        status="error" if "error" in statuses else "ok" if "ok" in statuses else "unset",
        span_count=len(spans),
        models=tuple(sorted({s.model for s in spans if s.model})),
        providers=tuple(sorted({s.provider for s in spans if s.provider})),
        usage=Usage(
            **{name: sum(getattr(s.usage, name) for s in used) for name in SUMMED},
            estimated=any(s.usage.estimated for s in used),
        ),
        cost_nano_usd=sum(costs) if costs else None,
        ttft_ms=ttfts[0] if ttfts else None,
    )


def points_of(spans: Sequence[Span], query: SeriesQuery) -> dict[tuple[str, str, int], float]:
    """Values by metric, group and bucket start in seconds."""
    width = query.bucket_s * 10**9
    low, high = query.from_ns // width * width, -(-query.to_ns // width) * width
    cells: dict[tuple[str, int], list[Span]] = {}
    for span in spans:
        if (
            span.kind in ("llm", "embedding")
            and span.project_id == query.project_id
            and low <= span.start_ns < high
            and query.model in ("", span.model)
            and query.provider in ("", span.provider)
        ):
            group = str(getattr(span, query.group_by)) if query.group_by else ""
            cells.setdefault((group, span.start_ns // width * query.bucket_s), []).append(span)
    found: dict[tuple[str, str, int], float] = {}
    for (group, start_s), some in cells.items():
        for metric in query.metrics:
            value = value_of(some, metric)
            if value is not None:
                found[metric, group, start_s] = value
    return found


def value_of(spans: Sequence[Span], metric: str) -> float | None:
    match metric:
        case "requests":
            return len(spans)
        case "errors":
            return sum(s.status == "error" for s in spans)
        case "input_tokens":
            return sum(s.usage.input_total for s in spans)
        case "output_tokens":
            return sum(s.usage.output_total for s in spans)
        case "cache_read_tokens":
            return sum(s.usage.cache_read for s in spans)
        case "cost_usd":
            costs = [s.cost_nano_usd for s in spans if s.cost_nano_usd is not None]
            return sum(costs) / 1e9 if costs else None
        case _:
            what, share, _ = metric.split("_")
            values = sorted(
                s.duration_ms if what == "latency" else s.ttft_ms
                for s in spans
                if what == "latency" or s.ttft_ms is not None
            )  # type: ignore[type-var]
            if not values:
                return None
            return float(values[max(1, math.ceil(int(share[1:]) / 100 * len(values))) - 1] or 0.0)
