"""Calls on which the guard raised an alert (action `alert`): events for rules of that subject."""

from collections.abc import Iterable, Iterator

from vedette.model.alert import Event, Level
from vedette.model.span import Span

_HARD = frozenset({"block", "redact", "mask", "replace"})


def guard_events(spans: Iterable[Span]) -> Iterator[Event]:
    """One for each rule of a policy that asked for an alert on a call.

    `critical` where the call was blocked or changed, else `warning`. Nothing of the text is told.
    """
    for span in spans:
        attributes = span.payload.attributes
        noted = attributes.get("vedette.guard.alerts")
        if not isinstance(noted, str) or not noted:
            continue
        action = str(attributes.get("vedette.guard.action", "allow"))
        severity: Level = "critical" if action in _HARD else "warning"
        for entry in noted.split(", "):
            rule, _, target = entry.partition("@")
            labels = {"trace": span.trace_id, "action": action, "model": span.model}
            if target:
                labels["target"] = target[:200]
            yield Event(
                project_id=span.project_id, subject="guard", group=rule[:200], severity=severity,
                summary=f"the guard's rule {rule!r} fired on a call of {span.model or 'a model'} "
                f"({action})",
                labels=labels,
            )  # fmt: skip
