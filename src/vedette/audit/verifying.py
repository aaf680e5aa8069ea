"""Reads whole logs and says what is wrong with them, and where.

Three witnesses are heard: the chain (each entry holds the hash of the one before), the heads in
the database, and the checkpoints outside it, under the key that the verifier trusts.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vedette.audit.notes import BadNote, Checkpoint, VerifierKey
from vedette.audit.outside import Exported
from vedette.audit.restoring import Restore, mark_of, restores_of, superseded
from vedette.audit.soundness import Breach, Chain, personal_problems, read_body
from vedette.errors import NotFound
from vedette.model.audit import AuditEntry, AuditHead, value_of
from vedette.model.merkle import Frontier, leaf_hash
from vedette.ports.audit import AuditStore

MOST_PROBLEMS = 100
"""Of one log; when there are more, the first ones tell enough."""
UNSIGNED_NS = 60 * 10**9
"""A log is signed within about a second; one that is older and was never signed lost what was."""
_PAGE = 1_000


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """The log was restored from an older copy, and somebody said so."""

    seq: int
    """Of the entry that tells of it."""
    time: str
    by: str
    """Who said so."""
    reason: str
    kept: int
    """Entries that the log had then."""
    first: int
    """From this entry on, what was signed may be gone, or another stands there."""
    last: int
    """Up to this one."""
    checkpoints: int
    """So many count no more."""


class LogReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one log."""

    organization: str
    entries: int
    head: str
    """Hash of the last entry."""
    root: str
    """Hex of the Merkle root over all entries."""
    checkpoints: int
    """Of this log, those that fit."""
    signed: int
    """Entries that a checkpoint covers."""
    signed_time: str
    """When the newest one was made."""
    erased: int
    """Personal values that were erased."""
    restored: tuple[Restored, ...]
    """Restores from an older copy that the log tells of."""
    problems: tuple[Breach, ...]

    @property
    def state(self) -> str:
        """In a word."""
        if self.problems:
            return "broken"
        return "restored" if self.restored else "sound"


class AuditReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in all of them."""

    ok: bool
    key: str
    """The key that the checkpoints were checked with; empty: there is none, so nothing shows
    that the whole was not written anew."""
    logs: tuple[LogReport, ...]
    unreadable: tuple[str, ...] = ()
    """What of the files of checkpoints cannot be read."""


def verify(
    store: AuditStore, key: VerifierKey | None, exported: Iterable[Exported], *,
    organizations: Sequence[str] = (), sealing: bytes = b"", signed_by_ns: int | None = None,
    unreadable: Sequence[str] = (),
) -> AuditReport:  # fmt: skip
    """Check the logs, all unless some are named. Raises StoreError, and NotFound for a log that is
    nowhere.

    With the secret of the seals it is told, too, whether each entry was written by us. What began
    before `signed_by_ns` must have been signed at least once.
    """
    logs = tuple(
        report
        for _, report in readings(
            store, key, exported, organizations=organizations, sealing=sealing,
            signed_by_ns=signed_by_ns,
        )
    )  # fmt: skip
    return AuditReport(
        ok=not unreadable and not any(log.problems for log in logs),
        key=key.text if key else "", logs=logs, unreadable=tuple(unreadable),
    )  # fmt: skip


def readings(
    store: AuditStore, key: VerifierKey | None, exported: Iterable[Exported], *,
    organizations: Sequence[str] = (), sealing: bytes = b"", signed_by_ns: int | None = None,
) -> Iterator[tuple["LogReading", LogReport]]:  # fmt: skip
    """Each log with what was found in it, by name. Raises StoreError and NotFound."""
    notes: dict[str, dict[str, Exported]] = {}
    for one in exported:
        # The newest head stands in the file of checkpoints as well.
        notes.setdefault(one.organization, {}).setdefault(one.note, one)
    heads = {head.organization: head for head in store.heads()}
    known = notes.keys() | set(store.organizations())
    for name in organizations or sorted(known):
        if name not in known:
            raise NotFound(f"There is no audit log {name[:80]!r}.")
        reading = LogReading(store, name, heads.get(name), sealing, signed_by_ns)
        yield reading, reading.report(list(notes.get(name, {}).values()), key)


class LogReading:
    """The verification of one log."""

    def __init__(
        self, store: AuditStore, organization: str, head: AuditHead | None, sealing: bytes,
        signed_by_ns: int | None = None,
    ) -> None:  # fmt: skip
        self._sealing = sealing
        self._signed_by_ns = signed_by_ns
        self._store = store
        self._name = organization
        self._head = head
        self._problems: list[Breach] = []
        self.unfit: list[tuple[Checkpoint, int]] = []
        """Checkpoints that do not fit, and the last entry before that another one covers."""
        self._erased: dict[int, set[str]] = {}
        self.is_whole = True
        """Whether the entries fit each other, whatever was signed."""

    def report(self, notes: Sequence[Exported], key: VerifierKey | None) -> LogReport:
        checkpoints = self._open(notes, key)
        restores = restores_of(self._store, key, self._name) if key else ()
        excused = superseded(restores)
        checkpoints = [one for one in checkpoints if mark_of(one) not in excused]
        self._collect_erasures()
        chain, frontier = self._walk(checkpoints)
        self._check_head(chain)
        self.is_whole = all(one.fault == "signature" for one in self._problems)
        unfit = {mark_of(one) for one, _ in self.unfit}
        fitting = [
            one for one in checkpoints if one.size <= frontier.size and mark_of(one) not in unfit
        ]  # fmt: skip
        newest = max(fitting, key=lambda one: one.size, default=None)
        self._tell_unfit(checkpoints, frontier.size, newest.size if newest else 0)
        self._tell_unsigned(notes, key)
        return LogReport(
            organization=self._name, entries=frontier.size, head=chain.hash if chain.seq else "",
            root=frontier.root().hex(), checkpoints=len(fitting),
            signed=newest.size if newest else 0, signed_time=newest.time if newest else "",
            erased=sum(map(len, self._erased.values())),
            restored=tuple(map(self._restored, restores)), problems=tuple(self._problems),
        )  # fmt: skip

    def _tell_unfit(self, checkpoints: Sequence[Checkpoint], size: int, signed: int) -> None:
        for one, sound in self.unfit:
            self._add("rewritten", sound + 1, (
                f"Something from {sound + 1} to {one.size} is not what the checkpoint of "
                f"{one.time} has signed."
            ))  # fmt: skip
        for one in checkpoints:
            if one.size > size:
                self.unfit.append((one, signed))
                self._add("truncated", size + 1, (
                    f"The checkpoint of {one.time} has {one.size} entries; the log ends at {size}."
                ))  # fmt: skip

    def _tell_unsigned(self, notes: Sequence[Exported], key: VerifierKey | None) -> None:
        """What nobody can tell then is whether the log was cut at its end."""
        if key is None and notes:
            self._add("signature", 0, (
                f"There are {len(notes)} checkpoints and no key to check them with: name it with "
                "--key."
            ))  # fmt: skip
        if key is None or notes or self._signed_by_ns is None:
            return
        first = next(iter(self._store.entries(self._name, limit=1)), None)
        if first is not None and first.time_ns < self._signed_by_ns:
            self._add("unsigned", first.seq, (
                "No checkpoint is left of it: whether it was cut at its end cannot be told. Name a "
                "copy of them with --checkpoints."
            ))  # fmt: skip

    def _restored(self, restore: Restore) -> Restored:
        values = self._store.personal(self._name, [restore.seq])
        name = next((value_of(one) for one in values if one.field == "actor.name"), "")
        by = f"{restore.actor} ({name})" if name else restore.actor
        return Restored(
            seq=restore.seq, time=restore.time, by=by, reason=restore.reason,
            kept=restore.kept, first=restore.first, last=restore.last,
            checkpoints=len(restore.marks),
        )  # fmt: skip

    def _open(self, notes: Sequence[Exported], key: VerifierKey | None) -> list[Checkpoint]:
        """The checkpoints that the key signed; the others are problems."""
        found: list[Checkpoint] = []
        if key is None:
            return found
        for one in notes:
            try:
                checkpoint = key.open(one.note)
                if checkpoint.origin != f"{key.name}/{self._name}":
                    raise BadNote(f"The checkpoint is of {checkpoint.origin[:80]}.")
            except BadNote as error:
                self._add("signature", 0, f"Checkpoint of {one.time[:40]}: {error.message}")
            else:
                found.append(checkpoint)
        return found

    def _collect_erasures(self) -> None:
        """Which personal values were erased, told by entries of the log itself."""
        after = 0
        while page := self._store.entries(self._name, after_seq=after, limit=_PAGE):
            after = page[-1].seq
            for entry in page:
                if entry.action == "personal.erased":
                    for seq, field in _erased_in(entry):
                        self._erased.setdefault(seq, set()).add(field)

    def _walk(self, checkpoints: Sequence[Checkpoint]) -> tuple[Chain, Frontier]:
        chain, frontier = Chain(self._name, sealing=self._sealing), Frontier()
        roots: dict[int, list[Checkpoint]] = {}
        for one in checkpoints:
            roots.setdefault(one.size, []).append(one)
        sound = 0
        while page := self._store.entries(self._name, after_seq=chain.seq, limit=_PAGE):
            for entry in page:
                for problem in chain.problems(entry):
                    self._note(problem)
                frontier.add(leaf_hash(entry.body.encode()))
                for one in roots.get(frontier.size, ()):
                    if one.root == frontier.root():
                        sound = frontier.size
                    else:
                        self.unfit.append((one, sound))
            values = self._store.personal(self._name, [entry.seq for entry in page])
            for problem in personal_problems(page, values, self._erased):
                self._note(problem)
        return chain, frontier

    def _check_head(self, chain: Chain) -> None:
        if self._head is None:
            if chain.seq:
                self._add("altered", chain.seq, "The head of the log is gone.")
        elif self._head.seq > chain.seq:
            self._add("truncated", chain.seq + 1, f"The log ended at {self._head.seq} once.")
        elif (self._head.seq, self._head.hash) != (chain.seq, chain.hash):
            self._add("altered", chain.seq, f"The head says {self._head.seq}, with another hash.")

    def _add(self, fault: str, seq: int, message: str) -> None:
        self._note(msgspec.convert(
            {"fault": fault, "organization": self._name, "seq": seq, "message": message}, Breach
        ))  # fmt: skip

    def _note(self, problem: Breach) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(problem)


def _erased_in(entry: AuditEntry) -> list[tuple[int, str]]:
    details = (read_body(entry) or {}).get("details", {})
    try:
        return msgspec.convert(details.get("erased", []), list[tuple[int, str]])
    except msgspec.ValidationError:
        return []
