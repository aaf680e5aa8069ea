"""What people say of findings, how often rules are right, and what thresholds follow.

A verdict of a person is kept beside what the finding said of itself, so that it counts on when the
span has gone. A threshold is only proposed where enough was said, on both sides, and only upwards:
below what rules count today nobody has seen anything.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from vedette.clock import Clock
from vedette.errors import NotFound
from vedette.guard.figures import Rate, wilson
from vedette.guard.shelf import Kept, Shelf
from vedette.model.finding import FindingRow
from vedette.ports.stores import Records

MOST_READ: Final = 50_000
LEAST: Final = 30
"""Verdicts of a detector without which no threshold is proposed."""
LEAST_OF_A_SIDE: Final = 5
"""Of them at least so many true ones, and so many false ones."""
WANTED: Final = 0.9
"""The precision that a threshold is to reach."""
FLOOR: Final = 0.5
"""No threshold is proposed below this."""
CEILING: Final = 0.99


class Feedback(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a person says of one finding."""

    finding_id: str
    is_true: bool
    note: str = ""
    detector: str
    kind: str
    score: float
    policy: str
    version: int
    rule: str
    at_ns: int


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """How often something was right, of what people looked at."""

    names: tuple[str, ...]
    true: int
    false: int

    @property
    def rate(self) -> Rate | None:
        """With its 95 % interval; None of nothing."""
        return wilson(self.true, self.true + self.false)


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """What the feedback on a detector says of its threshold."""

    detector: str
    true: int
    false: int
    threshold: float | None
    """None: nothing is proposed; `reason` says why."""
    reason: str
    precision_now: float | None = None
    precision_then: float | None = None
    kept_true: float | None = None
    """Share of the true findings that would still be told."""
    points: tuple[tuple[float, int, int], ...] = ()
    """(threshold, true, false) at or above it, for a picture; at most 21."""


class FeedbackBook:
    """The feedback of projects. All methods may block; thread-safe."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._shelf = Shelf(records, "guard_feedback", Feedback)
        self._clock = clock

    def say(self, finding: FindingRow, *, is_true: bool, note: str = "") -> Feedback:
        """Keep what somebody says, in the place of what was said before."""
        said = Feedback(
            finding_id=finding.id, is_true=is_true, note=note[:500], detector=finding.detector,
            kind=finding.kind, score=finding.score, policy=finding.policy,
            version=finding.version, rule=finding.rule, at_ns=finding.at_ns,
        )  # fmt: skip
        found = self.of(finding.project_id, finding.id)
        version = found.version if found is not None else 0
        project = finding.project_id
        return self._shelf.put(finding.id, said, version=version, project_id=project).value

    def withdraw(self, project_id: str, finding_id: str) -> None:
        """Forget what was said. Raises NotFound."""
        found = self.of(project_id, finding_id)
        if found is None:
            raise NotFound("Nobody said anything of this finding.")
        self._shelf.delete(finding_id, version=found.version, project_id=project_id)

    def of(self, project_id: str, finding_id: str) -> Kept[Feedback] | None:
        """What was said of a finding."""
        return self._shelf.get(finding_id, project_id=project_id)

    def all(self, project_id: str) -> list[Feedback]:
        """What was said in a project."""
        return [kept.value for kept in self._shelf.all(project_id=project_id, most=MOST_READ)]


def precisions(said: Iterable[Feedback], *fields: str) -> tuple[Precision, ...]:
    """By the values of these fields together, those with most verdicts first."""
    counts: dict[tuple[str, ...], list[int]] = {}
    for one in said:
        names = tuple(str(getattr(one, field)) for field in fields)
        counts.setdefault(names, [0, 0])[0 if one.is_true else 1] += 1
    found = [Precision(names=names, true=a, false=b) for names, (a, b) in counts.items()]
    return tuple(sorted(found, key=lambda one: (-(one.true + one.false), one.names)))


def calibrate(detector: str, said: Sequence[Feedback], *, floor: float = FLOOR) -> Calibration:
    """The lowest threshold whose precision reaches what is wanted; honest about too little."""
    mine = [one for one in said if one.detector == detector]
    true = [one.score for one in mine if one.is_true]
    false = [one.score for one in mine if not one.is_true]
    now = len(true) / len(mine) if mine else None
    fields: dict[str, Any] = {
        "detector": detector, "true": len(true), "false": len(false), "precision_now": now,
        "points": _points(true, false),
    }  # fmt: skip
    why = _too_little(len(true), len(false))
    if why:
        return Calibration(threshold=None, reason=why, **fields)
    if now is not None and now >= WANTED:
        reason = f"{now:.0%} of the findings are true already."
        return Calibration(threshold=None, reason=reason, **fields)
    lowest = max(floor, min(true + false))
    candidates = sorted({round(score, 4) for score in true + false if score > lowest})
    for threshold in candidates:
        kept = sum(score >= threshold for score in true)
        wrong = sum(score >= threshold for score in false)
        if threshold > CEILING or kept + wrong < LEAST_OF_A_SIDE:
            break
        then = kept / (kept + wrong)
        if then >= WANTED:
            return Calibration(
                threshold=threshold, precision_then=then, kept_true=kept / len(true),
                reason=f"From {threshold:g} on {then:.0%} of the findings are true.", **fields,
            )  # fmt: skip
    reason = f"No threshold makes {WANTED:.0%} of the findings true: their scores do not tell."
    return Calibration(threshold=None, reason=reason, **fields)


def _too_little(true: int, false: int) -> str:
    missing = max(LEAST - true - false, 0)
    if missing:
        return f"{missing} more verdicts are needed ({LEAST} in all)."
    if true < LEAST_OF_A_SIDE:
        return f"{LEAST_OF_A_SIDE - true} more true findings are needed."
    if false < LEAST_OF_A_SIDE:
        return f"{LEAST_OF_A_SIDE - false} more false findings are needed to tell them apart."
    return ""


def _points(true: Sequence[float], false: Sequence[float]) -> tuple[tuple[float, int, int], ...]:
    steps = [*(round(n * 0.05, 2) for n in range(20)), CEILING]
    return tuple(
        (step, sum(score >= step for score in true), sum(score >= step for score in false))
        for step in steps
    )
