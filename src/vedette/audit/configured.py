"""What was configured, and what of it changed since the log last heard of it."""

from hashlib import sha256
from typing import Any

import msgspec

from vedette.audit.soundness import read_body
from vedette.model.audit import INSTALLATION, AuditEntry, AuditEvent, AuditQuery
from vedette.model.settings import CoreSettings
from vedette.ports.audit import AuditStore

ACTIONS = "configuration."
_OF_GATEWAY = (
    "providers", "routes", "default_provider", "access", "allowed_hosts", "allowed_origins",
    "limits", "cache", "guard", "prices", "allowances", "capture", "max_body_bytes",
)  # fmt: skip
_OF_CORE = (
    "profile", "retention_days", "token_sha256", "allowed_hosts", "allowed_origins", "otlp",
    "audit",
)  # fmt: skip


def configuration_event(
    store: AuditStore, settings: CoreSettings, *, starts: bool
) -> AuditEvent:  # fmt: skip
    """`configuration.loaded` at a start, `configuration.changed` at a reload.

    It names the sections that differ from those of the last such entry; each is told by its
    digest alone, but for what says how data are kept. Raises StoreError.
    """
    sections = _sections(settings)
    last = store.find(AuditQuery(organizations=(INSTALLATION,), action=ACTIONS), limit=1)
    before = _sections_in(last[0]) if last else {}
    changed = sorted(
        name for name in sections.keys() | before.keys() if sections.get(name) != before.get(name)
    )
    return AuditEvent(
        action="configuration.loaded" if starts else "configuration.changed",
        organization=INSTALLATION,
        target_kind="configuration",
        details={
            "changed": changed if before else [], "sections": sections,
            "capture": settings.capture, "retention_days": settings.retention_days,
            "providers": [provider.name for provider in settings.providers],
            "policy": _policy(settings), "token": bool(settings.token_sha256),
        },
    )  # fmt: skip


def _sections(settings: CoreSettings) -> dict[str, str]:
    gateway, core = settings.routing, settings
    # The key is no setting, and its digest is nobody's business.
    core = msgspec.structs.replace(core, audit=msgspec.structs.replace(core.audit, key=b""))
    found = {f"gateway.{name}": _digest(getattr(gateway, name)) for name in _OF_GATEWAY}
    return found | {f"core.{name}": _digest(getattr(core, name)) for name in _OF_CORE}


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:32]


def _policy(settings: CoreSettings) -> dict[str, Any] | None:
    policy = settings.routing.guard.policy
    if policy is None:
        return None
    enforced = sum(rule.mode == "enforce" for rule in policy.rules)
    return {
        "name": policy.name, "version": policy.version, "digest": _digest(policy),
        "rules": len(policy.rules), "enforced": enforced,
    }  # fmt: skip


def _sections_in(entry: AuditEntry) -> dict[str, str]:
    details = (read_body(entry) or {}).get("details", {})
    sections = details.get("sections") if isinstance(details, dict) else None
    return sections if isinstance(sections, dict) else {}
