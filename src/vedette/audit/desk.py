"""The audit log as console and commands use it: looked through, verified, proven, erased."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from vedette.audit.notes import Checkpoint, Signature, VerifierKey
from vedette.audit.outbox import Outbox
from vedette.audit.outside import Exported, Outside, Tell
from vedette.audit.proofs import EntryProof, prove_entry
from vedette.audit.restoring import restored_events
from vedette.audit.soundness import read_body
from vedette.audit.verifying import UNSIGNED_NS, AuditReport, readings, verify
from vedette.errors import BadRequest, Conflict, NotFound
from vedette.model.audit import AuditEntry, AuditEvent, AuditPosition, AuditQuery, value_of
from vedette.ports.audit import AuditStore

_PAGE = 500
_REASON_CHARS = 500


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with what is left of its personal values."""

    entry: AuditEntry
    details: dict[str, Any]
    personal: dict[str, Any]
    """Values by field; those that were erased are not there."""
    erased: tuple[str, ...]


class AuditDesk:
    """All methods may block and raise StoreError."""

    def __init__(
        self, store: AuditStore, key: VerifierKey | None, outside: Outside, *, outbox: Outbox,
        sealing: bytes = b"",
    ) -> None:  # fmt: skip
        self.outbox = outbox
        self.store = store
        self.key = key
        self._outside = outside
        self._sealing = sealing

    def note(self, *events: AuditEvent) -> None:
        self.store.append(events)

    def find(
        self, query: AuditQuery, *, before: AuditPosition | None = None, limit: int
    ) -> tuple[Shown, ...]:
        """Newest first."""
        return self._shown(self.store.find(query, before=before, limit=limit))

    def get(self, id: str) -> AuditEntry:
        """By `organization:seq`. Raises NotFound."""
        organization, _, number = id.rpartition(":")
        seq = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
        found = self.store.get(organization, seq) if seq else None
        if found is None:
            raise NotFound(f"There is no audit entry {id[:100]!r}.")
        return found

    def show(self, id: str) -> Shown:
        """Raises NotFound."""
        return self._shown([self.get(id)])[0]

    def export(self, query: AuditQuery) -> Iterator[Shown]:
        """All that match, newest first, in constant memory."""
        before = None
        while page := self.find(query, before=before, limit=_PAGE):
            yield from page
            before = position_of(page[-1].entry)

    def bodies(self, organization: str = "") -> Iterator[str]:
        """The canonical JSON of all entries of a log, or of all logs, oldest first: what is hashed.

        Raises NotFound for a log that is nowhere.
        """
        known = self.store.organizations()
        if organization and organization not in known:
            raise NotFound(f"There is no audit log {organization[:80]!r}.")
        for name in (organization,) if organization else known:
            after = 0
            while page := self.store.entries(name, after_seq=after, limit=_PAGE):
                after = page[-1].seq
                yield from (entry.body for entry in page)

    def verify(
        self, organizations: Sequence[str] = (), *, key: VerifierKey | None = None,
        more: Sequence[Exported] = (), now_ns: int | None = None, unreadable: Sequence[str] = (),
    ) -> AuditReport:  # fmt: skip
        """Check against what was signed outside, and `more` of it; `key` is trusted instead.

        With `now_ns` a log is told of that should have been signed by then, and never was;
        `unreadable` is what of `more` could not be read. Raises NotFound for a log that is nowhere.
        """
        found = list(unreadable)
        by_ns = now_ns - UNSIGNED_NS if now_ns is not None and self._outside.keeps else None
        return verify(
            self.store, key or self.key, [*more, *self._signed(found.append)],
            organizations=organizations, sealing=self._sealing, signed_by_ns=by_ns,
            unreadable=found,
        )  # fmt: skip

    def restored(
        self, signature: Signature, *, reason: str, time: str, more: Sequence[Exported] = ()
    ) -> AuditReport:
        """Say in each log that was restored from an older copy which checkpoints it supersedes.

        `time` is now, as RFC 3339. Raises BadRequest where all is what was signed, Conflict where
        a log is not only another than the signed one, but was altered.
        """
        if not reason.strip() or len(reason) > _REASON_CHARS:
            raise BadRequest(f"Say why: 1 to {_REASON_CHARS} characters.")
        signed = [*more, *self._signed()]
        events: list[AuditEvent] = []
        found = readings(self.store, signature.key, signed, sealing=signature.sealing)
        for reading, report in found:
            if not reading.unfit:
                continue
            if not reading.is_whole:
                raise Conflict(
                    f"The log {report.organization!r} is no older copy: its entries were altered. "
                    "`vedette audit verify` says where."
                )
            kept = Checkpoint(
                origin=f"{signature.key.name}/{report.organization}", size=report.entries,
                root=bytes.fromhex(report.root), time=time,
            )  # fmt: skip
            unfit, sound = zip(*reading.unfit, strict=True)
            events += restored_events(
                signature, kept, unfit, first=min(sound) + 1, reason=reason.strip()
            )
        if not events:
            raise BadRequest("Every log holds all that was signed: there is nothing to tell.")
        self.store.append(events)
        return verify(self.store, signature.key, signed, sealing=signature.sealing)

    def checkpoint(self, organization: str) -> str:
        """The newest signed note. Raises NotFound."""
        note = self._outside.heads().get(organization, "")
        if not note:
            found = [one.note for one in self._outside.exported()
                     if one.organization == organization]  # fmt: skip
            note = found[-1] if found else ""
        if not note:
            raise NotFound(f"There is no checkpoint of {organization[:80]!r} yet.")
        return note

    def prove(self, id: str) -> EntryProof:
        """Raises NotFound."""
        entry = self.get(id)
        return prove_entry(self.store, entry, self.checkpoint(entry.organization))

    def erase(self, value: str) -> int:
        """Erase a personal value wherever it stands as a whole. Raises BadRequest."""
        if not value.strip() or len(value) > 1_000:
            raise BadRequest("Name the value to erase: 1 to 1000 characters.")
        return self.store.erase(value.strip())

    def _signed(self, tell: Tell = lambda _: None) -> list[Exported]:
        heads = self._outside.heads().items()
        newest = [Exported(organization=name, time="the newest head", note=n) for name, n in heads]
        return [*self._outside.exported(tell), *newest]

    def _shown(self, entries: Sequence[AuditEntry]) -> tuple[Shown, ...]:
        kept = {}
        for name in {entry.organization for entry in entries}:
            numbers = [entry.seq for entry in entries if entry.organization == name]
            for value in self.store.personal(name, numbers):
                kept[name, value.seq, value.field] = value_of(value)
        return tuple(_shown(entry, kept) for entry in entries)


def position_of(entry: AuditEntry) -> AuditPosition:
    return AuditPosition(entry.time_ns, entry.organization, entry.seq)


def _shown(entry: AuditEntry, kept: dict[tuple[str, int, str], Any]) -> Shown:
    body = read_body(entry) or {}
    marks = body.get("personal")
    fields = list(marks) if isinstance(marks, dict) else []
    there = {
        field: kept[entry.organization, entry.seq, field]
        for field in fields
        if (entry.organization, entry.seq, field) in kept
    }
    details = body.get("details")
    return Shown(
        entry=entry, details=details if isinstance(details, dict) else {}, personal=there,
        erased=tuple(field for field in fields if field not in there),
    )  # fmt: skip
