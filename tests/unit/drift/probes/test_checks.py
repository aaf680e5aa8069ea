"""Probes that cannot be."""

from typing import Any

import pytest

from tests.support.probing import JUDGES, probe
from vedette.drift.probes.checks import InvalidProbe, check_probe


def test_a_probe_with_everything_passes() -> None:
    check_probe(
        probe(
            models=("a/m", "route"), prompt="", samples=20, cron="*/5 * * * *",
            messages=({"role": "system", "content": "Be short."}, {"role": "user", "content": "?"}),
            parameters={"temperature": 0, "max_tokens": 9},
            expect={
                "regex": "^[0-9]+$", "format": "json", "json_schema": {"type": "object"},
                "max_latency_ms": 100, "least_consistency": 0.5,
            },
        ),
        JUDGES,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": ""}),
        ("name", {"name": " a"}),
        ("name", {"name": "a/b"}),
        ("name", {"name": "a,b"}),
        ("name", {"name": "a\nb"}),
        ("models", {"models": ()}),
        ("models", {"models": ("m", "m")}),
        ("models", {"models": ("a b",)}),
        ("models", {"models": tuple(f"m{n}" for n in range(11))}),
        ("prompt", {"prompt": " "}),
        ("prompt", {"messages": ({"role": "user", "content": "x"},)}),
        ("messages", {"prompt": "", "messages": ({"role": "king", "content": "x"},)}),
        ("messages", {"prompt": "", "messages": ({"role": "user"},)}),
        ("messages", {"prompt": "x" * 70_000}),
        ("parameters", {"parameters": {"stream": True}}),
        ("parameters", {"parameters": {"model": "other"}}),
        ("every_minutes", {"every_minutes": 0}),
        ("cron", {"cron": "every day"}),
        ("jitter_s", {"jitter_s": 4_000}),
        ("samples", {"samples": 21}),
        ("timeout_s", {"timeout_s": 0}),
        ("baseline_samples", {"baseline_samples": 9}),
        ("severity", {"severity": "bad"}),
        ("max_usd_per_day", {"max_usd_per_day": 0}),
        ("max_usd_per_day", {"max_usd_per_day": float("nan")}),
        ("expect.contains", {"expect": {"contains": ("",)}}),
        ("expect.regex", {"expect": {"regex": "(?=x)"}}),
        ("expect.format", {"expect": {"format": "poem"}}),
        ("expect.json_schema", {"expect": {"json_schema": {"patternProperties": {"(": {}}}}}),
        ("expect.max_tokens", {"expect": {"max_tokens": 0}}),
        ("expect.least_similarity", {"expect": {"least_similarity": 1.5}}),
    ],
    ids=str,
)
def test_the_field_is_named(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidProbe) as caught:
        check_probe(probe(**changes), JUDGES)
    assert caught.value.field == field
    assert caught.value.message.startswith(f"{field}: ")
