"""What the audit log keeps: who did what to what, when, and how it ended.

An entry is the canonical JSON of its fields with the hash of the entry before it; its own hash is
that of a Merkle leaf, so one hash makes the chain and the tree. Personal values (names, addresses,
owners) are not in that JSON: it has a commitment for each, HMAC-SHA256 under a salt of its own.
Value and salt stand beside the entry and can be erased; what is left says nothing and still fits.
A seal beside each entry, under a secret outside the database, tells ours from those of a forger.
"""

import hmac
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from vedette.model.canonical import canonical

INSTALLATION = "installation"
"""The log of what belongs to no organization: configuration, log-ins, credentials."""
GENESIS = "0" * 64
"""What stands for the hash before the first entry."""

ActorKind = Literal["system", "anonymous", "local", "token", "user", "key", "command"]
Outcome = Literal["done", "refused", "failed", "unknown"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it."""

    kind: ActorKind = "system"
    """`local`: somebody at a console without a token; `command`: the command line."""
    id: str = ""
    name: str = ""
    address: str = ""


SYSTEM = Actor()
"""Vedette itself."""


class AuditEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be logged."""

    action: str
    """`key.created`, `guard.verdict`: what it was done to, and what was done."""
    organization: str = ""
    """Whose log; empty: that of the project, else that of the installation."""
    project: str = ""
    target_kind: str = ""
    target_id: str = ""
    outcome: Outcome = "done"
    details: dict[str, Any] = {}
    """JSON without personal values and without secrets."""
    personal: dict[str, Any] = {}
    """Values that can be erased, by name."""
    actor: Actor | None = None
    """None: whoever acts in this context (`ports.audit.acting`)."""
    time_ns: int | None = None
    source: str = ""
    """What the event is known by: of two with the same one is kept. Empty: each is its own."""


class Personal(msgspec.Struct, frozen=True, kw_only=True):
    """A personal value beside its entry."""

    organization: str
    seq: int
    field: str
    salt: bytes
    value: str
    """Canonical JSON."""


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is stored: the body is what counts, the rest is for look-ups."""

    organization: str
    seq: int
    time_ns: int
    action: str
    outcome: str
    actor: str
    """Kind and id: `user:usr_1`, `system`."""
    project: str
    target_kind: str
    target_id: str
    body: str
    """Canonical JSON."""
    hash: str
    """Hex of the leaf hash of the body."""
    seal: str = ""
    """Hex of its HMAC under a secret that the database does not have."""
    source: str = ""
    """What the event is known by; empty: nothing."""

    @property
    def id(self) -> str:
        return f"{self.organization}:{self.seq}"


class AuditHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where a log ends."""

    organization: str
    seq: int
    hash: str


class AuditQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries; all given conditions must hold."""

    organizations: tuple[str, ...] = ()
    """Empty: of all."""
    project: str = ""
    action: str = ""
    """The action or its beginning: `key.` finds what was done to keys."""
    outcome: str = ""
    actor: str = ""
    target: str = ""
    """Id of the target."""
    from_ns: int | None = None
    to_ns: int | None = None


class AuditPosition(msgspec.Struct, frozen=True, order=True):
    """Of an entry among all logs, in the order of time."""

    time_ns: int
    organization: str
    seq: int


def value_of(personal: Personal) -> Any:
    """What it holds; the text itself where somebody put there what is no JSON."""
    try:
        return msgspec.json.decode(personal.value)
    except msgspec.MsgspecError:
        return personal.value


def actor_label(actor: Actor) -> str:
    return f"{actor.kind}:{actor.id}" if actor.id else actor.kind


def seal_of(secret: bytes, hash: str) -> str:
    """What only who has the secret can write beside an entry."""
    return hmac.digest(secret, b"vedette audit entry " + hash.encode(), "sha256").hex()


def commitment(salt: bytes, value: str) -> str:
    """What stands in the entry for a personal value; `value` is canonical JSON."""
    return hmac.digest(salt, value.encode(), "sha256").hex()


def body_of(event: AuditEvent, *, seq: int, prev: str, personal: Mapping[str, str]) -> bytes:
    """The canonical JSON of an entry. Organization, actor and time of the event are set;
    `personal` has the commitments."""
    actor = event.actor or Actor()
    return canonical({
        "version": 1,
        "organization": event.organization,
        "seq": seq,
        "prev": prev,
        # Nanoseconds are more than a double can hold.
        "time_ns": str(event.time_ns or 0),
        "action": event.action,
        "outcome": event.outcome,
        "actor": {"kind": actor.kind, "id": actor.id},
        "project": event.project,
        "target": {"kind": event.target_kind, "id": event.target_id},
        "details": event.details,
        "personal": dict(personal),
        "source": event.source,
    })  # fmt: skip
