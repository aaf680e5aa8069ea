from pathlib import Path

from vedette.app.ingest_rules import ingest_settings
from vedette.config.ingest import IngestConfig
from vedette.model.ingest import IngestQuota


def test_quotas_are_counted_beside_the_data(tmp_path: Path) -> None:
    config = IngestConfig.model_validate({"quotas": [{"name": "ci", "spans_per_minute": 5}]})
    settings = ingest_settings(config, tmp_path)
    assert settings.quotas == (IngestQuota(scope="key", name="ci", spans_per_minute=5),)
    assert settings.counters_file == str(tmp_path / "ingest.counters")
    assert ingest_settings(config, None).counters_file == ""


def test_rules_of_sampling_count_money_in_whole_numbers() -> None:
    config = IngestConfig.model_validate({"sampling": [{"tail": 0.5, "costly_usd": "0.25"}]})
    (rule,) = ingest_settings(config, None).sampling
    assert (rule.project, rule.tail, rule.costly_nano_usd) == ("*", 0.5, 250_000_000)
