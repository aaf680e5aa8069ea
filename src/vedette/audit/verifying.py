"""Reads whole logs and says what is wrong with them, and where.

Three witnesses are heard: the chain (each entry holds the hash of the one before), the heads in
the database, and the checkpoints outside it, under the key that the verifier trusts.
"""

from collections.abc import Iterable, Sequence

import msgspec

from vedette.audit.notes import BadNote, Checkpoint, VerifierKey
from vedette.audit.outside import Exported
from vedette.audit.soundness import Breach, Chain, personal_problems, read_body
from vedette.model.audit import AuditEntry, AuditHead
from vedette.model.merkle import Frontier, leaf_hash
from vedette.ports.audit import AuditStore

MOST_PROBLEMS = 100
"""Of one log; when there are more, the first ones tell enough."""
_PAGE = 1_000


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
    problems: tuple[Breach, ...]


class AuditReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in all of them."""

    ok: bool
    key: str
    """The key that the checkpoints were checked with; empty: there is none, so nothing shows
    that the whole was not written anew."""
    logs: tuple[LogReport, ...]


def verify(
    store: AuditStore, key: VerifierKey | None, exported: Iterable[Exported], *,
    organizations: Sequence[str] = (), sealing: bytes = b"",
) -> AuditReport:  # fmt: skip
    """Check the logs, all unless some are named. Raises StoreError.

    With the secret of the seals it is told, too, whether each entry was written by us.
    """
    notes: dict[str, list[Exported]] = {}
    for one in exported:
        notes.setdefault(one.organization, []).append(one)
    heads = {head.organization: head for head in store.heads()}
    wanted = organizations or sorted(heads.keys() | notes.keys())
    logs = tuple(
        _Log(store, name, heads.get(name), sealing).report(notes.get(name, []), key)
        for name in wanted
    )
    return AuditReport(
        ok=not any(log.problems for log in logs), key=key.text if key else "", logs=logs
    )  # fmt: skip


class _Log:
    """The verification of one log."""

    def __init__(
        self, store: AuditStore, organization: str, head: AuditHead | None, sealing: bytes
    ) -> None:
        self._sealing = sealing
        self._store = store
        self._name = organization
        self._head = head
        self._problems: list[Breach] = []
        self._erased: dict[int, set[str]] = {}

    def report(self, notes: Sequence[Exported], key: VerifierKey | None) -> LogReport:
        checkpoints = self._open(notes, key)
        self._collect_erasures()
        chain, frontier = self._walk(checkpoints)
        self._check_head(chain)
        for one in checkpoints:
            if one.size > frontier.size:
                self._add("truncated", frontier.size + 1, (
                    f"The checkpoint of {one.time} has {one.size} entries; the log ends at "
                    f"{frontier.size}."
                ))  # fmt: skip
        fitting = [one for one in checkpoints if one.size <= frontier.size]
        newest = max(fitting, key=lambda one: one.size, default=None)
        return LogReport(
            organization=self._name, entries=frontier.size, head=chain.hash if chain.seq else "",
            root=frontier.root().hex(), checkpoints=len(fitting),
            signed=newest.size if newest else 0, signed_time=newest.time if newest else "",
            erased=sum(map(len, self._erased.values())), problems=tuple(self._problems),
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
                        self._add("rewritten", sound + 1, (
                            f"Something from {sound + 1} to {one.size} is not what the "
                            f"checkpoint of {one.time} has signed."
                        ))  # fmt: skip
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
