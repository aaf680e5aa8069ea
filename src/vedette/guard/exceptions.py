"""Exceptions from policies: allow-lists with an end, and thresholds learned from feedback."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import blake2b
from typing import get_args

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.errors import ConfigError, Conflict, NotFound
from vedette.guard.allowing import check_entry
from vedette.guard.compiling import Fault, PolicyRefused
from vedette.guard.engine import MakeDetector
from vedette.guard.shelf import Shelf
from vedette.model.governance import AllowEntry, AllowKind, Threshold
from vedette.ports.stores import Records

MOST_ENTRIES = 2_000
VALUE_CHARS = 1_000
_SHORT = 80

Changing = Callable[[], AbstractContextManager[None]]


class Exceptions:
    """All methods may block; thread-safe."""

    def __init__(
        self, records: Records, clock: Clock, changing: Changing, make: MakeDetector
    ) -> None:
        """`changing` wraps a change of what is in force."""
        self._make = make
        self._allowed = Shelf(records, "guard_allowed", AllowEntry)
        self._thresholds = Shelf(records, "guard_threshold", Threshold)
        self._clock = clock
        self._changing = changing

    def allowed(self, project_id: str | None = None) -> tuple[AllowEntry, ...]:
        """The entries that hold in a project, or all, the newest first; expired ones too."""
        entries = [kept.value for kept in self._allowed.all()]
        mine = [e for e in entries if project_id is None or e.project_id in ("", project_id)]
        return tuple(sorted(mine, key=lambda entry: (-entry.created_ns, entry.id)))

    def allow(self, entry: AllowEntry) -> AllowEntry:
        """Add an entry; its id and time are set here. Raises PolicyRefused, ConfigError, or
        Conflict where there are too many."""
        self._check(entry)
        entry = check_entry(entry)
        with self._changing():
            if sum(1 for _ in self._allowed.all()) >= MOST_ENTRIES:
                raise Conflict(f"There are {MOST_ENTRIES} entries. Delete some first.")
            now_ns = self._clock.now_ns()
            made = replace(entry, id=f"alw_{self._clock.span_id()}", created_ns=now_ns)
            self._allowed.put(made.id, made)
        return made

    def disallow(self, id: str) -> None:
        """Remove an entry. Raises NotFound."""
        with self._changing():
            found = self._allowed.get(id)
            if found is None:
                raise NotFound(f"There is no entry {id[:_SHORT]!r} in the allow-list.")
            self._allowed.delete(id, version=found.version)

    def thresholds(self, project_id: str | None = None) -> tuple[Threshold, ...]:
        """Those that are applied."""
        every = (kept.value for kept in self._thresholds.all())
        return tuple(one for one in every if project_id in (None, one.project_id))

    def calibrate(self, project_id: str, detector: str, threshold: float | None) -> None:
        """Apply a threshold, or with None what the rules say again. Raises PolicyRefused."""
        if threshold is not None and not 0 <= threshold <= 1:
            raise PolicyRefused((Fault("threshold", str(threshold), "a number from 0 to 1"),))
        if threshold is not None and (unknown := self._unknown(detector)):
            raise PolicyRefused((unknown,))
        with self._changing():
            id = _id(project_id, detector)
            found = self._thresholds.get(id)
            version = found.version if found is not None else 0
            if threshold is not None:
                value = Threshold(project_id=project_id, detector=detector, threshold=threshold)
                self._thresholds.put(id, value, version=version)
            elif found is not None:
                self._thresholds.delete(id, version=version)

    def in_force(self) -> tuple[tuple[AllowEntry, ...], tuple[Threshold, ...]]:
        """What the workers need: no entry that has expired."""
        now_ns = self._clock.now_ns()
        live = [e for e in self.allowed() if e.expires_ns is None or e.expires_ns > now_ns]
        return tuple(live), self.thresholds()

    def _check(self, entry: AllowEntry) -> None:
        faults: list[Fault] = []
        if entry.kind not in get_args(AllowKind):
            faults.append(Fault("kind", entry.kind[:_SHORT], "text, value or pattern"))
        if not entry.value.strip() or len(entry.value) > VALUE_CHARS:
            length = f"{len(entry.value)} characters"
            faults.append(Fault("value", length, f"1 to {VALUE_CHARS} characters"))
        if entry.expires_ns is not None and entry.expires_ns <= self._clock.now_ns():
            faults.append(Fault("expires_at", "", "a time in the future"))
        if entry.detector and (unknown := self._unknown(entry.detector)):
            faults.append(unknown)
        if len(entry.note) > 500:
            faults.append(Fault("note", f"{len(entry.note)} characters", "at most 500"))
        if faults:
            raise PolicyRefused(tuple(faults))

    def _unknown(self, detector: str) -> Fault | None:
        """One that is not there would leave an exception that never counts."""
        try:
            self._make(detector, {})
        except ConfigError as error:
            if error.message.startswith("Unknown detector"):
                known = error.message.partition("Known: ")[2].rstrip(".")
                return Fault("detector", detector[:_SHORT], f"one of {known}")
        return None


def _id(project_id: str, detector: str) -> str:
    digest = blake2b(project_id.encode(), digest_size=16).hexdigest()
    return f"{digest}:{detector[:_SHORT]}"
