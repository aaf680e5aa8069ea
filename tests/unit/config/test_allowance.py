import pytest
from pydantic import ValidationError

from vedette.config.allowance import AllowanceConfig


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "team"},
        {"scope": "user", "budgets": [{"limit_usd": -1}]},
        {"scope": "user", "budgets": [{"limit_usd": 1, "window": "1w"}]},
        {"scope": "user", "budgets": [{"limit_usd": 1, "soft": [80]}]},
        {"scope": "user", "budgets": [{"limit_usd": 1, "timezone": "Mars/Olympus"}]},
        {"scope": "user", "limits": {"rpm": 0}},
        {"scope": "user", "on_failure": "maybe"},
    ],
)
def test_what_means_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AllowanceConfig.model_validate(wrong)
