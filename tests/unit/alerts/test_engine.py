"""From findings to alerts."""

from tests.support.alerting import PROJECT, rule
from vedette.alerts.conditions import Judged
from vedette.alerts.engine import Engine, Key
from vedette.clock import FakeClock
from vedette.model.alert import Alert, AlertRule, Event


class Ward:
    """An engine and what is open."""

    def __init__(self, watched: AlertRule) -> None:
        self.clock = FakeClock()
        self.engine = Engine(PROJECT, self.clock)
        self.rule = watched
        self.open: dict[Key, Alert] = {}

    def see(self, **groups: bool) -> list[Alert]:
        found = {
            name: Judged(holds=holds, value=1.0, summary=f"{name} {holds}")
            for name, holds in groups.items()
        }
        return self._keep(self.engine.look("r", self.rule, found, self.open))

    def hear(self, *events: Event) -> list[Alert]:
        return self._keep(self.engine.hear("r", self.rule, events, self.open))

    def _keep(self, changed: list[Alert]) -> list[Alert]:
        for one in changed:
            self.open[one.rule_id, one.group] = one
            if not one.is_open:
                del self.open[one.rule_id, one.group]
        return changed


def test_what_holds_is_opened_once() -> None:
    ward = Ward(rule())
    (opened,) = ward.see(a=True)
    assert (opened.group, opened.owed, opened.times) == ("a", ("opened",), 1)
    assert ward.see(a=True) == []
    ward.clock.advance(40)
    (again,) = ward.see(a=True)
    assert (again.id, again.times) == (opened.id, 2)


def test_it_must_hold_for_a_while() -> None:
    ward = Ward(rule(for_s=120))
    assert ward.see(a=True) == []
    ward.clock.advance(60)
    assert ward.see(a=False) == []
    ward.clock.advance(60)
    assert ward.see(a=True) == []
    ward.clock.advance(120)
    assert len(ward.see(a=True)) == 1


def test_it_is_over_after_a_while_only() -> None:
    ward = Ward(rule(keep_s=60))
    ward.see(a=True)
    assert ward.see(a=False) == []
    ward.clock.advance(30)
    ward.see(a=True)
    ward.see(a=False)
    ward.clock.advance(59)
    assert ward.see(a=False) == []
    ward.clock.advance(1)
    (over,) = ward.see(a=False)
    assert not over.is_open
    assert over.owed == ("opened", "resolved")


def test_a_group_of_which_nothing_is_heard_is_over() -> None:
    ward = Ward(rule(keep_s=0))
    ward.see(a=True, b=True)
    (over,) = ward.see(b=True)
    assert (over.group, over.is_open) == ("a", False)


def test_newer_alerts_come_first_by_id() -> None:
    ward = Ward(rule())
    (first,) = ward.see(a=True)
    ward.clock.advance(1)
    (second,) = ward.see(b=True)
    assert second.id < first.id


def event(**changes: object) -> Event:
    fields: dict[str, object] = {
        "project_id": PROJECT, "subject": "drift", "group": "gpt", "severity": "critical",
        "summary": "moved",
    }  # fmt: skip
    return Event(**(fields | changes))  # type: ignore[arg-type]


def test_events_of_one_thing_are_one_alert() -> None:
    ward = Ward(rule(kind="event", subject="drift"))
    (opened,) = ward.hear(event(), event(summary="moved more"))
    assert (opened.group, opened.severity) == ("drift: gpt", "critical")
    assert (opened.summary, opened.times) == ("moved more", 2)
    (over,) = ward.hear(event(is_over=True))
    assert not over.is_open


def test_each_further_step_is_told_and_no_other() -> None:
    ward = Ward(rule(kind="event", subject="drift"))
    ward.hear(event(severity="warning", step=0.5))
    (opened,) = ward.open.values()
    ward._keep([replace_told(opened, 1)])
    for step in (0.5, 0.4):
        (alert,) = ward.hear(event(severity="warning", step=step))
        assert (alert.owed, alert.step) == ((), 0.5)
    (alert,) = ward.hear(event(severity="warning", step=0.8, summary="80 %"))
    assert (alert.owed, alert.step, alert.summary) == (("worsened",), 0.8, "80 %")
    (alert,) = ward.hear(event(severity="critical", step=1.0), event(severity="warning", step=0.8))
    assert (alert.id, alert.owed, alert.severity) == (opened.id, ("worsened",), "critical")


def test_a_further_step_before_the_first_was_told_is_told_once() -> None:
    ward = Ward(rule(kind="event", subject="drift"))
    ward.hear(event(severity="warning", step=0.5))
    (alert,) = ward.hear(event(step=1.0))
    assert (alert.owed, alert.severity) == (("opened",), "critical")


def test_what_is_over_and_begins_anew_at_once_are_two_alerts() -> None:
    ward = Ward(rule(kind="event", subject="drift"))
    (first,) = ward.hear(event(step=1.0))
    over, again = ward.hear(event(is_over=True), event(severity="warning", step=0.8))
    assert (over.id, over.is_open) == (first.id, False)
    assert again.id != first.id
    assert (again.is_open, again.step, again.owed) == (True, 0.8, ("opened",))


def test_events_of_another_subject_are_not_heard() -> None:
    ward = Ward(rule(kind="event", subject="budget"))
    assert ward.hear(event()) == []
    assert ward.hear(event(subject="budget", is_over=True)) == []


def test_what_nobody_acknowledges_is_repeated_and_escalated() -> None:
    watched = rule(repeat_s=600, escalate_after_s=1_000, escalate_to=("boss",))
    ward = Ward(watched)
    (opened,) = ward.see(a=True)
    told = replace_told(opened, ward.clock.now_ns())
    ward.clock.advance(599)
    assert ward.engine.remind(watched, told) is None
    ward.clock.advance(1)
    repeated = ward.engine.remind(watched, told)
    assert repeated is not None
    assert repeated.owed == ("repeated",)
    ward.clock.advance(400)
    escalated = ward.engine.remind(watched, told)
    assert escalated is not None
    assert escalated.owed == ("escalated",)
    taken = replace_told(escalated, ward.clock.now_ns())
    ward.clock.advance(10)
    assert ward.engine.remind(watched, taken) is None


def replace_told(alert: Alert, at_ns: int) -> Alert:
    from msgspec.structs import replace

    return replace(alert, owed=(), told_ns=at_ns)


def test_the_end_by_hand() -> None:
    ward = Ward(rule())
    (opened,) = ward.see(a=True)
    assert not ward.engine.end(opened).is_open
