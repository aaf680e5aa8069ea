"""Reports on pages."""

from tests.support.reports import REPORT
from vedette.audit.pages import pdf_of


def test_a_report_with_anything_in_it_becomes_pages() -> None:
    content = pdf_of(REPORT)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") >= 2
    assert b"<script>" not in content
