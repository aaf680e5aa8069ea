"""`vedette traces list|show|export`: what is stored, read directly and read-only."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from msgspec.structs import replace

from vedette.cli.filters import Filters, filtered
from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, printable, printable_lines, table
from vedette.clock import SystemClock
from vedette.errors import NotFound
from vedette.model.tenant import DEFAULT
from vedette.ports.stores import SpanStore
from vedette.query.criticalpath import critical_path
from vedette.query.cursors import encode_cursor
from vedette.query.export import export_pieces
from vedette.query.filters import check_trace_id, page_query
from vedette.query.parameters import ParameterError
from vedette.query.payloads import MAX_SPANS, trace_with_payloads
from vedette.query.shapes import SpanShape, TraceDetail, TraceShape
from vedette.query.spantree import build_tree
from vedette.query.traces import trace_shapes

if TYPE_CHECKING:
    from vedette.config.schema import Config

ProjectOption = Annotated[
    str, typer.Option("--project", help="Id or name of the project whose calls are meant.")
]

_LIST_EPILOG = """Examples:

- `vedette traces list --from now-1h --status error`

- `vedette traces list --model gpt-4o --min-cost 0.01 --format json`

- `vedette traces list --filter 'cost > 0.01 and not tag in (test, "load test")'`"""
_SHOW_EPILOG = """Examples:

- `vedette traces show 4bf92f3577b34da6a3ce929d0e0e4736`

- `vedette traces show 4bf92f3577b34da6a3ce929d0e0e4736 --format json`"""
_EXPORT_EPILOG = """Examples:

- `vedette traces export --from now-7d > week.jsonl`

- `vedette traces export --format csv --user ada --output ada.csv`

- `vedette traces export --filter 'attributes."http.status_code" >= 500' > failed.jsonl`"""

_COLUMNS = (
    "TIME", "TRACE", "NAME", "MODEL", "STATUS", "IN>", "OUT>", "COST USD>", "MS>", "TTFT MS>",
)  # fmt: skip
_LESS = ("TTFT MS", "IN", "OUT", "NAME", "COST USD", "MODEL", "MS", "TIME")
"""What a narrow terminal goes without."""


class ListFormat(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class ShowFormat(StrEnum):
    """How a trace is printed."""

    TEXT = "text"
    JSON = "json"


class ExportFormat(StrEnum):
    """How spans are written."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    OTLP = "otlp"


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Look at recorded traces.")
    group.callback()(_group)
    group.command("list", epilog=_LIST_EPILOG)(filtered(list_traces))
    group.command("show", epilog=_SHOW_EPILOG)(show_trace)
    group.command("export", epilog=_EXPORT_EPILOG)(filtered(export_spans))
    app.add_typer(group, name="traces")


def list_traces(
    filters: Filters,
    *,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="Rows of a page.")] = 50,
    cursor: Annotated[
        str, typer.Option(help="Where to go on: the cursor of the page before.", show_default=False)
    ] = "",
    format: Annotated[ListFormat, typer.Option(help="How to print them.")] = ListFormat.TABLE,
    project: ProjectOption = DEFAULT,
    config: ConfigOption = None,
) -> None:
    """List traces, newest first."""
    clock = SystemClock()
    pairs = [*filters, ("limit", str(limit)), ("cursor", cursor)]
    loaded = load_config(config).config
    query = page_query(pairs, now_ns=clock.now_ns(), project_id=_project(loaded, project))
    with closing(_open(loaded, clock)) as store:
        page = store.list_traces(query.filter, after=query.after, limit=query.limit)
        shapes = trace_shapes(store, query.filter.project_id, page.items)
    _print_list(shapes, encode_cursor(page.next), format)


def show_trace(
    trace_id: Annotated[str, typer.Argument(help="Trace id, 32 hex digits.", show_default=False)],
    format: Annotated[ShowFormat, typer.Option(help="How to print it.")] = ShowFormat.TEXT,
    critical: Annotated[
        bool,
        typer.Option("--critical-path", help="Only the spans that kept it from ending earlier."),
    ] = False,
    project: ProjectOption = DEFAULT,
    config: ConfigOption = None,
) -> None:
    """Show one trace with its spans and messages."""
    try:
        wanted = check_trace_id(trace_id)
    except ValueError as error:
        raise ParameterError("trace_id", trace_id, str(error)) from None
    loaded = load_config(config).config
    with closing(_open(loaded, SystemClock())) as store:
        project_id = _project(loaded, project)
        trace = trace_with_payloads(store, project_id, wanted, payload=True)
        if trace is not None and critical:
            found = store.trace_spans(project_id, wanted, payload=False, limit=MAX_SPANS)
            path = critical_path(build_tree(found))
            trace = replace(trace, spans=tuple(s for s in trace.spans if s.span_id in path))
    if trace is None:
        raise NotFound(f"There is no trace {wanted!r}. `vedette traces list` shows what there is.")
    if format is ShowFormat.JSON:
        print(_pretty(trace))
        return
    print("\n".join(_trace_lines(trace)))


