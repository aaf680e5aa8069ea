"""The audit log as the API shows it."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from vedette.audit.desk import Shown, position_of
from vedette.audit.proofs import EntryProof
from vedette.audit.soundness import Breach
from vedette.audit.verifying import AuditReport, LogReport, Restored
from vedette.model.audit import AuditPosition
from vedette.query.shapes import Time
from vedette.query.times import format_time


class AuditActor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it; name and address are null where they were erased or not known."""

    kind: str
    id: str
    name: str | None
    address: str | None


class AuditTarget(msgspec.Struct, frozen=True, kw_only=True):
    """What it was done to."""

    kind: str
    id: str


class AuditShape(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the audit log."""

    id: str
    organization: str
    seq: int
    time: Time
    action: str
    outcome: str
    actor: AuditActor
    project: str
    target: AuditTarget
    details: dict[str, Any]
    personal: Annotated[
        dict[str, Any], Meta(description="Personal values that were not erased, by field.")
    ]
    erased: tuple[str, ...]
    hash: str


class AuditList(msgspec.Struct, frozen=True):
    """A page of entries, newest first."""

    items: tuple[AuditShape, ...]
    next_cursor: str | None


class AuditKey(msgspec.Struct, frozen=True):
    """The public half of the key that signs checkpoints: `name+id+key`."""

    key: str


class AuditCheckpoint(msgspec.Struct, frozen=True):
    """The newest signed checkpoint of a log, as a note."""

    organization: str
    note: str


class EraseBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A personal value to erase, as a whole: an address, a name, an owner."""

    value: Annotated[str, Meta(min_length=1, max_length=1000)]


class Erased(msgspec.Struct, frozen=True):
    """How many values were erased."""

    count: int


def audit_shape(shown: Shown) -> AuditShape:
    """The entry with its actor put together."""
    entry = shown.entry
    kind, _, id = entry.actor.partition(":")
    personal = {
        name: value for name, value in shown.personal.items() if not name.startswith("actor.")
    }
    return AuditShape(
        id=entry.id, organization=entry.organization, seq=entry.seq,
        time=format_time(entry.time_ns), action=entry.action, outcome=entry.outcome,
        actor=AuditActor(
            kind=kind, id=id, name=shown.personal.get("actor.name"),
            address=shown.personal.get("actor.address"),
        ),
        project=entry.project, target=AuditTarget(kind=entry.target_kind, id=entry.target_id),
        details=shown.details, personal=personal, erased=shown.erased, hash=entry.hash,
    )  # fmt: skip


def cursor_of(shown: Shown) -> str:
    place = position_of(shown.entry)
    return f"{place.time_ns}.{place.seq}.{place.organization}"


def read_cursor(text: str) -> AuditPosition:
    """Raises ValueError."""
    time_ns, _, rest = text.partition(".")
    seq, _, organization = rest.partition(".")
    numbers = (time_ns, seq)
    if not organization or not all(n.isascii() and n.isdigit() and len(n) < 20 for n in numbers):
        raise ValueError("`next_cursor` of the page before")
    return AuditPosition(int(time_ns), organization, int(seq))


SHAPES: tuple[type, ...] = (
    AuditList, AuditShape, AuditKey, AuditCheckpoint, EraseBody, Erased, EntryProof, AuditReport,
    LogReport, Restored, Breach,
)  # fmt: skip
"""What the OpenAPI document describes of this resource."""
