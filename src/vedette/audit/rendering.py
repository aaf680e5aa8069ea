"""Compliance reports as JSON, HTML and PDF.

Everything in a report may have been written by somebody else: HTML is escaped by the template
engine, and the PDF writer takes texts as texts.
"""

from collections.abc import Callable
from importlib.util import find_spec

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from vedette.audit.pages import pdf_of
from vedette.errors import VedetteError
from vedette.model.compliance import ComplianceReport


class NoPdf(VedetteError):
    """The package that writes PDF is not installed."""

    code = "pdf_unavailable"
    status = 501


def as_json(report: ComplianceReport) -> bytes:
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def as_html(report: ComplianceReport) -> bytes:
    environment = Environment(
        loader=PackageLoader("vedette.audit"), autoescape=True, undefined=StrictUndefined
    )
    titles = {section.id: section.title for section in report.sections}
    template = environment.get_template("report.html")
    return template.render(report=report, titles=titles).encode()


def as_pdf(report: ComplianceReport) -> bytes:
    """Raises NoPdf."""
    if find_spec("fpdf") is None:
        raise NoPdf("PDF needs `pip install 'vedette[pdf]'`. HTML and JSON need nothing.")
    return pdf_of(report)


class Format(msgspec.Struct, frozen=True):
    """A way to write a report."""

    write: Callable[[ComplianceReport], bytes]
    media_type: str


FORMATS: dict[str, Format] = {
    "html": Format(as_html, "text/html; charset=utf-8"),
    "json": Format(as_json, "application/json"),
    "pdf": Format(as_pdf, "application/pdf"),
}
