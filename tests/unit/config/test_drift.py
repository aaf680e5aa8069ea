"""Settings of the watch on drift."""

import pytest
from pydantic import ValidationError

from vedette.config.drift import DriftConfig


def test_it_watches_unless_told() -> None:
    assert DriftConfig().watch


@pytest.mark.parametrize("wrong", [{"baseline_calls": 5}, {"calls_per_false_alarm": 1}], ids=str)
def test_what_cannot_be(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        DriftConfig(**wrong)  # type: ignore[arg-type]
