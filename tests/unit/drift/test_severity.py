"""How bad a change is."""

import pytest

from vedette.drift.severity import grade, worst


@pytest.mark.parametrize(
    ("signal", "effect", "severity"),
    [
        ("output_words", 0.05, "low"),
        ("output_words", -0.2, "medium"),
        ("output_words", 0.5, "high"),
        ("output_words", 0.9, "critical"),
        ("refusal", 0.02, "low"),
        ("refusal", 0.08, "medium"),
        ("refusal", 0.2, "high"),
        ("repeat:refusal", 0.2, "high"),
        ("json", 1.0, "critical"),
        ("latency_ms", 0.1, "low"),
        ("latency_ms", 1.0, "medium"),
        ("repeat:latency_ms", 0.9, "medium"),
        ("ms_per_token", -0.9, "medium"),
    ],
)
def test_the_effect_grades_what_is_proven(signal: str, effect: float, severity: str) -> None:
    assert grade(signal, effect, is_proven=True) == severity
    assert grade(signal, effect, is_proven=False) == "none"


def test_the_worst_counts() -> None:
    assert worst(["low", "critical", "medium"]) == "critical"
    assert worst([]) == "none"
