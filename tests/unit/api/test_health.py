"""Health and metrics as orchestrators and Prometheus see them."""

import pytest

from tests.support.console import Console
from vedette.api.health import overall
from vedette.api.schemas import SubsystemHealth

GOOD = SubsystemHealth(name="store", ok=True)
BAD = SubsystemHealth(name="store", ok=False, message="disk full")
LAME = SubsystemHealth(name="otlp", ok=False, required=False)


@pytest.mark.parametrize(
    ("parts", "status"),
    [([], "ok"), ([GOOD], "ok"), ([GOOD, LAME], "degraded"), ([LAME, BAD], "failed")],
)
def test_the_whole_is_as_good_as_its_required_parts(
    parts: list[SubsystemHealth], status: str
) -> None:
    assert overall(parts) == status


def test_ready_lists_each_part(console: Console) -> None:
    answer = console.get("/health/ready")
    assert answer["status"] == "ok"
    assert answer["subsystems"][0]["detail"] == {"spans": 3.0}


def test_degraded_is_ready_and_visible(console: Console) -> None:
    console.parts.subsystems = [GOOD, LAME]
    assert console.get("/health/ready")["status"] == "degraded"


def test_not_ready_is_a_503_that_says_why(console: Console) -> None:
    console.parts.subsystems = [BAD]
    answer = console.client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["subsystems"][0]["message"] == "disk full"
    assert console.get("/health/live") == {"status": "ok", "version": "1.2.3"}


def test_metrics_are_an_exposition(console: Console) -> None:
    answer = console.client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.content == console.parts.exposition()
