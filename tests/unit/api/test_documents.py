"""Drift as files."""

import pytest

from tests.support.console import NOW_NS, Console
from tests.support.drift_watch import spans

COMPARISON = "/drift/compare?before_from=now-2h&before_to=now-30m&from=now-30m"


@pytest.mark.parametrize(
    ("path", "name", "heading"),
    [
        ("/drift/report?reference=30", "vedette-drift", b"model,template,"),
        (COMPARISON, "vedette-drift-comparison", b"signal,before,"),
        ("/drift/alarms?limit=5", "vedette-drift-alarms", b"raised,since,"),
    ],
    ids=["report", "comparison", "alarms"],
)
def test_csv_and_pdf(console: Console, path: str, name: str, heading: bytes) -> None:
    store = console.services.store
    store.write_batch(spans(60, now_ns=NOW_NS - 3_600 * 10**9))
    store.write_batch(spans(60, "refusing", seed=2, first=100, now_ns=NOW_NS))
    sheet = console.client.get(f"/api/v1{path}&format=csv")
    assert sheet.content.startswith(heading)
    assert sheet.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    pages = console.client.get(f"/api/v1{path}&format=pdf")
    assert pages.content.startswith(b"%PDF-")
    assert pages.headers["content-type"] == "application/pdf"


def test_other_formats_are_refused(console: Console) -> None:
    answer = console.client.get("/api/v1/drift/report?format=xls")
    assert answer.status_code == 400
    assert "csv" in answer.text
