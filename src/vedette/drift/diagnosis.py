"""What an alarm is about: which signals, since when, how far, in which contexts."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from vedette.drift.betting import class_bets, rank_bets
from vedette.drift.indicators import OTHER
from vedette.drift.settests import class_test, cliffs_delta, kolmogorov_smirnov
from vedette.drift.severity import grade, worst
from vedette.drift.signals import NUMBERS
from vedette.drift.stream import Stream, Trace
from vedette.model.drift import Alarm, Effect, Severity, SignalEvidence

_MOST_SIGNALS = 8
_WORTH_NAMING = 0.001
"""Part of the leading signal's evidence from which another one is named."""
_NEARLY = 0.1
_MOST_CONTEXTS = 5
_LEAST_SPREAD = 0.15


class Finding:
    """A row of the board that stands out: its name, its value, its place."""

    def __init__(self, name: str, part: float, weight: float, place: tuple[bool, int]) -> None:
        self.name = name
        self.part = part
        self.e = part / weight if weight else 0.0
        self.is_number, self.index = place


def diagnose(stream: Stream, *, name: str, row: int, threshold: float) -> Alarm:
    """The alarm of a stream whose value has passed its threshold at `row`."""
    findings = _findings(stream)
    leading = findings[0]
    since = _since(stream, leading)
    before, after = _sides(stream, since)
    named = [one for one in findings if one.part >= _WORTH_NAMING * leading.part][:_MOST_SIGNALS]
    signals = tuple(
        SignalEvidence(signal=one.name, e=one.e, effect=_effect(stream, one, before, after))
        for one in named
    )
    return Alarm(
        row=row,
        stream=name,
        signal=leading.name,
        severity=_severity(signals, stream.value >= threshold, threshold),
        e=stream.value,
        since_row=since,
        signals=signals,
        contexts=_contexts(stream, leading, since),
    )


def _severity(signals: Sequence[SignalEvidence], is_proven: bool, threshold: float) -> Severity:
    """The worst of the leading signal and of those that are nearly proven by themselves."""
    proven = [signals[0], *(one for one in signals[1:] if one.e >= _NEARLY * threshold)]
    return worst(
        [
            grade(one.signal, one.effect.size if one.effect else 0.0, is_proven=is_proven)
            for one in proven
        ]
    )


def _findings(stream: Stream) -> list[Finding]:
    """The signals, strongest first; rows of one name are taken together."""
    found: dict[str, Finding] = {}
    for is_number, detector, names in (
        (True, stream.numbers, stream.board.number_names),
        (False, stream.classes, stream.board.class_names),
    ):
        parts, weights = detector.parts(), detector.weights()
        for index in np.argsort(-parts).tolist():
            name, part, weight = names[index], float(parts[index]), float(weights[index])
            if name not in found:
                found[name] = Finding(name, part, weight, (is_number, index))
    return sorted(found.values(), key=lambda one: -one.part)


def _since(stream: Stream, leading: Finding) -> int:
    """The call from which on the winning bet has won most."""
    recent = list(stream.recent)
    if leading.is_number:
        bet = stream.numbers.best_bet(leading.index)
        low = np.array([trace.low[leading.index] for trace in recent])
        high = np.array([trace.high[leading.index] for trace in recent])
        bets = rank_bets(low, high)[:, bet]
    else:
        bet = stream.classes.best_bet(leading.index)
        hit = np.array([trace.hit[leading.index] for trace in recent])
        share = np.array([trace.share[leading.index] for trace in recent])
        bets = class_bets(hit, share)[:, bet]
    won = np.cumsum(np.log(np.maximum(bets, 1e-12))[::-1])
    return recent[len(recent) - 1 - int(np.argmax(won))].row


def _sides(stream: Stream, since: int) -> tuple[list[Trace], list[Trace]]:
    """The calls before and since the change, both of the contexts that they share."""
    after = [trace for trace in stream.recent if trace.row >= since]
    contexts = {trace.context for trace in after}
    earlier = [*stream.baseline, *(trace for trace in stream.recent if trace.row < since)]
    return [trace for trace in earlier if trace.context in contexts], after


def _effect(
    stream: Stream, finding: Finding, before: Sequence[Trace], after: Sequence[Trace]
) -> Effect | None:
    if finding.is_number:
        return _number_effect(finding.index % (len(NUMBERS) + 2), before, after)
    return _class_effect(stream, finding, before, after)


def _number_effect(index: int, before: Sequence[Trace], after: Sequence[Trace]) -> Effect | None:
    sides = [
        [value for trace in side if not math.isnan(value := float(trace.numbers[index]))]
        for side in (before, after)
    ]
    if not sides[0] or not sides[1]:
        return None
    test = kolmogorov_smirnov(*sides)
    return Effect(
        # A spread that changed leaves the delta at nought: the largest distance sees it.
        size=max(abs(cliffs_delta(*sides)), test.statistic),
        before=float(np.median(sides[0])),
        after=float(np.median(sides[1])),
        p=test.p,
        test="kolmogorov-smirnov",
    )


def _class_effect(
    stream: Stream, finding: Finding, before: Sequence[Trace], after: Sequence[Trace]
) -> Effect | None:
    places = _places(stream, finding)
    names = [name for _, name in places]
    sides = [
        [
            next((name for place, name in places if trace.hit[place]), OTHER)
            for trace in side
            if trace.asked[finding.index]
        ]
        for side in (before, after)
    ]
    if not sides[0] or not sides[1]:
        return None
    test = class_test(*sides)
    return Effect(
        size=test.statistic,
        before=_class_shares(sides[0], names),
        after=_class_shares(sides[1], names),
        p=test.p,
        test="fisher",
    )


def _places(stream: Stream, finding: Finding) -> list[tuple[int, str]]:
    """The rows of the classes of a signal; a row that stands alone is yes or no."""
    items = stream.board.indicators.items
    again = stream.board.own_classes
    base = finding.index - again if finding.index >= again else finding.index
    if base >= len(items):
        return [(finding.index, "yes"), (finding.index, OTHER)]
    signal = items[base].signal
    return [(index, item.category) for index, item in enumerate(items) if item.signal == signal]


def _class_shares(side: Sequence[str], names: Sequence[str]) -> dict[str, float]:
    counts = Counter(side)
    return {name: round(counts[name] / len(side), 4) for name in names if counts[name]}


def _contexts(stream: Stream, leading: Finding, since: int) -> tuple[str, ...]:
    """Where the leading signal has moved, the furthest first."""
    moved: dict[str, list[float]] = {}
    for trace in stream.recent:
        if trace.row >= since:
            if leading.is_number:
                middle = trace.low[leading.index] + trace.high[leading.index] - 1
            else:
                middle = float(trace.hit[leading.index]) - trace.share[leading.index]
            moved.setdefault(trace.context, []).append(float(middle))
    means = {name: abs(sum(values) / len(values)) for name, values in moved.items()}
    ranked = sorted(means, key=lambda name: -means[name] * math.sqrt(len(moved[name])))
    return tuple(name for name in ranked if means[name] >= _LEAST_SPREAD)[:_MOST_CONTEXTS]
