"""A detector of another package: what it says is not taken on trust, and it looks in threads of its
own, whatever it says of itself. So one that hangs, raises or answers nonsense fails by itself."""

import logging
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from vedette.errors import ConfigError, VedetteError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Detector, Evidence, Subject

log = logging.getLogger(__name__)

MOST_FINDINGS: Final = 1_000
_KIND_CHARS: Final = 80


def foreign(
    name: str, create: Callable[[Mapping[str, Any]], Detector], options: Mapping[str, Any]
) -> Detector:
    """The detector that `create` makes. Raises ConfigError, whatever that raises."""
    try:
        return Foreign(name, create(options))
    except VedetteError:
        raise
    except Exception as error:
        log.warning("detector %s cannot be made", name, exc_info=True)
        told = f"{type(error).__name__}: {error}"[: _KIND_CHARS * 4]
        raise ConfigError(f"The detector {name!r} cannot be made: {told}.") from None


class Foreign:
    """Stands where the detector would."""

    is_heavy = True

    def __init__(self, name: str, made: Detector) -> None:
        """Raises AttributeError, TypeError and ValueError for what is no detector."""
        self.name = name
        self.where: frozenset[Where] = frozenset(made.where) & frozenset(WHERES)
        self.is_remote = bool(getattr(made, "is_remote", False))
        self.party = str(getattr(made, "party", name))
        self.sees_the_same = not made.is_heavy and not self.is_remote
        reads = getattr(made, "reads", None)
        self.reads = frozenset(Evidence.__struct_fields__ if reads is None else reads)
        if unknown := self.reads - set(Evidence.__struct_fields__):
            raise ValueError(f"it reads {sorted(unknown)}, which no evidence has")
        self._detect = made.detect
        self._begun: Callable[[str, Evidence, float], Any] | None = getattr(made, "begun", None)
        if self._begun is not None:
            self.begun = self._begins

    def detect(self, subject: Subject) -> Detection:
        """What it sees. Raises TypeError and ValueError for what is no answer."""
        return checked(self._detect(subject), self.name, len(subject.text))

    def _begins(self, end: str, evidence: Evidence, least: float) -> int:
        assert self._begun is not None
        at = self._begun(end, evidence, least)
        if not isinstance(at, int):
            raise TypeError("no place")
        return at


def checked(said: Any, name: str, size: int) -> Detection:
    """The answer with its scores in [0, 1] and its findings within the text; a finding that lies
    nowhere in it stands for all of it. Raises TypeError and ValueError."""
    if not isinstance(said, Detection):
        raise TypeError("no Detection")
    found = tuple(_placed(one, name, size) for one in said.findings[:MOST_FINDINGS] if size)
    return Detection(score=_bounded(said.score), findings=found)


def _placed(finding: Finding, name: str, size: int) -> Finding:
    start, end = max(0, finding.start), min(size, finding.end)
    if start >= end:
        start, end = 0, size
    return Finding(
        detector=name, kind=str(finding.kind)[:_KIND_CHARS] or name,
        score=_bounded(finding.score), start=start, end=end, view=str(finding.view)[:_KIND_CHARS],
    )  # fmt: skip


def _bounded(score: float) -> float:
    if not isinstance(score, int | float) or not math.isfinite(score):
        raise ValueError("no score")
    return min(1.0, max(0.0, float(score)))
