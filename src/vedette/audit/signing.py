"""Signs where the logs end, soon after they grew; checkpoints go outside on a schedule.

The signer keeps its own tree of each log and reads only what came since, checking it before it
signs. A log that is no longer what was signed before is signed no more: it is `broken`, and says
so, until somebody has looked at it (`vedette audit verify`).
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from vedette.audit.notes import BadNote, Checkpoint, Signature
from vedette.audit.outside import Exported, Outside
from vedette.audit.restoring import ACTION, mark_of, restores_of, superseded
from vedette.audit.soundness import Chain
from vedette.clock import Clock
from vedette.model.audit import AuditHead, AuditQuery
from vedette.model.merkle import Frontier, leaf_hash
from vedette.ports.audit import AuditStore

log = logging.getLogger(__name__)

_PAGE = 1_000
_LOOKED_BACK = 50
"""Entries that are read again at each step: some milliseconds of a second, all of a log in time."""


@dataclass(slots=True)
class _Tree:
    """What was signed of a log."""

    chain: Chain
    frontier: Frontier = field(default_factory=Frontier)


class Signer:
    """One per process; `step` may block and is called from one thread at a time."""

    def __init__(
        self, store: AuditStore, signature: Signature, outside: Outside, clock: Clock, *,
        every_s: float, format_time: Callable[[int], str],
    ) -> None:  # fmt: skip
        self._store = store
        self._signature = signature
        self._outside = outside
        self._clock = clock
        self._every_s = every_s
        self._format_time = format_time
        self._trees: dict[str, _Tree] = {}
        self._walks: dict[str, Chain] = {}
        """How far each log was read again."""
        self._restored: dict[str, int] = {}
        """The last restore of a log that was looked at."""
        self._notes: dict[str, str] = {}
        self._waiting: dict[str, Exported] = {}
        self._exported_at = clock.monotonic() - every_s
        self._lock = threading.Lock()
        self._begun = False
        self._turn = 0
        self.broken: dict[str, str] = {}
        """Why a log is not signed any more, by organization."""
        self.altered: dict[str, str] = {}
        """What was found further back. Such a log is signed on as it was: what comes still counts,
        and the signatures show what was altered."""

    def step(self, *, last: bool = False) -> None:
        """Sign what grew; export what waits when it is time, or at the end. Raises StoreError."""
        with self._lock:
            self._begin()
            self._take_up_restored()
            heads = {head.organization: head for head in self._store.heads()}
            for organization in self._trees.keys() - heads.keys():
                self._break(organization, "The log is gone.")
            self._look_at_one()
            moved = [head for head in heads.values() if self._advance(head)]
            if moved:
                for head in moved:
                    self._sign(head.organization)
                self._outside.replace_heads(self._notes)
            now = self._clock.monotonic()
            if self._waiting and (last or now - self._exported_at >= self._every_s):
                self._exported_at = now
                self._outside.export(list(self._waiting.values()))
                self._waiting.clear()

    def latest(self, organization: str) -> str:
        """The newest note of a log; empty where none was signed yet."""
        return self._notes.get(organization, "")

    def _begin(self) -> None:
        """Take up where the signatures outside end."""
        if self._begun:
            return
        for organization, note in self._signed().items():
            self._take_up(organization, note)
        self._begun = True

    def _signed(self) -> dict[str, str]:
        """The newest notes outside, by organization."""
        signed: dict[str, str] = {one.organization: one.note for one in self._outside.exported()}
        return signed | self._outside.heads()

    def _take_up_restored(self) -> None:
        """Logs that are broken, and of which somebody has said since that they were restored."""
        for organization in sorted(self.broken):
            query = AuditQuery(organizations=(organization,), action=ACTION)
            newest = next(iter(self._store.find(query, limit=1)), None)
            if newest is None or newest.seq <= self._restored.get(organization, 0):
                continue
            self._restored[organization] = newest.seq
            del self.broken[organization]
            self.altered.pop(organization, None)
            self._walks.pop(organization, None)
            self._trees.pop(organization, None)
            if note := self._signed().get(organization):
                self._take_up(organization, note)

    def _take_up(self, organization: str, note: str) -> None:
        """Grow the tree to the checkpoint and see whether it is the same."""
        try:
            checkpoint = self._signature.key.open(note)
        except BadNote as error:
            self._break(organization, f"The last checkpoint is not ours. {error.message}")
            return
        self._notes[organization] = note
        restores = restores_of(self._store, self._signature.key, organization)
        if mark_of(checkpoint) in superseded(restores):
            # Signed anew from its beginning on.
            return
        tree = self._trees[organization] = _Tree(self._chain(organization))
        self._grow(tree, checkpoint.size)
        if tree.frontier.size < checkpoint.size:
            self._break(organization, f"It ends before entry {checkpoint.size}, which was signed.")
        elif tree.frontier.root() != checkpoint.root:
            self._break(organization, f"Its first {checkpoint.size} entries were changed.")

    def _look_at_one(self) -> None:
        """See whether a log still ends with what was signed, and some of what is before it: one
        after the other, a step each."""
        logs = sorted(self._trees.keys() - self.broken.keys())
        if not logs:
            return
        self._turn = (self._turn + 1) % len(logs)
        chain = self._trees[logs[self._turn]].chain
        entry = self._store.get(chain.organization, chain.seq)
        if chain.seq and (entry is None or entry.hash != chain.hash):
            self._break(chain.organization, f"Entry {chain.seq} is not the one that was signed.")
        else:
            self._look_back(chain)

    def _look_back(self, signed: Chain) -> None:
        """Read on where the last look ended; at the end of what was signed begin anew."""
        name = signed.organization
        chain = self._walks.setdefault(name, self._chain(name))
        limit = min(_LOOKED_BACK, signed.seq - chain.seq)
        page = self._store.entries(name, after_seq=chain.seq, limit=limit) if limit > 0 else ()
        for entry in page:
            problem = next(chain.problems(entry), None)
            if problem is not None and name not in self.altered:
                self.altered[name] = f"Entry {problem.seq}: {problem.message}"
                log.error("the audit log of %s was altered: %s", name, self.altered[name])
        if not page or chain.seq >= signed.seq:
            del self._walks[name]

    def _advance(self, head: AuditHead) -> bool:
        """Whether the log grew, and may be signed."""
        organization = head.organization
        if organization in self.broken:
            return False
        tree = self._trees.setdefault(organization, _Tree(self._chain(organization)))
        size = tree.frontier.size
        if head.seq == size:
            if size and head.hash != tree.chain.hash:
                self._break(organization, f"Entry {size} is not the one that was signed.")
            return False
        if head.seq < size:
            self._break(organization, f"It ends at {head.seq}; {size} entries were signed.")
            return False
        before = self._store.get(organization, size) if size else None
        if size and (before is None or before.hash != tree.chain.hash):
            self._break(organization, f"Entry {size} is not the one that was signed.")
            return False
        return self._grow(tree, head.seq) and tree.frontier.size > size

    def _grow(self, tree: _Tree, size: int) -> bool:
        """Add entries up to `size`; False where one of them is unsound."""
        chain = tree.chain
        while tree.frontier.size < size:
            limit = min(_PAGE, size - tree.frontier.size)
            page = self._store.entries(chain.organization, after_seq=chain.seq, limit=limit)
            for entry in page:
                problem = next(chain.problems(entry), None)
                if problem is not None:
                    self._break(chain.organization, f"Entry {problem.seq}: {problem.message}")
                    return False
                tree.frontier.add(leaf_hash(entry.body.encode()))
            if not page:
                return False
        return True

    def _sign(self, organization: str) -> None:
        frontier, time = self._trees[organization].frontier, self._format_time(self._clock.now_ns())
        note = self._signature.note(Checkpoint(
            origin=f"{self._signature.key.name}/{organization}", size=frontier.size,
            root=frontier.root(), time=time,
        ))  # fmt: skip
        self._notes[organization] = note
        self._waiting[organization] = Exported(organization=organization, time=time, note=note)

    def _chain(self, organization: str) -> Chain:
        return Chain(organization, sealing=self._signature.sealing)

    def _break(self, organization: str, why: str) -> None:
        if organization not in self.broken:
            self.broken[organization] = why
            log.error("the audit log of %s is not signed any more: %s", organization, why)
