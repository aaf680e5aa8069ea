"""Reports where their reader wants them: on the terminal, in a file, as JSON, CSV or PDF."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from vedette import __version__
from vedette.cli.output import console, printable, table
from vedette.clock import SystemClock
from vedette.errors import BadRequest
from vedette.model.document import Document


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


FormatOption = Annotated[
    Format, typer.Option(help="How to write it; pdf needs `pip install 'vedette[pdf]'`.")
]
OutOption = Annotated[
    Path | None, typer.Option(help="File. Else it is printed.", show_default=False)
]


def write(document: Document, found: object, format: Format, out: Path | None) -> None:
    """`found` is what JSON shows."""
    if format is Format.TABLE and out is None:
        _print(document)
        return
    if format is Format.TABLE:
        raise BadRequest("--out needs --format json, csv or pdf.")
    content = _content(document, found, format)
    if out is None:
        if format is Format.PDF and sys.stdout.isatty():
            raise BadRequest("A PDF is nothing for a terminal: name a file with --out.")
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadRequest(f"Cannot write {str(out)!r}: {error.strerror}.") from None
    console().print(f"Written to {out}.")


def _content(document: Document, found: object, format: Format) -> bytes:
    from vedette.query.pages import csv_of, pdf_of

    if format is Format.JSON:
        return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
    if format is Format.CSV:
        return csv_of(document)
    made = datetime.fromtimestamp(SystemClock().now_ns() // 10**9, UTC)
    return pdf_of(document, made=f"{made:%Y-%m-%d %H:%M} UTC", version=__version__)


def _print(document: Document) -> None:
    if document.lines:
        print(printable(document.title))
        print("".join(f"  {printable(line)}\n" for line in document.lines))
    for one in document.tables:
        table(console(), one.columns, one.rows)
