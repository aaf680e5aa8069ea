"""Spans as files: JSON lines, JSON and OTLP with everything, Parquet, or CSV for spreadsheets."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.ports.stores import SpanStore
from vedette.query.money import format_usd
from vedette.query.otlp import otlp_pieces
from vedette.query.parquet import parquet_pieces
from vedette.query.times import format_time
from vedette.query.traces import span_shape

Format = Literal["jsonl", "json", "csv", "parquet", "otlp"]
FORMATS: Mapping[Format, str] = {
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "otlp": "application/json",
}
"""Names and media types."""

CSV_COLUMNS = (
    "trace_id", "span_id", "parent_span_id", "name", "kind", "start_time", "duration_ms",
    "status", "status_message", "provider", "model", "response_model", "input_tokens",
    "output_tokens", "cache_read_tokens", "reasoning_tokens", "cost_usd", "cost_source", "ttft_ms",
    "session_id", "user_id", "tags", "finish_reason",
)  # fmt: skip

_PIECE_BYTES = 65_536


def export_pieces(store: SpanStore, filter: Filter, format: Format) -> Iterator[bytes]:
    """The export in pieces of about 64 KB; closing it closes the store's cursor."""
    spans = store.export(filter)
    lines = _WRITERS[format](spans)
    piece = bytearray()
    try:
        for line in lines:
            piece += line
            if len(piece) >= _PIECE_BYTES:
                yield bytes(piece)
                piece.clear()
        if piece:
            yield bytes(piece)
    finally:
        close = getattr(spans, "close", None)
        if close is not None:
            close()


def jsonl_lines(spans: Iterable[Span]) -> Iterator[bytes]:
    """One span a line, in the shape of the API, with its raw bodies."""
    for span in spans:
        yield msgspec.json.encode(span_shape(span, payload=True, raw=True)) + b"\n"


def json_pieces(spans: Iterable[Span]) -> Iterator[bytes]:
    """One JSON array of the same."""
    yield b"["
    for index, line in enumerate(jsonl_lines(spans)):
        yield (b"," if index else b"") + line
    yield b"]\n"


def file_name(format: Format) -> str:
    """Name of the downloaded file."""
    return f"vedette-spans.{_ENDINGS.get(format, format)}"


_ENDINGS = {"otlp": "otlp.json"}


def csv_lines(spans: Iterable[Span]) -> Iterator[bytes]:
    """RFC 4180 with a heading; text that a spreadsheet would run as a formula gets a quote."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for span in spans:
        writer.writerow(_row(span))
        yield buffer.getvalue().encode(errors="replace")
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def _row(span: Span) -> tuple[str, ...]:
    usage = span.usage
    return (
        span.trace_id,
        span.span_id,
        span.parent_span_id,
        _harmless(span.name),
        span.kind,
        format_time(span.start_ns),
        f"{span.duration_ms:.3f}",
        span.status,
        _harmless(span.status_message),
        _harmless(span.provider),
        _harmless(span.model),
        _harmless(span.response_model),
        str(usage.input_total),
        str(usage.output_total),
        str(usage.cache_read_total),
        str(usage.reasoning),
        format_usd(span.cost_nano_usd) or "",
        span.cost_source or "unknown",
        "" if span.ttft_ms is None else f"{span.ttft_ms:.3f}",
        _harmless(span.session_id),
        _harmless(span.user_id),
        _harmless(" ".join(span.tags)),
        _harmless(span.finish_reason),
    )


def _harmless(text: str) -> str:
    """OWASP, CSV injection: no cell of foreign text starts a formula."""
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


_WRITERS: Mapping[Format, Callable[[Iterable[Span]], Iterator[bytes]]] = {
    "jsonl": jsonl_lines,
    "json": json_pieces,
    "csv": csv_lines,
    "parquet": parquet_pieces,
    "otlp": otlp_pieces,
}
