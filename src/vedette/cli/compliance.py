"""`vedette compliance report`: evidence for an auditor, beside the server or without it."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console
from vedette.clock import SystemClock
from vedette.errors import BadRequest

_EPILOG = """Examples:

- `vedette compliance report --framework soc2 --from 2026-01-01T00:00:00Z --out soc2.html`

- `vedette compliance report --framework gdpr --format pdf --out gdpr.pdf` needs
  `pip install 'vedette[pdf]'`

- `vedette compliance report --framework ccpa --format json | jq '.sections[].gaps'`

Evidence from what Vedette has recorded; not a certification."""


class ReportFormat(StrEnum):
    """How it is written."""

    HTML = "html"
    JSON = "json"
    PDF = "pdf"


class FrameworkName(StrEnum):
    """Which framework."""

    GDPR = "gdpr"
    CCPA = "ccpa"
    SOC2 = "soc2"


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Evidence for compliance frameworks.")
    group.callback()(_group)
    group.command("report", epilog=_EPILOG)(report)
    app.add_typer(group, name="compliance")


def report(
    *,
    framework: Annotated[FrameworkName, typer.Option(help="Which framework.", show_default=False)],
    since: Annotated[str, typer.Option("--from", help="Evidence from this time on.")] = "now-90d",
    until: Annotated[str, typer.Option("--to", help="Evidence before this time.")] = "now",
    organization: Annotated[
        str, typer.Option(help="Of this organization alone.", show_default=False)
    ] = "",
    format: Annotated[ReportFormat, typer.Option(help="How to write it.")] = ReportFormat.HTML,
    out: Annotated[
        Path | None, typer.Option(help="File. Else it is printed.", show_default=False)
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Make a report from the audit log, the keys and the settings."""
    from vedette.app.compliance import compliance_beside
    from vedette.audit.rendering import FORMATS
    from vedette.query.times import parse_time

    clock = SystemClock()
    now_ns = clock.now_ns()
    try:
        from_ns, to_ns = parse_time(since, now_ns=now_ns), parse_time(until, now_ns=now_ns)
    except ValueError as error:
        raise BadRequest(f"--from and --to: need {error}.") from None
    if to_ns <= from_ns:
        raise BadRequest("--to must be a time after --from.")
    with compliance_beside(load_config(config).config, clock, os.environ) as compliance:
        made = compliance.report(
            framework.value,
            from_ns=from_ns,
            to_ns=to_ns,
            organization=organization,
        )
    content = FORMATS[format.value].write(made)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadRequest(f"Cannot write {str(out)!r}: {error.strerror}.") from None
    console().print(f"Written to {out}.")


def _group() -> None:
    """Evidence for compliance frameworks."""
