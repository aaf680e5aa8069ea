"""What the audit log does by itself, as the core and commands know it."""

from collections.abc import Mapping
from pathlib import Path

from vedette.audit.keys import read_seed
from vedette.config.audit import AuditConfig
from vedette.model.settings import AuditSettings

FOLDER = "audit"
"""Of the data directory."""


def audit_settings(
    config: AuditConfig, data: Path | None, env: Mapping[str, str]
) -> AuditSettings:  # fmt: skip
    """Raises ConfigError for a signing key that is none."""
    default = str(data / FOLDER / "checkpoints.jsonl") if data else ""
    return AuditSettings(
        checkpoints=config.checkpoints or default, checkpoint_s=config.checkpoint_s,
        webhook=config.webhook, key=read_seed(env.get("VEDETTE_AUDIT_KEY", "")),
    )  # fmt: skip
