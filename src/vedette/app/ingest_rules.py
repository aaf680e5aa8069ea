"""What is let in, as the core knows it."""

from pathlib import Path

from vedette.config.ingest import IngestConfig
from vedette.model.ingest import IngestQuota, IngestSettings


def ingest_settings(config: IngestConfig, data: Path | None) -> IngestSettings:
    """`data` is the directory of the store; None: nothing outlives the process."""
    return IngestSettings(
        quotas=tuple(IngestQuota(**quota.model_dump()) for quota in config.quotas),
        counters_file=str(data / "ingest.counters") if data else "",
    )
