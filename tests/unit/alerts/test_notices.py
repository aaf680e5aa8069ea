"""Who is told now, and what waits."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.alerting import PROJECT, alert, rule
from vedette.alerts.notices import MOST_LINES, Delivery, Notices, is_quiet
from vedette.clock import FakeClock
from vedette.model.alert import Alert, AlertRule, Channel, QuietHours, Silence

S = 10**9


class Post:
    """Plans notices for one rule with the id `r`."""

    def __init__(self, watched: AlertRule | None = None, **channels: Any) -> None:
        # 1,700,000,000 is Tuesday, 14 November 2023, 22:13:20 UTC.
        self.clock = FakeClock()
        self.rule = watched or rule()
        self.channels = {
            name: Channel(name=name, kind="webhook", **channels)
            for name in ("hook", "boss")
        }  # fmt: skip
        self.notices = Notices(PROJECT, "http://c", self.clock)
        self.silences: list[Silence] = []

    def plan(self, *alerts: Alert) -> tuple[list[Delivery], list[Alert]]:
        return self.notices.plan(alerts, {"r": self.rule}, self.channels, self.silences)


def test_a_channel_is_told_of_everything_at_once() -> None:
    post = Post()
    ((channel, notice),), settled = post.plan(
        alert(id="1" * 18), alert(id="2" * 18, severity="critical")
    )
    assert channel == "hook"
    assert [line.alert.id[0] for line in notice.lines] == ["2", "1"]
    assert all(one.owed == () and one.told_ns == post.clock.now_ns() for one in settled)
    assert notice.url == "http://c"


def test_who_owes_nothing_tells_nothing() -> None:
    assert Post().plan(alert(owed=())) == ([], [])


def test_very_many_are_summed_up() -> None:
    deliveries, _ = Post().plan(*(alert(id=f"{number:018x}") for number in range(30)))
    assert len(deliveries[0].notice.lines) == MOST_LINES
    assert deliveries[0].notice.left_out == 10


def test_what_opened_and_ended_is_told_as_over() -> None:
    ((_, notice),), _ = Post().plan(alert(owed=("opened", "resolved"), resolved_ns=S))
    assert [line.happening for line in notice.lines] == ["resolved"]


def test_escalation_goes_to_others_who_hear_of_the_end_too() -> None:
    post = Post(rule(escalate_to=("boss",), escalate_after_s=60))
    ((channel, _),), _ = post.plan(alert(owed=("escalated",), escalated_ns=S))
    assert channel == "boss"
    deliveries, _ = post.plan(alert(owed=("resolved",), escalated_ns=S, resolved_ns=2 * S))
    assert sorted(one.channel for one in deliveries) == ["boss", "hook"]


def test_a_silence_holds_back_what_is_open_and_drops_what_ended() -> None:
    post = Post()
    post.silences = [Silence(until_ns=post.clock.now_ns() + 60 * S, rule="errors")]
    assert post.plan(alert()) == ([], [])
    deliveries, (dropped,) = post.plan(alert(owed=("opened", "resolved"), resolved_ns=S))
    assert deliveries == []
    assert dropped.owed == ()
    post.clock.advance(61)
    assert len(post.plan(alert())[0]) == 1


def test_a_silence_of_another_rule_or_group_says_nothing() -> None:
    post = Post()
    until_ns = post.clock.now_ns() + 60 * S
    post.silences = [Silence(until_ns=until_ns, rule="x"), Silence(until_ns=until_ns, group="y")]
    assert len(post.plan(alert())[0]) == 1


def test_quiet_hours_hold_back_all_but_the_worst() -> None:
    post = Post(rule(quiet=QuietHours(start="22:00", end="07:00")))
    mild, bad = alert(id="1" * 18), alert(id="2" * 18, severity="critical")
    (delivery,), _ = post.plan(mild, bad)
    assert [line.alert.id for line in delivery.notice.lines] == [bad.id]
    post.clock.advance(9 * 3_600)
    (later,), _ = post.plan(mild)
    assert [line.alert.id for line in later.notice.lines] == [mild.id]


def test_another_rule_that_fires_makes_this_one_wait() -> None:
    post = Post(rule(unless=("outage",)))
    outage = alert(id="2" * 18, rule="outage", owed=())
    assert post.plan(alert(), outage) == ([], [])
    assert len(post.plan(alert(), replace(outage, resolved_ns=S))[0]) == 1


def test_what_is_too_much_for_a_channel_waits_for_room() -> None:
    post = Post(most_per_hour=2)
    for number in range(2):
        assert len(post.plan(alert(id=f"{number:018x}"))[0]) == 1
    waiting = [alert(id=f"{number:018x}") for number in (5, 6)]
    assert post.plan(*waiting) == ([], [])
    post.clock.advance(3_601)
    (delivery,), settled = post.plan(*waiting)
    assert len(delivery.notice.lines) == len(settled) == 2


def test_a_channel_that_is_off_is_not_told() -> None:
    deliveries, settled = Post(enabled=False).plan(alert())
    assert deliveries == []
    assert settled[0].owed == ()


def test_nobody_is_told_of_an_alert_without_rule() -> None:
    deliveries, (settled,) = Post().plan(alert(rule_id="gone"))
    assert deliveries == []
    assert settled.owed == ()


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (QuietHours(start="22:00", end="07:00"), True),
        (QuietHours(start="22:30", end="07:00"), False),
        (QuietHours(start="08:00", end="22:13"), False),
        (QuietHours(start="08:00", end="22:14"), True),
        (QuietHours(start="22:00", end="07:00", days=(1,)), True),
        (QuietHours(start="22:00", end="07:00", days=(2,)), False),
        (QuietHours(start="23:00", end="08:00", time_zone="Asia/Tokyo"), True),
        (QuietHours(start="23:00", end="08:00", time_zone="Asia/Tokyo", days=(1,)), True),
        (QuietHours(start="23:00", end="08:00", time_zone="Asia/Tokyo", days=(2,)), False),
    ],
    ids=str,
)
def test_quiet_hours_belong_to_the_day_on_which_they_begin(
    hours: QuietHours, expected: bool
) -> None:
    assert is_quiet(hours, 1_700_000_000 * S) is expected
