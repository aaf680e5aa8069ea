"""Baselines: what answers of some calls used to be like, under a name.

Pure objects: they are made from observations, can be written as JSON and read again, and hold no
text. A frozen baseline stays as it is; a rolling one follows, always some calls behind, so that a
change does not slip into what it is compared with.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from vedette.errors import BadRequest
from vedette.model.drift import Observation

Kind = Literal["frozen", "rolling"]

LEAST = 20
_LAG = 50


class Scope(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Which calls a baseline is about; an empty field means all."""

    project_id: str = "default"
    model: str = ""
    route: str = ""
    template: str = ""
    """Hash of the template."""

    def covers(self, observation: Observation, *, project_id: str, route: str = "") -> bool:
        return (
            self.project_id == project_id
            and self.model in ("", observation.model)
            and self.route in ("", route)
            and self.template in ("", observation.fingerprint.template)
        )


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """A named set of observations."""

    name: str
    scope: Scope
    kind: Kind
    created_ns: int
    size: int
    """How many observations it is to have."""
    observations: tuple[Observation, ...] = ()
    waiting: tuple[Observation, ...] = ()
    """The newest calls of a rolling one, not yet part of it."""

    @property
    def is_ready(self) -> bool:
        return len(self.observations) >= self.size

    def follow(self, newer: Iterable[Observation]) -> "Baseline":
        """With newer calls: until it is full, and for a rolling one on and on, 50 calls behind."""
        calls = [*self.observations, *self.waiting, *newer]
        if self.kind == "frozen":
            return msgspec.structs.replace(self, observations=tuple(calls[: self.size]))
        settled = calls[: max(len(calls) - _LAG, self.size)]
        waiting = calls[len(settled) :]
        kept = tuple(settled[-self.size :])
        return msgspec.structs.replace(self, observations=kept, waiting=tuple(waiting))

    def freeze(self) -> "Baseline":
        """As it is now, for good."""
        return msgspec.structs.replace(self, kind="frozen", size=len(self.observations), waiting=())


def new_baseline(
    name: str, scope: Scope, *, size: int, now_ns: int, kind: Kind = "frozen"
) -> Baseline:
    """An empty baseline that fills as calls come; raises BadRequest for fewer than 20 calls."""
    if size < LEAST:
        raise BadRequest(f"A baseline of {size} calls says too little: give it {LEAST} or more.")
    return Baseline(name=name, scope=scope, kind=kind, created_ns=now_ns, size=size)


def write_baseline(baseline: Baseline) -> bytes:
    return msgspec.json.encode(baseline)


def read_baseline(data: bytes) -> Baseline:
    """Raises BadRequest for what is no baseline."""
    try:
        return msgspec.json.decode(data, type=Baseline)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"This is no baseline: {error}") from None
