"""Settings of what the core watches."""

from pydantic import SecretStr

from vedette.app.watches import alert_settings, drift_settings
from vedette.config.alerts import AlertsConfig
from vedette.config.drift import DriftConfig
from vedette.config.schema import Config, ConsoleConfig


def test_who_is_alone_may_send_anywhere() -> None:
    assert alert_settings(Config()).private_receivers
    guarded = Config(console=ConsoleConfig(token=SecretStr("a-token-of-some-length")))
    assert not alert_settings(guarded).private_receivers
    allowed = guarded.model_copy(update={"alerts": AlertsConfig(private_receivers=True)})
    assert alert_settings(allowed).private_receivers


def test_settings_of_drift() -> None:
    assert drift_settings(Config(drift=DriftConfig(baseline_calls=30))).baseline_calls == 30
