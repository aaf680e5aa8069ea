"""Settings of alerts."""

import pytest
from pydantic import ValidationError

from vedette.config.alerts import AlertsConfig


def test_private_receivers_are_for_who_decides() -> None:
    assert AlertsConfig().private_receivers is None
    assert AlertsConfig(private_receivers=False).private_receivers is False


@pytest.mark.parametrize("wrong", [{"every_s": 0}, {"keep_days": 0}, {"colour": "red"}], ids=str)
def test_what_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AlertsConfig(**wrong)  # type: ignore[arg-type]
