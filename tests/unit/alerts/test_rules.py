"""What can be no rule."""

from typing import Any

import pytest

from tests.support.alerting import World, rule
from vedette.alerts.rules import InvalidRule, check_rule
from vedette.model.alert import QuietHours


def test_a_rule_with_everything_is_taken(world: World) -> None:
    check_rule(
        rule(
            escalate_after_s=600, escalate_to=("boss",), unless=("outage",), link="https://x.org",
            quiet=QuietHours(start="22:00", end="07:00", time_zone="Europe/Vienna", days=(0, 6)),
            message="{{ summary }}", labels={"team": "ml"}, repeat_s=3_600,
        ),
        world.meter, ["hook", "boss"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"metric": "mood"}, "metric"),
        ({"metric": "budget_used", "kind": "change"}, "kind"),
        ({"value": float("nan")}, "value"),
        ({"value": float("inf")}, "value"),
        ({"window_s": 90}, "window_s"),
        ({"window_s": 0}, "window_s"),
        ({"compare_s": -60}, "compare_s"),
        ({"periods": 0}, "periods"),
        ({"kind": "anomaly", "periods": 200, "window_s": 86_400}, "periods"),
        ({"least_calls": -1}, "least_calls"),
        ({"for_s": -1}, "for_s"),
        ({"channels": ("nobody",)}, "channels"),
        ({"escalate_after_s": 60}, "escalate_to"),
        ({"unless": ("errors",)}, "unless"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"message": "{{"}, "message"),
        ({"message": "x" * 5_000}, "message"),
        ({"model": "m" * 300}, "model"),
        ({"labels": {"a": "b" * 400}}, "labels"),
        ({"quiet": QuietHours(start="25:00", end="07:00")}, "quiet.start"),
        ({"quiet": QuietHours(start="07:00", end="07:00")}, "quiet.end"),
        ({"quiet": QuietHours(start="22:00", end="07:00", days=(7,))}, "quiet.days"),
        ({"quiet": QuietHours(start="22:00", end="07:00", time_zone="../x")}, "quiet.time_zone"),
    ],
    ids=str,
)
def test_the_field_that_is_wrong_is_named(
    world: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRule) as caught:
        check_rule(rule(**changes), world.meter, ["hook"])
    assert caught.value.field == field
