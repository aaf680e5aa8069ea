"""Reports as JSON and HTML."""

import json

from tests.support.reports import HOSTILE, REPORT
from vedette.audit.rendering import FORMATS, as_html, as_json, as_pdf


def test_json_has_everything() -> None:
    said = json.loads(as_json(REPORT))
    assert said["framework"] == "gdpr"
    assert said["sections"][0]["facts"] == [{"name": "Name", "value": HOSTILE}]


def test_html_shows_texts_as_texts() -> None:
    page = as_html(REPORT).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \u6728 {{ 7*7 }}" in page
    assert "not a certification" in page
    assert "<h2>What is open</h2>" in page
    assert 'href="#keys"' in page
    assert "3 more stand in the audit log." in page
    assert "<h3>Nothing</h3>" not in page


def test_every_format_writes() -> None:
    assert set(FORMATS) == {"html", "json", "pdf"}
    assert as_pdf(REPORT).startswith(b"%PDF-")
