"""`/compliance/{framework}`: reports as files."""

from dataclasses import replace

import httpx2
import pytest

from tests.support.console import Console, Parts, listening, make_services
from tests.support.reports import REPORT
from vedette.api.services import ApiServices, ApiSettings
from vedette.model.compliance import ComplianceReport, Framework

PATH = "/api/v1/compliance"


def made(
    framework: Framework, *, from_ns: int, to_ns: int, organization: str = "", alone: bool = False
) -> ComplianceReport:
    assert from_ns < to_ns
    assert not alone
    from msgspec.structs import replace as changed

    return changed(REPORT, framework=framework, organization=organization)


def services() -> ApiServices:
    return replace(make_services(Parts(), ApiSettings()), compliance=made)


@pytest.mark.parametrize("format", ["html", "json", "pdf"])
def test_a_report_is_a_file_in_each_format(format: str) -> None:
    with listening(services()) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as c:
        answer = c.get(f"{PATH}/soc2", params={"format": format, "from": "now-7d"})
    assert answer.status_code == 200
    assert f'filename="vedette-soc2.{format}"' in answer.headers["content-disposition"]
    assert {"html": b"<!doctype", "json": b"{", "pdf": b"%PDF"}[format] in answer.content[:20]


def test_what_cannot_be_made_is_said(console: Console) -> None:
    assert console.problem(f"{PATH}/soc2", 503)["code"] == "compliance_unavailable"
    with listening(services()) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as c:
        assert c.get(f"{PATH}/hipaa").status_code == 404
        assert c.get(f"{PATH}/soc2", params={"format": "doc"}).status_code == 400
        assert c.get(f"{PATH}/soc2", params={"organization": "o"}).json()["organization"] == "o"
