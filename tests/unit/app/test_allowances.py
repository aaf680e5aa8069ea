from vedette.app.allowances import scoped_allowance
from vedette.config.allowance import AllowanceConfig
from vedette.model.tenant import Allowance, Budget, Limits, ScopedAllowance


def test_a_rule_becomes_what_the_gateway_knows() -> None:
    config = AllowanceConfig.model_validate(
        {
            "scope": "user",
            "name": "team-*",
            "project": "p1",
            "together": True,
            "budgets": [
                {
                    "limit_usd": "12.000000001", "window": "month", "action": "reroute",
                    "reroute_to": "small", "soft": [0.5], "timezone": "Europe/Berlin",
                }
            ],
            "limits": {"rpm": 1, "tpm": 2, "concurrency": 3, "usd_per_minute": 0.5},
            "on_failure": "closed",
        }
    )  # fmt: skip
    budget = Budget(
        limit_nano_usd=12_000_000_001, window="month", action="reroute", reroute_to="small",
        soft=(0.5,), timezone="Europe/Berlin",
    )  # fmt: skip
    limits = Limits(rpm=1, tpm=2, concurrency=3, cost_per_minute_nano_usd=500_000_000)
    allowance = Allowance(budgets=(budget,), limits=limits, on_failure="closed")
    assert scoped_allowance(config) == ScopedAllowance(
        scope="user", name="team-*", project="p1", together=True, allowance=allowance
    )


def test_what_is_not_set_is_not_limited() -> None:
    found = scoped_allowance(AllowanceConfig.model_validate({"scope": "tag"}))
    assert found == ScopedAllowance(scope="tag")
