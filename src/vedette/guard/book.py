"""Policies that were made in the console: versions, what is in force, and the workers' file.

A version never changes. Publishing says which version holds for all calls, or for a share of them
beside the one that holds for the others. Going back makes a new version that says what an old one
said. A change is in the store first and then in the file, so that what was answered is in force
within the time a worker takes to look; where the file cannot be written, `behind` says so and
`catch_up` tries again.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, StoreError
from vedette.guard.compiling import Fault, PolicyRefused, Resolve, compiled_policy
from vedette.guard.engine import MakeDetector
from vedette.guard.exceptions import Exceptions
from vedette.guard.policies import BUNDLED
from vedette.guard.shelf import Kept, Shelf
from vedette.model.governance import LivePolicy, PolicySnapshot, Sticky, Trial
from vedette.model.policy import Policy
from vedette.ports.stores import Records

log = logging.getLogger(__name__)

MOST_POLICIES = 500
MOST_VERSIONS = 9_999

Mode = Literal["enforce", "shadow"]
Write = Callable[[Path, bytes], None]
"""Puts a file in its place, whole or not at all; raises OSError."""


class Head(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is in force of a policy."""

    name: str
    latest: int
    live: int = 0
    """The version for all calls; 0: none."""
    trial: int = 0
    """The version for a share of them; 0: none."""
    share: float = 0.0
    sticky: Sticky = "session"
    is_deleted: bool = False


