"""Budgets and limits of the configuration, as the gateway knows them."""

from decimal import Decimal

from vedette.config.allowance import AllowanceConfig, BudgetConfig, RatesConfig
from vedette.model.tenant import Allowance, Budget, Limits, ScopedAllowance


def scoped_allowance(config: AllowanceConfig) -> ScopedAllowance:
    """One rule."""
    return ScopedAllowance(
        scope=config.scope,
        name=config.name,
        project=config.project,
        together=config.together,
        allowance=Allowance(
            budgets=tuple(map(_budget, config.budgets)),
            limits=_limits(config.limits),
            on_failure=config.on_failure,
        ),
    )


def _budget(config: BudgetConfig) -> Budget:
    return Budget(
        limit_nano_usd=nano_usd(config.limit_usd),
        window=config.window,
        action=config.action,
        soft=config.soft,
        timezone=config.timezone,
        reroute_to=config.reroute_to,
    )


def _limits(config: RatesConfig) -> Limits:
    money = config.usd_per_minute
    return Limits(
        rpm=config.rpm,
        tpm=config.tpm,
        concurrency=config.concurrency,
        cost_per_minute_nano_usd=None if money is None else nano_usd(money),
    )


def nano_usd(usd: Decimal) -> int:
    """What is finer than a nano-dollar is cut off."""
    return int(usd * 1_000_000_000)
