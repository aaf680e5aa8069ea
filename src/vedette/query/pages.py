"""Documents as CSV and on pages (PDF).

The fonts of PDF itself know Latin-1; other letters are written as `?`, lines of blocks as digits
from 1 to 8. JSON and CSV have everything as it is.
"""

import csv
import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from vedette.errors import VedetteError
from vedette.model.document import Document, Table

if TYPE_CHECKING:
    from fpdf import FPDF

FONT: Final = "helvetica"
MEDIA_TYPES: Final = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}
_CELL_CHARS: Final = 60
_LEAST_CHARS: Final = 4
_BARS: Final = str.maketrans("▁▂▃▄▅▆▇█", "12345678")


class NoPdf(VedetteError):
    """The package that writes PDF is not installed."""

    code = "pdf_unavailable"
    status = 501


def csv_of(document: Document) -> bytes:
    """The first table (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for table in document.tables[:1]:
        writer.writerow(column.rstrip(">").lower() for column in table.columns)
        writer.writerows(map(_harmless, cells) for cells in table.rows)
    return buffer.getvalue().encode()


def pdf_of(document: Document, *, made: str, version: str) -> bytes:
    """Raises NoPdf. `made` is the time that stands on the first page."""
    if find_spec("fpdf") is None:
        raise NoPdf("PDF needs `pip install 'vedette[pdf]'`. CSV and JSON need nothing.")
    from fpdf import FPDF

    pdf = FPDF(format="A4", orientation="landscape")
    pdf.set_title(_text(document.title))
    pdf.set_creator(f"Vedette {version}")
    pdf.set_auto_page_break(auto=True, margin=12)
    pdf.add_page()
    _say(pdf, document.title, size=16, style="B")
    _say(pdf, f"Made {made} by Vedette {version}.")
    for line in document.lines:
        _say(pdf, line)
    for table in document.tables:
        pdf.ln(3)
        _say(pdf, table.title, size=11, style="B")
        if table.rows:
            _table(pdf, table)
        else:
            _say(pdf, "Nothing.")
    return bytes(pdf.output())


def _table(pdf: "FPDF", table: Table) -> None:
    pdf.set_font(FONT, size=7)
    aligns = tuple("RIGHT" if one.endswith(">") else "LEFT" for one in table.columns)
    widths = tuple(
        min(_CELL_CHARS, max(_LEAST_CHARS, *map(len, column)))
        for column in zip(table.columns, *table.rows, strict=True)
    )
    with pdf.table(line_height=4, text_align=aligns, col_widths=widths, padding=1) as drawn:
        for cells in (tuple(one.rstrip(">") for one in table.columns), *table.rows):
            row = drawn.row()
            for cell in cells:
                row.cell(_text(cell)[:_CELL_CHARS])


def _say(pdf: "FPDF", text: str, *, size: float = 9, style: str = "") -> None:
    pdf.set_font(FONT, style=style, size=size)
    pdf.multi_cell(0, text=_text(text), new_x="LMARGIN", new_y="NEXT")


def _text(text: str) -> str:
    return text.translate(_BARS).encode("latin-1", errors="replace").decode("latin-1")


def _harmless(cell: str) -> str:
    """A quote before text that a spreadsheet would run as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t", "\r") else cell
