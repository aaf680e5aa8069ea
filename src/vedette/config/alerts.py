"""Configuration of alerts; rules and channels are made in the console, the API or the CLI."""

from typing import Annotated

from pydantic import Field

from vedette.config.values import Section


class AlertsConfig(Section):
    """How alerts are watched and sent. Rules and channels are no configuration: see
    `vedette alerts`."""

    every_s: Annotated[int, Field(ge=1, le=3_600)] = 15
    """Seconds between two looks at the rules."""
    keep_days: Annotated[int, Field(ge=1, le=3_650)] = 90
    """Days for which alerts that are over are kept."""
    private_receivers: bool | None = None
    """Whether webhooks may lead into private networks and to this machine. Empty: while the
    console is open on loopback without a token."""
    console_url: str = ""
    """Address of the console in messages. Empty: none is named."""
