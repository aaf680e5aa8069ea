"""The policy that the configuration names, as the workers know it."""

from pathlib import Path

from msgspec.structs import replace

from vedette.config.schema import GuardConfig
from vedette.errors import ConfigError, NotFound
from vedette.guard.policies import bundled, read_file
from vedette.guard.stacking import narrowed
from vedette.model.policy import Policy
from vedette.model.settings import GuardSettings


def guard_settings(config: GuardConfig) -> GuardSettings:
    """Raises ConfigError for a policy that does not exist or cannot be read."""
    policy = _policy(config.policy) if config.policy else None
    if policy is not None:
        is_shadow = config.mode == "shadow" or policy.mode == "shadow"
        policy = narrowed(replace(policy, mode="shadow" if is_shadow else "enforce"))
    secret = config.webhook_secret
    return GuardSettings(
        policy=policy, stream=config.stream, hold_chars=config.hold_chars, blocked=config.blocked,
        private_hosts=config.private_hosts,
        webhook_secret="" if secret is None else secret.get_secret_value(),
    )  # fmt: skip


def _policy(named: str) -> Policy:
    if "/" in named or named.endswith((".yaml", ".yml")):
        return read_file(Path(named))
    try:
        return bundled().get(named)
    except NotFound as error:
        raise ConfigError(
            f"guard.policy: {error.message} A file is given by its path, ending in .yaml."
        ) from None
