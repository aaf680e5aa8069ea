"""What the guard decided, on calls and on texts it was asked about, as events.

These are harmful verdicts, and looks that did not happen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import msgspec

from vedette.model.audit import Actor, AuditEvent
from vedette.model.policy import Policy, Verdict
from vedette.model.span import Span
from vedette.model.tenant import DEFAULT

_GUARD = "vedette.guard."
_UNTOLD = frozenset({"latency_ms"})


def verdict_events(spans: Iterable[Span]) -> Iterator[AuditEvent]:
    """The events of spans of the gateway; most calls have none.

    Each is known by its span, so that a batch that comes twice is logged once.
    """
    for span in spans:
        attributes = span.payload.attributes
        action = str(attributes.get("vedette.guard.action", "allow"))
        if action == "allow":
            action = str(attributes.get("vedette.guard.afterwards", "allow"))
        if action == "allow" and not attributes.get("vedette.guard.bypassed"):
            continue
        told = {
            name.removeprefix(_GUARD): _read(value)
            for name, value in attributes.items()
            if name.startswith(_GUARD) and name.removeprefix(_GUARD) not in _UNTOLD
        }
        yield AuditEvent(
            action="guard.bypassed" if action == "allow" else f"guard.{action}"[:64],
            organization=str(attributes.get("vedette.organization_id", "")),
            project=span.project_id,
            target_kind="call",
            target_id=f"{span.trace_id}/{span.span_id}",
            details={
                **told, "model": span.model, "provider": span.provider, "route": span.route,
            },
            personal={"user": span.user_id} if span.user_id else {},
            actor=_caller(str(attributes.get("vedette.key_id", ""))),
            time_ns=span.end_ns,
            source=f"verdict:{span.trace_id}:{span.span_id}",
        )  # fmt: skip


def evaluation_event(
    project_id: str, policy: Policy, verdict: Verdict, *, source: str = ""
) -> AuditEvent | None:
    """The event of a verdict that was asked for without a call; None where all is well.

    It tells what was found and never in which text.
    """
    if verdict.action == "allow" and not verdict.bypassed:
        return None
    kinds = Counter(f"{found.detector}:{found.kind}" for found in verdict.findings)
    bypassed = [f"{one.detector}:{one.reason}" for one in verdict.bypassed]
    return AuditEvent(
        action="guard.bypassed" if verdict.action == "allow" else f"guard.{verdict.action}"[:64],
        project=project_id or DEFAULT,
        target_kind="evaluation",
        target_id=source,
        details={
            "action": verdict.action, "policy": policy.name, "policy_version": policy.version,
            "rules": sorted({one.rule for one in verdict.fired}), "findings": dict(kinds),
            **({"bypassed": bypassed} if bypassed else {}),
        },
        source=f"evaluation:{source}" if source else "",
    )  # fmt: skip


def _caller(key_id: str) -> Actor:
    """The key that a call was made with; as long as there are none, anybody may call."""
    return Actor(kind="key", id=key_id) if key_id else Actor(kind="anonymous")


def _read(value: Any) -> Any:
    """Lists are noted as JSON."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(value)
    return value