def export_spans(
    filters: Filters,
    format: Annotated[
        ExportFormat,
        typer.Option(help="JSON, OTLP and Parquet have everything, CSV has no payloads."),
    ] = (ExportFormat.JSONL),
    output: Annotated[
        Path | None, typer.Option(help="File to write. Without it: stdout.", show_default=False)
    ] = None,
    project: ProjectOption = DEFAULT,
    config: ConfigOption = None,
) -> None:
    """Write all matching spans, newest first."""
    clock = SystemClock()
    loaded = load_config(config).config
    query = page_query(filters, now_ns=clock.now_ns(), project_id=_project(loaded, project))
    with closing(_open(loaded, clock)) as store:
        pieces = export_pieces(store, query.filter, format.value)
        if output is None:
            _write(pieces)
            return
        draft = output.with_name(f"{output.name}.part")
        try:
            with draft.open("wb") as file:
                file.writelines(pieces)
            draft.rename(output)
        except OSError:
            draft.unlink(missing_ok=True)
            raise


def _open(config: "Config", clock: SystemClock) -> SpanStore:
    from vedette.app.spans import open_spans

    return open_spans(config, clock)


def _project(config: "Config", id_or_name: str) -> str:
    from vedette.app.projects import project_id

    return project_id(config, id_or_name)


def _print_list(traces: list[TraceShape], cursor: str | None, format: ListFormat) -> None:
    match format:
        case ListFormat.JSON:
            print(_pretty({"items": traces, "next_cursor": cursor}))
        case ListFormat.JSONL:
            _write(msgspec.json.encode(trace) + b"\n" for trace in traces)
        case ListFormat.CSV:
            _write(_csv(traces))
        case ListFormat.TABLE:
            table(console(), _COLUMNS, map(_row, traces), less=_LESS)
            if not traces:
                console(stderr=True).print("No trace matches.")
            if cursor:
                console(stderr=True).print(f"More: --cursor {cursor}", soft_wrap=True)


def _row(trace: TraceShape) -> tuple[str, ...]:
    return (
        trace.start_time[:19].replace("T", " "),
        trace.trace_id,
        trace.name,
        ", ".join(trace.models),
        trace.status,
        str(trace.usage.input_total),
        str(trace.usage.output_total),
        trace.cost_usd or "-",
        f"{trace.duration_ms:.0f}",
        "-" if trace.ttft_ms is None else f"{trace.ttft_ms:.0f}",
    )


def _csv(traces: Iterable[TraceShape]) -> Iterator[bytes]:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.rstrip(">").lower().replace(" ", "_") for column in _COLUMNS)
    for trace in traces:
        # A leading quote keeps spreadsheets from running foreign text as a formula.
        cells = (f"'{cell}" if cell[:1] in ("=", "+", "@", "\t") else cell for cell in _row(trace))
        writer.writerow(cells)
    yield buffer.getvalue().encode(errors="replace")


def _trace_lines(trace: TraceDetail) -> Iterator[str]:
    yield f"Trace {trace.trace_id}"
    yield f"  {printable(trace.name)}  {trace.status}  {trace.start_time}"
    cost = f"  {trace.cost_usd} USD" if trace.cost_usd else ""
    tokens = f"{trace.usage.input_total} in, {trace.usage.output_total} out"
    yield f"  {trace.duration_ms:.0f} ms  {tokens}{cost}"
    for span in trace.spans:
        yield ""
        yield from _span_lines(span)
    if trace.spans_truncated:
        yield "\n(more spans: --format json of `vedette traces export` has them all)"


def _span_lines(span: SpanShape) -> Iterator[str]:
    ttft = "" if span.ttft_ms is None else f", first token after {span.ttft_ms:.0f} ms"
    yield f"{span.kind} {printable(span.name)}  {span.span_id}  {span.duration_ms:.0f} ms{ttft}"
    who = " ".join(filter(None, (span.provider, span.response_model or span.model)))
    yield f"  {printable(who)}  {span.status.code} {printable(span.status.message)}".rstrip()
    for title, content in (("input", span.input), ("output", span.output)):
        if content is not None:
            yield f"  {title}:"
            yield from (f"    {line}" for line in _content_lines(content))


def _content_lines(content: object) -> Iterator[str]:
    """Messages as `role: text`, other parts as JSON."""
    if isinstance(content, str):
        yield from printable_lines(content).splitlines()
        return
    for message in msgspec.to_builtins(content):
        parts = [
            part["content"] if part.get("type") == "text" else msgspec.json.encode(part).decode()
            for part in message.get("parts", ())
        ]
        text = printable_lines(f"{message['role']}: " + "\n".join(parts))
        yield from text.splitlines()


def _pretty(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _write(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def _group() -> None:
    """Look at recorded traces."""
