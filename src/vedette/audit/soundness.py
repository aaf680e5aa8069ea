"""Whether entries are what they were: each by itself, and each behind the one before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from vedette.model.audit import GENESIS, AuditEntry, Personal, commitment, seal_of
from vedette.model.canonical import canonical
from vedette.model.merkle import leaf_hash

Fault = Literal[
    "altered", "missing", "reordered", "truncated", "rewritten", "forged", "index", "personal",
    "signature", "unreadable", "unsigned",
]  # fmt: skip


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """Something that cannot have come about by itself."""

    fault: Fault
    organization: str
    seq: int
    """Of the entry, or of the first that is concerned."""
    message: str


class Chain:
    """Follows a log entry by entry; ask `problems` of each in turn."""

    def __init__(self, organization: str, *, sealing: bytes = b"") -> None:
        """Without the secret of the seals these are not looked at."""
        self.organization = organization
        self.seq = 0
        self.hash = GENESIS
        self._sealing = sealing

    def problems(self, entry: AuditEntry) -> Iterator[Breach]:
        """What is wrong with the next entry; then it is the last one."""
        expected, before = self.seq + 1, self.hash
        self.seq, self.hash = entry.seq, entry.hash
        if entry.seq != expected:
            missing = f"{expected}" if entry.seq == expected + 1 else f"{expected}-{entry.seq - 1}"
            yield self._breach("missing", expected, f"Missing: {missing}.")
        if leaf_hash(entry.body.encode()).hex() != entry.hash:
            yield self._breach("altered", entry.seq, "Its content is not what was hashed.")
        elif self._sealing and entry.seal != seal_of(self._sealing, entry.hash):
            yield self._breach("forged", entry.seq, "Vedette did not write it.")
        body = read_body(entry)
        if body is None:
            yield self._breach("unreadable", entry.seq, "Its content cannot be read.")
            return
        if (body.get("organization"), body.get("seq")) != (entry.organization, entry.seq):
            place = f"{body.get('organization')}:{body.get('seq')}"
            yield self._breach("reordered", entry.seq, f"It says of itself to be {place[:80]}.")
        if entry.seq == expected and body.get("prev") != before:
            yield self._breach("altered", entry.seq, "It does not follow the entry before it.")
        if _columns(entry) != _said(body):
            yield self._breach("index", entry.seq, "Its columns differ from its content.")

    def _breach(self, fault: Fault, seq: int, message: str) -> Breach:
        return Breach(fault=fault, organization=self.organization, seq=seq, message=message)


def read_body(entry: AuditEntry) -> dict[str, Any] | None:
    """The fields of an entry; None where they are not as we write them."""
    try:
        body = msgspec.json.decode(entry.body, type=dict[str, Any])
        return body if canonical(body) == entry.body.encode() else None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def personal_problems(
    entries: Sequence[AuditEntry], values: Iterable[Personal], erased: Mapping[int, set[str]]
) -> Iterator[Breach]:  # fmt: skip
    """Personal values that are not those of their entries, or went without an erasure."""
    kept: dict[int, dict[str, Personal]] = {}
    for value in values:
        kept.setdefault(value.seq, {})[value.field] = value
    for entry in entries:
        marks = (read_body(entry) or {}).get("personal")
        for field, mark in (marks if isinstance(marks, dict) else {}).items():
            found = kept.get(entry.seq, {}).pop(field, None)
            if found is None:
                if field not in erased.get(entry.seq, ()):
                    yield _personal(entry, f"The value {field!r} is gone, and nobody erased it.")
            elif commitment(found.salt, found.value) != mark:
                yield _personal(entry, f"The value {field!r} is another than it was.")
        for field in kept.get(entry.seq, {}):
            yield _personal(entry, f"The value {field!r} was added later.")


def _personal(entry: AuditEntry, message: str) -> Breach:
    return Breach(fault="personal", organization=entry.organization, seq=entry.seq, message=message)


def _columns(entry: AuditEntry) -> tuple[str, ...]:
    return (
        str(entry.time_ns), entry.action, entry.outcome, entry.actor, entry.project,
        entry.target_kind, entry.target_id, entry.source,
    )  # fmt: skip


def _said(body: Mapping[str, Any]) -> tuple[str, ...]:
    actor, target = body.get("actor"), body.get("target")
    actor = actor if isinstance(actor, dict) else {}
    target = target if isinstance(target, dict) else {}
    label = f"{actor.get('kind')}:{actor['id']}" if actor.get("id") else str(actor.get("kind"))
    return (
        str(body.get("time_ns")), str(body.get("action")), str(body.get("outcome")), label[:128],
        str(body.get("project")), str(target.get("kind")), str(target.get("id")),
        str(body.get("source")),
    )  # fmt: skip
