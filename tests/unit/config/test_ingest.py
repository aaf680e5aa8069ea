import pytest
from pydantic import ValidationError

from vedette.config.ingest import IngestConfig


@pytest.mark.parametrize(
    "wrong", [{"scope": "team"}, {"spans_per_minute": 0}, {"bytes_per_day": -1}, {"name": ""}]
)
def test_a_quota_that_means_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IngestConfig.model_validate({"quotas": [wrong]})


@pytest.mark.parametrize(
    "wrong", [{"head": 1.1}, {"tail": -0.1}, {"slow_ms": 0}, {"quiet_s": 0}, {"costly_usd": -1}]
)
def test_a_share_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IngestConfig.model_validate({"sampling": [wrong]})
