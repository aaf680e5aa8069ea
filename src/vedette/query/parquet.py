"""Spans as a Parquet file, a row group at a time; needs the extra `parquet` (pyarrow)."""

import importlib
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from vedette.errors import VedetteError
from vedette.model.span import Span

ROWS = 2_000
"""Rows of a group: what is held in memory."""


class NoParquet(VedetteError):
    """The package that writes Parquet is not installed."""

    code = "parquet_unavailable"
    status = 501


def parquet_pieces(spans: Iterable[Span]) -> Iterator[bytes]:
    """The file in pieces. Raises NoParquet before the first."""
    try:
        arrow: Any = importlib.import_module("pyarrow")
        writing: Any = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise NoParquet(
            "Writing Parquet needs pyarrow: install it with `pip install 'vedette[parquet]'`."
        ) from None
    schema = arrow.schema([
        ("trace_id", arrow.string()), ("span_id", arrow.string()),
        ("parent_span_id", arrow.string()), ("name", arrow.string()), ("kind", arrow.string()),
        ("start_time", arrow.timestamp("ns", tz="UTC")),
        ("end_time", arrow.timestamp("ns", tz="UTC")), ("duration_ms", arrow.float64()),
        ("status", arrow.string()), ("status_message", arrow.string()),
        ("provider", arrow.string()), ("model", arrow.string()),
        ("response_model", arrow.string()), ("input_tokens", arrow.int64()),
        ("output_tokens", arrow.int64()), ("cache_read_tokens", arrow.int64()),
        ("reasoning_tokens", arrow.int64()), ("cost_usd", arrow.float64()),
        ("ttft_ms", arrow.float64()), ("session_id", arrow.string()),
        ("user_id", arrow.string()), ("tags", arrow.list_(arrow.string())),
        ("environment", arrow.string()), ("release", arrow.string()),
        ("finish_reason", arrow.string()), ("input", arrow.string()),
        ("output", arrow.string()), ("attributes", arrow.string()),
    ])  # fmt: skip
    sink = _Sink()
    rows = iter(spans)
    with writing.ParquetWriter(arrow.PythonFile(sink, "w"), schema, compression="zstd") as writer:
        while group := list(islice(rows, ROWS)):
            table = arrow.Table.from_pylist([_row(span) for span in group], schema=schema)
            writer.write_table(table)
            yield sink.take()
    yield sink.take()


class _Sink(io.RawIOBase):
    """A file of which only what was not taken yet is held."""

    def __init__(self) -> None:
        super().__init__()
        self._piece = bytearray()
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._piece += piece
        self._written += len(piece)
        return len(piece)

    def take(self) -> bytes:
        piece, self._piece = bytes(self._piece), bytearray()
        return piece


def _row(span: Span) -> dict[str, Any]:
    usage = span.usage
    return {
        "trace_id": span.trace_id, "span_id": span.span_id,
        "parent_span_id": span.parent_span_id or None, "name": span.name, "kind": span.kind,
        "start_time": span.start_ns, "end_time": span.end_ns, "duration_ms": span.duration_ms,
        "status": span.status, "status_message": span.status_message or None,
        "provider": span.provider or None, "model": span.model or None,
        "response_model": span.response_model or None, "input_tokens": usage.input_total,
        "output_tokens": usage.output_total, "cache_read_tokens": usage.cache_read_total,
        "reasoning_tokens": usage.reasoning,
        "cost_usd": None if span.cost_nano_usd is None else span.cost_nano_usd / 1e9,
        "ttft_ms": span.ttft_ms, "session_id": span.session_id or None,
        "user_id": span.user_id or None, "tags": list(span.tags),
        "environment": span.environment or None, "release": span.release or None,
        "finish_reason": span.finish_reason or None, "input": _text(span.payload.input),
        "output": _text(span.payload.output),
        "attributes": msgspec.json.encode(span.payload.attributes).decode(),
    }  # fmt: skip


def _text(side: Any) -> str | None:
    if side is None or isinstance(side, str):
        return side
    return msgspec.json.encode(side).decode()
