"""Answers that can be had as files: CSV and PDF beside JSON."""

from starlette.requests import Request
from starlette.responses import Response

from vedette.api.context import context_of
from vedette.model.document import Document
from vedette.query.pages import MEDIA_TYPES, csv_of, pdf_of
from vedette.query.parameters import Parameter, Parameters
from vedette.query.times import format_time

_FORMATS = ("json", *MEDIA_TYPES)
FORMAT = Parameter(
    name="format",
    description="How to write it; `csv` and `pdf` (extra `pdf`) come as files.",
    schema={"type": "string", "enum": list(_FORMATS), "default": "json"},
)


def read_format(parameters: Parameters) -> str:
    """Raises ParameterError."""
    return parameters.choice("format", _FORMATS) or "json"


async def written(request: Request, document: Document, format: str, name: str) -> Response:
    """The document as a file of that name. Raises NoPdf."""
    context = context_of(request)
    services = context.services

    def write() -> bytes:
        if format == "csv":
            return csv_of(document)
        made = format_time(services.clock.now_ns())[:16].replace("T", " ")
        return pdf_of(document, made=f"{made} UTC", version=services.version)

    content = await context.threads.run(write)
    return Response(
        content, media_type=MEDIA_TYPES[format],
        headers={"content-disposition": f'attachment; filename="{name}.{format}"'},
    )  # fmt: skip
