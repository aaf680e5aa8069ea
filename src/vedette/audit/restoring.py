"""A log that was restored from an older copy: said in the log itself, by whoever restored it.

Checkpoints that were signed after the copy was made no longer fit. An entry `audit.restored` names
them, in a note under the signing key that holds the log's own root as well: so it excuses these
checkpoints of this log and no others. What was signed later still counts.
"""

import base64
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vedette.audit.notes import BadNote, Checkpoint, Signature, VerifierKey, checkpoint_text
from vedette.audit.soundness import read_body
from vedette.model.audit import AuditEntry, AuditEvent, AuditQuery
from vedette.model.merkle import root_of
from vedette.ports.audit import AuditStore

ACTION = "audit.restored"
_SUPERSEDES = "supersedes "
_NAMED = 1_000
"""Checkpoints that an entry names."""
_MOST = 10_000

Mark = tuple[int, bytes]
"""Size and root of a checkpoint."""


class Restore(msgspec.Struct, frozen=True, kw_only=True):
    """A restore that the log tells of."""

    seq: int
    """Of the entry that says so."""
    time: str
    """RFC 3339."""
    actor: str
    reason: str
    kept: int
    """Entries that the log had then."""
    first: int
    """The first entry that may be another than the one that was signed, or gone."""
    last: int
    """The last one that was signed and is superseded."""
    marks: frozenset[Mark]
    """The checkpoints that count no more."""


def mark_of(checkpoint: Checkpoint) -> Mark:
    return checkpoint.size, checkpoint.root


def restored_events(
    signature: Signature, kept: Checkpoint, unfit: Iterable[Checkpoint], *, first: int, reason: str
) -> Iterator[AuditEvent]:
    """What the log says of a restore; `kept` is the log as it is."""
    marks = sorted({mark_of(one) for one in unfit})
    for start in range(0, len(marks), _NAMED):
        some = marks[start : start + _NAMED]
        lines = [f"{_SUPERSEDES}{size} {base64.b64encode(root).decode()}" for size, root in some]
        text = checkpoint_text(kept) + "".join(f"{line}\n" for line in lines)
        yield AuditEvent(
            action=ACTION, organization=kept.organization,
            details={
                "reason": reason, "kept": kept.size, "first": first, "last": marks[-1][0],
                "checkpoints": len(some), "note": signature.sign(text).split("\n"),
            },
        )  # fmt: skip


def restores_of(store: AuditStore, key: VerifierKey, organization: str) -> tuple[Restore, ...]:
    """What the log tells of restores, oldest first; what the key did not sign is left out.

    Raises StoreError.
    """
    query = AuditQuery(organizations=(organization,), action=ACTION)
    found = [_read(entry, key) for entry in store.find(query, limit=_MOST)]
    told = [one for one in found if one is not None]
    if not told:
        return ()
    leaves = store.hashes(organization, upto_seq=max(kept.size for _, kept in told))
    return tuple(
        restore for restore, kept in reversed(told)
        if kept.size < restore.seq and root_of(leaves[: kept.size]) == kept.root
    )  # fmt: skip


def superseded(restores: Sequence[Restore]) -> frozenset[Mark]:
    return frozenset().union(*(one.marks for one in restores))


def _read(entry: AuditEntry, key: VerifierKey) -> tuple[Restore, Checkpoint] | None:
    details = (read_body(entry) or {}).get("details")
    if entry.action != ACTION or not isinstance(details, dict):
        return None
    try:
        note = "\n".join(details["note"])
        kept = key.open(note)
        if kept.origin != f"{key.name}/{entry.organization}":
            return None
        restore = Restore(
            seq=entry.seq, time=kept.time, actor=entry.actor,
            reason=str(details.get("reason"))[:1_000], kept=kept.size,
            first=int(details["first"]), last=int(details["last"]), marks=frozenset(_marks(note)),
        )  # fmt: skip
    except (BadNote, KeyError, ValueError, TypeError):
        return None
    return restore, kept


def _marks(note: str) -> Iterator[Mark]:
    """Raises ValueError."""
    for line in note.partition("\n\n")[0].splitlines():
        if line.startswith(_SUPERSEDES):
            size, root = line.removeprefix(_SUPERSEDES).split()
            yield int(size), base64.b64decode(root, validate=True)
