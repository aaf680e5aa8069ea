import pytest
from pydantic import ValidationError

from vedette.config.ingest import IngestConfig


@pytest.mark.parametrize(
    "wrong", [{"scope": "team"}, {"spans_per_minute": 0}, {"bytes_per_day": -1}, {"name": ""}]
)
def test_a_quota_that_means_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IngestConfig.model_validate({"quotas": [wrong]})
