"""What is let in and kept, as the core knows it."""

from pathlib import Path

from vedette.app.allowances import nano_usd
from vedette.config.ingest import IngestConfig, SamplingConfig
from vedette.model.ingest import IngestQuota, IngestSettings
from vedette.model.sampling import SamplingRule


def ingest_settings(config: IngestConfig, data: Path | None) -> IngestSettings:
    """`data` is the directory of the store; None: nothing outlives the process."""
    return IngestSettings(
        sampling=tuple(map(_rule, config.sampling)),
        quotas=tuple(IngestQuota(**quota.model_dump()) for quota in config.quotas),
        counters_file=str(data / "ingest.counters") if data else "",
    )


def _rule(config: SamplingConfig) -> SamplingRule:
    usd = config.costly_usd
    return SamplingRule(
        project=config.project, head=config.head, tail=config.tail, slow_ms=config.slow_ms,
        costly_nano_usd=None if usd is None else nano_usd(usd), gateway=config.gateway,
        quiet_s=config.quiet_s, deadline_s=config.deadline_s,
    )  # fmt: skip
