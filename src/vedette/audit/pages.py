"""A compliance report on pages (PDF).

The fonts of PDF itself know Latin-1; other letters are written as `?`, and the report says so where
it has some. The HTML has them all.
"""

from typing import TYPE_CHECKING

import msgspec

from vedette.model.compliance import ComplianceReport, EvidenceSection, EvidenceTable

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "helvetica"
_CELL_CHARS = 120
_LEAST_MM = 45
"""A heading stands on the page of what follows."""


def pdf_of(report: ComplianceReport) -> bytes:
    """Needs the package `fpdf2`."""
    from fpdf import FPDF

    class Numbered(FPDF):
        def footer(self) -> None:
            self.set_y(-12)
            self.set_font(FONT, size=7)
            self.cell(0, 5, f"{_text(report.title)}   {self.page_no()} / {{nb}}", align="R")

    pdf = Numbered(format="A4")
    pdf.set_title(_text(report.title))
    pdf.set_creator(f"Vedette {report.version}")
    pdf.set_auto_page_break(auto=True, margin=15)
    pdf.add_page()
    _say(pdf, report.title, size=18, style="B")
    whose = report.organization or "the whole installation"
    _say(pdf, f"{report.from_time} to {report.to_time}, {whose}")
    _say(pdf, f"Made {report.made_time} by Vedette {report.version}.")
    _say(pdf, report.notice, style="I", gap=4)
    if has_others(report):
        _say(pdf, "Letters that the fonts of PDF lack stand as '?': the HTML report has them.")
    _say(pdf, "Requirements and where their evidence stands", size=13, style="B", gap=2)
    titles = {section.id: section.title for section in report.sections}
    rows = tuple(
        (one.id, one.title, ", ".join(titles[id] for id in one.sections), one.beyond)
        for one in report.controls
    )
    _table(pdf, EvidenceTable(
        title="", columns=("Requirement", "What it asks", "Evidence", "Not shown here"), rows=rows
    ))  # fmt: skip
    _say(pdf, "What is open", size=13, style="B", gap=6)
    gaps = [f"{section.title}: {gap}" for section in report.sections for gap in section.gaps]
    for gap in gaps or ["Nothing that this program would ask about."]:
        _say(pdf, gap)
    for section in report.sections:
        _section(pdf, section)
    return bytes(pdf.output())


def has_others(report: ComplianceReport) -> bool:
    """Whether it has letters beyond Latin-1."""
    said = msgspec.json.encode(report).decode()
    return _text(said) != said


def _section(pdf: "FPDF", section: EvidenceSection) -> None:
    if pdf.will_page_break(_LEAST_MM):
        pdf.add_page()
    _say(pdf, section.title, size=13, style="B", gap=6)
    _say(pdf, section.summary)
    for gap in section.gaps:
        _say(pdf, f"Open: {gap}", style="B")
    for fact in section.facts:
        _say(pdf, f"{fact.name}: {fact.value}")
    for table in section.tables:
        if table.rows:
            _say(pdf, table.title, style="B", gap=2)
            _table(pdf, table)
        if table.left_out:
            _say(pdf, f"{table.left_out} more stand in the audit log.", style="I")


def _table(pdf: "FPDF", table: EvidenceTable) -> None:
    pdf.set_font(FONT, size=7)
    with pdf.table(line_height=4, text_align="LEFT", padding=1) as drawn:
        for cells in (table.columns, *table.rows):
            row = drawn.row()
            for cell in cells:
                text = _text(cell)
                row.cell(text if len(text) <= _CELL_CHARS else f"{text[: _CELL_CHARS - 3]}...")


def _say(pdf: "FPDF", text: str, *, size: float = 9, style: str = "", gap: float = 0) -> None:
    if gap:
        pdf.ln(gap)
    pdf.set_font(FONT, style=style, size=size)
    pdf.multi_cell(0, text=_text(text), new_x="LMARGIN", new_y="NEXT")


def _text(text: str) -> str:
    return text.encode("latin-1", errors="replace").decode("latin-1")
