"""Settings of what the core watches: alerts and drift."""

from vedette.config.schema import Config
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
    return DriftSettings(**config.drift.model_dump())
