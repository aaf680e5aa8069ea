"""What is let in, as a client sees it."""

from dataclasses import replace

import httpx2

from tests.support.console import Parts, listening, make_services
from vedette.api.services import ApiSettings
from vedette.model.ingest import QuotaUse

USE = QuotaUse(scope="key", name="k1", unit="spans_per_minute", limit=10, used=3, refused=1)


def test_quotas_of_a_project_are_shown() -> None:
    made = make_services(Parts(), ApiSettings())
    services = replace(made, quotas=lambda project_id: (USE,) if project_id == "shop" else ())
    with listening(services) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        shown = client.get("/api/v1/intake", params={"project": "shop"}).json()
        other = client.get("/api/v1/intake").json()
    assert shown["quotas"] == [
        {"scope": "key", "name": "k1", "unit": "spans_per_minute", "limit": 10, "used": 3,
         "refused": 1}
    ]  # fmt: skip
    assert other["quotas"] == []
    assert (other["sampling"]["is_on"], other["sampling"]["outcomes"]) == (False, {})
