"""Reports on pages."""

from msgspec.structs import replace

from tests.support.reports import REPORT
from vedette.audit.pages import has_others, pdf_of


def test_a_report_with_anything_in_it_becomes_pages() -> None:
    content = pdf_of(REPORT)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") >= 2
    assert b"<script>" not in content


def test_letters_that_are_not_there_are_told() -> None:
    assert has_others(REPORT)
    plain = replace(REPORT, sections=(), controls=())
    assert not has_others(plain)
    assert pdf_of(plain).startswith(b"%PDF-")