class PolicyVersion(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One version, as it was put; it never changes."""

    policy: Policy
    note: str = ""


class PolicyBook:
    """All methods may block; thread-safe."""

    def __init__(
        self, records: Records, clock: Clock, make: MakeDetector, *, file: Path | None,
        write: Write, resolve: Resolve,
    ) -> None:  # fmt: skip
        """`file` is what the workers read; None: nobody does."""
        self._heads = Shelf(records, "policy", Head)
        self._versions = Shelf(records, "policy_version", PolicyVersion)
        self.exceptions = Exceptions(records, clock, self._changing, make)
        self._make = make
        self._file = file
        self._write = write
        self._resolve = resolve
        self._lock = threading.RLock()
        self._number = 0
        self._complaint = ""
        self.behind = False
        """Whether the workers' file lacks a change."""
        self._changes: list[Callable[[PolicySnapshot], None]] = []

    def open(self) -> None:
        """Write the workers' file anew; where the store cannot be read they keep what they have."""
        try:
            with self._lock:
                if self._file is not None:
                    self._number = max(self._number, _number_in(self._file))
                self._publish()
        except StoreError as error:
            self.behind = True
            if error.message != self._complaint:
                log.error("policies are as they were: %s", error.message)
            self._complaint = error.message
        else:
            self._complaint = ""

    def catch_up(self) -> None:
        """Write the file where an earlier change did not get there."""
        if self.behind:
            self.open()

    def on_change(self, hear: Callable[[PolicySnapshot], None]) -> None:
        """Call `hear` with what is in force after every change."""
        self._changes.append(hear)

    def snapshot(self) -> PolicySnapshot:
        """What is in force."""
        live = [self._in_force(head) for head in self.heads()]
        allowed, thresholds = self.exceptions.in_force()
        return PolicySnapshot(
            version=self._number, policies=tuple(one for one in live if one is not None),
            allowed=allowed, thresholds=thresholds,
        )  # fmt: skip

    def heads(self) -> tuple[Head, ...]:
        """All policies, by name."""
        return tuple(kept.value for kept in self._heads.all() if not kept.value.is_deleted)

    def head(self, name: str) -> Kept[Head]:
        """Raises NotFound."""
        found = self._heads.get(name)
        if found is None or found.value.is_deleted:
            raise NotFound(absent(name))
        return found

    def version(self, name: str, number: int) -> Kept[PolicyVersion]:
        """Raises NotFound."""
        found = self._versions.get(_id(name, number)) if 0 < number <= MOST_VERSIONS else None
        if found is None:
            raise NotFound(absent_version(name, number))
        return found

    def versions(self, name: str) -> tuple[Kept[PolicyVersion], ...]:
        """The newest first, at most 1000. Raises NotFound."""
        latest = self.head(name).value.latest
        after = _id(name, max(0, latest - 1_000))
        page = self._versions.page(after, 1_000)
        mine = [kept for kept in page if kept.value.policy.name == name]
        return tuple(reversed(mine))

    def check(self, policy: Policy) -> Policy:
        """The policy with the ids of those its scopes name. Raises PolicyRefused."""
        return compiled_policy(policy, self._make, self._resolve)

    def put(self, policy: Policy, *, note: str = "", seen: int | None = None) -> PolicyVersion:
        """Keep a new version; it is in force when it is published. `seen` is the newest version
        that the writer knew. Raises PolicyRefused or Conflict."""
        if policy.name in BUNDLED:
            expected = "a name that no policy of Vedette's own has"
            raise PolicyRefused((Fault("name", policy.name, expected),))
        checked = self.check(policy)
        with self._lock:
            return self._put(checked, note, seen)

    def publish(
        self, name: str, version: int | None = None, *, share: float = 100.0,
        sticky: Sticky = "session",
    ) -> Head:  # fmt: skip
        """Let a version hold: for all calls, or for a share beside the one that holds now. Raises
        NotFound or PolicyRefused, where it does not compile any more."""
        if not 0 < share <= 100:
            raise PolicyRefused((Fault("share", str(share), "above 0 and at most 100"),))
        with self._changing():
            kept = self.head(name)
            number = kept.value.latest if version is None else version
            self.check(self.version(name, number).value.policy)
            if share < 100:
                head = replace(kept.value, trial=number, share=share, sticky=sticky)
            else:
                head = replace(kept.value, live=number, trial=0, share=0.0)
            return self._heads.put(name, head, version=kept.version).value

    def unpublish(self, name: str, *, trial_only: bool = False) -> Head:
        """Let no version hold any more, or only end the trial. Raises NotFound."""
        with self._changing():
            kept = self.head(name)
            live = kept.value.live if trial_only else 0
            head = replace(kept.value, live=live, trial=0, share=0.0)
            return self._heads.put(name, head, version=kept.version).value

    def rollback(self, name: str, version: int) -> Head:
        """Publish what an old version said, as a new one. Raises NotFound."""
        with self._lock:
            old = self.version(name, version).value.policy
            made = self._put(self.check(old), f"as version {version}", None)
            return self.publish(name, made.policy.version)

    def set_mode(self, name: str, mode: Mode, *, rule: str = "") -> Head:
        """Switch a policy or one of its rules, as new versions that hold where the old ones did: a
        trial goes on, and a draft stays the newest version. Raises NotFound."""
        what = f"rule {rule}: {mode}" if rule else mode
        with self._changing():
            head = self.head(name).value
            in_force = dict.fromkeys(number for number in (head.live, head.trial) if number)
            changed = {
                number: self.check(policy)
                for number in in_force or (head.latest,)
                if (policy := _switched(self.version(name, number).value.policy, mode, rule))
            }
            if not changed:
                raise NotFound(f"The policy {name!r} has no rule {rule[:80]!r}.")
            switched = {
                number: self._put(policy, what, None).policy.version
                for number, policy in changed.items()
            }
            if in_force and head.latest not in in_force:
                draft = self.version(name, head.latest).value.policy
                note = f"as version {head.latest}, {what}"
                self._put(_switched(draft, mode, rule) or draft, note, None)
            kept = self.head(name)
            head = replace(
                kept.value, live=switched.get(head.live, head.live),
                trial=switched.get(head.trial, head.trial),
            )  # fmt: skip
            return self._heads.put(name, head, version=kept.version).value

    def delete(self, name: str) -> None:
        """Let it hold no more and list it no more; its versions stay for the record."""
        with self._changing():
            kept = self.head(name)
            head = Head(name=name, latest=kept.value.latest, is_deleted=True)
            self._heads.put(name, head, version=kept.version)

    def _put(self, policy: Policy, note: str, seen: int | None) -> PolicyVersion:
        found = self._heads.get(policy.name)
        if found is None and len(self.heads()) >= MOST_POLICIES:
            raise Conflict(f"There are {MOST_POLICIES} policies. Delete one first.")
        latest = found.value.latest if found is not None else 0
        exists = found is not None and not found.value.is_deleted
        if seen is not None and seen != (latest if exists else 0):
            what = f"is at version {latest}" if exists else "is not there"
            raise Conflict(f"The policy {policy.name!r} {what}. Load it and try again.")
        number = latest + 1
        while self._versions.get(_id(policy.name, number)) is not None:
            # Written by a process that ended before the head was.
            number += 1
        if number > MOST_VERSIONS:
            raise Conflict(f"The policy {policy.name!r} has {MOST_VERSIONS} versions.")
        made = PolicyVersion(policy=replace(policy, version=number), note=note[:500])
        self._versions.put(_id(policy.name, number), made)
        head = Head(name=policy.name, latest=number)
        if exists and found is not None:
            head = replace(found.value, latest=number)
        self._heads.put(policy.name, head, version=found.version if found is not None else 0)
        return made

    def _in_force(self, head: Head) -> LivePolicy | None:
        if not head.live and not head.trial:
            return None
        trial = None
        if head.trial:
            tried = self.version(head.name, head.trial).value.policy
            trial = Trial(policy=tried, share=head.share, sticky=head.sticky)
        policy = self.version(head.name, head.live).value.policy if head.live else None
        return LivePolicy(policy=policy, trial=trial)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One change of what is in force; at the end the workers' file is written."""
        with self._lock:
            yield
            self._publish()

    def _publish(self) -> None:
        self._number += 1
        snapshot = self.snapshot()
        if self._file is not None:
            try:
                self._write(self._file, msgspec.msgpack.encode(snapshot))
            except OSError as error:
                self.behind = True
                reason = error.strerror or "not possible"
                raise StoreError(
                    f"The change is stored, but the gateway does not know it yet: {reason}. "
                    "Vedette goes on trying."
                ) from None
        self.behind = False
        for hear in self._changes:
            hear(snapshot)


def _switched(policy: Policy, mode: Mode, rule: str) -> Policy | None:
    """The policy, or one of its rules, in the mode; None where it has no such rule."""
    if not rule:
        return replace(policy, mode=mode)
    if all(one.name != rule for one in policy.rules):
        return None
    rules = [replace(one, mode=mode) if one.name == rule else one for one in policy.rules]
    return replace(policy, rules=tuple(rules))


def absent(name: str) -> str:
    """What is said of a policy that is not there."""
    return f"There is no policy {name[:80]!r} that was made here."


def absent_version(name: str, number: int) -> str:
    """What is said of a version that is not there."""
    return f"The policy {name[:80]!r} has no version {number}."


def _id(name: str, number: int) -> str:
    return f"{name}@{number:04d}"


def _number_in(file: Path) -> int:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=PolicySnapshot).version
    except (OSError, msgspec.MsgspecError):
        return 0
