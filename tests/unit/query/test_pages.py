"""Documents as CSV and PDF."""

import csv
import io
import re
import zlib

from vedette.model.document import Document, Table
from vedette.query.pages import csv_of, pdf_of

ROWS = (("=m", "1", "▁█"), ("模型", "20", ""), ("x" * 200, "3", "-"))
DOCUMENT = Document(
    title="Drift report", lines=("60 calls",),
    tables=(
        Table(title="Models", columns=("MODEL", "CALLS>", "TREND"), rows=ROWS),
        Table(title="More", columns=("A",), rows=()),
    ),
)  # fmt: skip


def texts(pdf: bytes) -> str:
    """What stands on the pages, roughly."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    found = []
    for stream in streams:
        try:
            found.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(found)


def test_csv_holds_the_first_table_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(csv_of(DOCUMENT).decode())))
    assert rows[0] == ["model", "calls", "trend"]
    assert rows[1] == ["'=m", "1", "▁█"]
    assert rows[2][0] == "模型"
    assert len(rows) == 4
    assert csv_of(Document(title="x")) == b""


def test_pdf_holds_all_of_it() -> None:
    content = pdf_of(DOCUMENT, made="2026-11-26", version="1.2.3")
    assert content.startswith(b"%PDF-")
    shown = texts(content)
    for text in ("Drift report", "60 calls", "Made 2026-11-26 by Vedette 1.2.3.", "MODEL", "=m"):
        assert f"({text})" in shown
    assert "(18)" in shown
    assert "(??)" in shown
    assert "Nothing." in shown


def test_many_rows_go_on_the_next_page() -> None:
    rows = tuple((f"m{number}", "1", "") for number in range(200))
    table = Table(title="Models", columns=("MODEL", "CALLS>", "TREND"), rows=rows)
    content = pdf_of(Document(title="x", tables=(table,)), made="", version="")
    assert content.count(b"/Type /Page\n") > 3
