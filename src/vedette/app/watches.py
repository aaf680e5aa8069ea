"""Settings of what the core watches: alerts and drift."""

import msgspec

from vedette.config.schema import Config
from vedette.model.probe import ConfiguredProbe, Probe
from vedette.model.settings import AlertSettings, DriftSettings


def alert_settings(config: Config) -> AlertSettings:
    """Webhooks may lead into private networks while nobody but this machine can set them."""
    alerts = config.alerts
    is_private = alerts.private_receivers
    return AlertSettings(
        every_s=alerts.every_s,
        keep_days=alerts.keep_days,
        private_receivers=config.console.token is None if is_private is None else is_private,
        console_url=alerts.console_url,
    )


def drift_settings(config: Config) -> DriftSettings:
    given = config.drift.model_dump(exclude={"probes"})
    probes = tuple(
        ConfiguredProbe(
            project=one.project, probe=msgspec.convert(one.model_dump(exclude={"project"}), Probe)
        )
        for one in config.drift.probes
    )
    return DriftSettings(**given, probes=probes)
