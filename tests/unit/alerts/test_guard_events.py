"""Alerts of the guard as events."""

from tests.support.span_stores import span
from vedette.alerts.guard_events import guard_events
from vedette.model.span import Payload


def of(**attributes: str) -> Payload:
    named = {f"vedette.guard.{name}": value for name, value in attributes.items()}
    return Payload(attributes=named)


def test_each_rule_that_asked_for_an_alert_is_an_event() -> None:
    called = span(1, model="m", payload=of(alerts="pii@security, attacks", action="block"))
    first, second = guard_events([called, span(2), span(3, payload=of(action="block"))])
    assert (first.subject, first.group, first.severity) == ("guard", "pii", "critical")
    assert first.labels["target"] == "security"
    assert first.labels["trace"] == called.trace_id
    assert (second.group, second.project_id) == ("attacks", called.project_id)


def test_what_was_only_flagged_is_milder() -> None:
    (event,) = guard_events([span(1, payload=of(alerts="pii", action="flag"))])
    assert event.severity == "warning"
    assert "fired on a call of a model (flag)" in event.summary
