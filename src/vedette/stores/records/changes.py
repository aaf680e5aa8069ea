"""What the audit log says of a change of a record: every field that differs, before and after.

Secrets are named as changed and never shown; what tells of people is kept so that it can be
erased.
"""

import re
from collections.abc import Mapping
from typing import Any

from vedette.model.audit import AuditEvent
from vedette.model.canonical import canonical, tamed

PRIVATE = frozenset({
    "saved_view", "former_project", "alert", "alert_past", "alert_delivery", "drift_alarm",
    "drift_baseline", "guard_callback", "probe_state", "probe_run", "probe_series",
    "probe_spending", "visit",
})  # fmt: skip
"""Kinds whose changes nobody has to answer for: views of one's own, marks beside a deletion,
visits (log-ins and ends of sessions are told by themselves), and what the watches of alerts, drift
and probes and the guard's callbacks keep for themselves."""

MOST_BYTES = 65_536
"""Of the canonical JSON of all changes; beyond it their digest stands for them."""

_SECRET = re.compile(r"(^|_)(secret|secrets|password|sha256|token|totp|salt|recovery)(_|$)")
_PERSONAL = frozenset({"owner", "email", "metadata", "full_name", "user", "invited_by"})
_PERSONAL_OF = {
    "user": frozenset({"name", "id"}),
    "guard_allowed": frozenset({"value", "note"}),
    "guard_feedback": frozenset({"note"}),
}

Fields = Mapping[str, Any]


def change_event(
    project_id: str, kind: str, id: str, *, before: Fields | None, after: Fields | None
) -> AuditEvent | None:
    """The event of a change; None for a private kind. `before` is None where the record is new,
    `after` where it is deleted."""
    if kind in PRIVATE:
        return None
    done = "deleted" if after is None else "changed" if before is not None else "created"
    before, after = before or {}, after or {}
    changes: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for field in sorted(before.keys() | after.keys()):
        old, new = before.get(field), after.get(field)
        if old == new or (old is None and not new):
            continue
        if _SECRET.search(field):
            changes[field] = "(hidden)"
        elif field in _PERSONAL or field in _PERSONAL_OF.get(kind, ()):
            personal[field] = [tamed(old), tamed(new)]
        else:
            changes[field] = [_shown(old), _shown(new)]
    return AuditEvent(
        action=f"{kind}.{done}",
        organization=id if kind == "organization" else _named("organization_id", before, after),
        project=_project(project_id, kind, id, _named("project_id", before, after)),
        target_kind=kind,
        target_id=id,
        details={"changes": _bounded(changes)} if changes else {},
        personal=personal,
    )


def _shown(value: Any) -> Any:
    """The value without the secrets inside."""
    return tamed(_stripped(value))


def _stripped(value: Any) -> Any:
    match value:
        case Mapping():
            return {
                name: "(hidden)" if _SECRET.search(str(name)) else _stripped(inner)
                for name, inner in value.items()
            }
        case list() | tuple():
            return [_stripped(inner) for inner in value]
    return value


def _bounded(changes: dict[str, Any]) -> dict[str, Any]:
    content = canonical(changes)
    if len(content) <= MOST_BYTES:
        return changes
    digest = tamed(content)
    return {"fields": sorted(changes)[:1000], "all": digest}


def _named(field: str, before: Fields, after: Fields) -> str:
    return str(after.get(field) or before.get(field) or "")


def _project(project_id: str, kind: str, id: str, named: str) -> str:
    if kind == "project":
        return id
    # Shelves of the installation begin with a line.
    return named or ("" if project_id.startswith("_") else project_id)
