"""The answers to a probe over time: first a baseline, then a watch on what follows.

The question is always the same, so every later answer is compared with answers to it. A drift that
was found stays until somebody takes the new answers for right (`ProbeBook.rebase`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vedette.drift.consistency import consistency
from vedette.drift.monitor import Monitor, MonitorSettings
from vedette.features.answer import AnswerFeatures
from vedette.model.drift import Alarm
from vedette.model.probe import Agreement, ProbeSeries, Seen

MOST_LATER = 200
"""Answers since the baseline that are looked at; the oldest go first."""
CALLS_PER_FALSE_ALARM = 5_000.0
"""Probes are few, and each alarm is looked at by somebody who knows the right answer."""


class Moved(NamedTuple):
    """The answers have changed."""

    alarm: Alarm
    since: Seen
    at: Seen


def follow(
    series: ProbeSeries, new: Sequence[Seen], *, size: int
) -> tuple[ProbeSeries, Moved | None]:
    """With new answers: the first `size` are the baseline, the others are watched."""
    missing = max(0, size - len(series.baseline))
    series = replace(series, baseline=(*series.baseline, *new[:missing]))
    rest = new[missing:]
    if not rest or series.drift is not None:
        return series, None
    series = replace(series, later=(*series.later, *rest)[-MOST_LATER:])
    settings = MonitorSettings(calls_per_false_alarm=CALLS_PER_FALSE_ALARM, by_template=False)
    monitor = Monitor([one.observation for one in series.baseline], settings)
    for row, one in enumerate(series.later):
        alarm = monitor.take(row, one.observation)
        if alarm is not None:
            return series, Moved(alarm, series.later[alarm.since_row], one)
    return series, None


def answers_of(series: ProbeSeries, *, size: int) -> tuple[AnswerFeatures, ...]:
    """What answers are measured against; empty until the baseline is full."""
    if len(series.baseline) < size:
        return ()
    found = (one.observation.fingerprint.answer for one in series.baseline)
    return tuple(answer for answer in found if answer is not None)


def versions_of(series: ProbeSeries) -> tuple[str, ...]:
    """How the provider has named what answers, in order."""
    seen = (*series.baseline, *series.later)
    return tuple(dict.fromkeys(one.observation.version for one in seen if one.observation.version))


def agreement(model: str, new: Sequence[Seen]) -> Agreement | None:
    """How alike the answers of one run are; None for fewer than two."""
    found = consistency(one.observation for one in new)
    if not found:
        return None
    figures = found[0]
    return Agreement(
        model=model, score=figures.score, exact=figures.exact, lexical=figures.lexical,
        verdict=figures.verdict,
    )  # fmt: skip
