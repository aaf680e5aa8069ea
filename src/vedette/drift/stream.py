"""One stream of calls against one baseline: all signals, all bets, one value after each call."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vedette.drift.betting import Detector, Flags, Floats, class_bets, rank_bets
from vedette.drift.board import Board, Values
from vedette.drift.contexts import LOOSE, Contexts
from vedette.drift.dependence import autocorrelation_times
from vedette.drift.novelty import Neighbours
from vedette.drift.prompts import FIRST_PROMPTS, PromptWatch
from vedette.drift.ranks import RankBag
from vedette.drift.signals import NUMBERS
from vedette.features.fingerprint import PromptFeatures
from vedette.model.drift import Observation

KEPT = 256
"""Calls whose bets are kept to say afterwards where a change began."""
_BASELINE_KEPT = 1_000
_HISTORY = 1_024
_UNSURE = 64
"""The newest calls may be those of a change that is not found yet: runs are not looked for there.
"""
_CALM = 100.0
_PROMPTS_MOVED, _PROMPTS_CHANGED = 1e3, 1e4
"""Values of the watch on prompts: enough to explain an alarm, enough to begin anew."""
_NEWEST = 20
_LEAST_TAU = np.array([signal.least_tau for signal in NUMBERS])


class Trace(NamedTuple):
    """What a call has put on the board, and where it stood there."""

    row: int
    context: str
    numbers: Floats
    hit: Flags
    asked: Flags
    low: Floats
    high: Floats
    share: Floats


class _Context:
    """What has come in one context: values in order, shares of classes, sketches."""

    def __init__(self, numbers: int, classes: int) -> None:
        self.bags = [RankBag() for _ in range(numbers)]
        self.hits: Floats = np.zeros(classes)
        self.asked: Floats = np.zeros(classes)
        self.neighbours = Neighbours()

    def take(self, numbers: Floats) -> Floats:
        """Put the numbers in; their rank intervals, two columns."""
        silent = (0.0, 1.0)
        return np.array(
            [
                bag.take(value) if value == value else silent
                for bag, value in zip(self.bags, numbers.tolist(), strict=True)
            ]
        )


def _residuals(trace: Trace) -> tuple[Floats, Floats]:
    """What a call is beyond what its context foretells: ranks, and hits less their share."""
    return (trace.low + trace.high) / 2, trace.hit - trace.share


class Stream:
    """Watches calls after a baseline; `value` is the e-detector of all signals together."""

    def __init__(self, baseline: Sequence[Observation]) -> None:
        self.board = Board(baseline)
        self.value = 0.0
        self.rows = 0
        """Calls after the baseline."""
        self.recent: deque[Trace] = deque(maxlen=KEPT)
        self.baseline: deque[Trace] = deque(maxlen=_BASELINE_KEPT)
        self.contexts = Contexts(baseline)
        self._seen: dict[str, _Context] = {}
        self.numbers = Detector(self.board.number_weights)
        self.classes = Detector(self.board.class_weights)
        self._prompts = PromptWatch()
        self._first_prompts: list[PromptFeatures] = []
        self.shifts: list[int] = []
        """Rows at which the prompts of loose contexts were found to have changed."""
        for each in baseline:
            name, fingerprint = self.contexts.find(each), each.fingerprint
            if fingerprint.answer is not None:
                answer = fingerprint.answer
                self._context(name).neighbours.add(answer.min_hash, answer.opening, answer.closing)
            if name.startswith(LOOSE) and fingerprint.input is not None:
                self._prompts.learn(fingerprint.input)
        for row, each in enumerate(baseline):
            self.baseline.append(self._lay(row, each, is_member=True))
        self._history: deque[tuple[Floats, Floats]] = deque(maxlen=_HISTORY)
        self._history.extend(map(_residuals, self.baseline))
        self._next_look = 2 * len(baseline)
        self._damp()

    def _context(self, name: str) -> _Context:
        if name not in self._seen:
            numbers = len(NUMBERS) + 2
            self._seen[name] = _Context(numbers, self.board.own_classes)
        return self._seen[name]

    @property
    def is_explained(self) -> bool:
        """Whether the prompts have changed as well, where nothing but their kind tells them."""
        loose = sum(trace.context.startswith(LOOSE) for trace in list(self.recent)[-_NEWEST:])
        return self._prompts.value >= _PROMPTS_MOVED and 2 * loose > min(_NEWEST, self.rows)

    def forget_loose(self, row: int) -> None:
        """Compare the answers of loose contexts with nothing before this call."""
        for name in [name for name in self._seen if name.startswith(LOOSE)]:
            del self._seen[name]
        self.numbers.reset()
        self.classes.reset()
        self.value = 0.0
        self._prompts = PromptWatch()
        self._first_prompts.clear()
        self.shifts.append(row)

    def take(self, row: int, observation: Observation) -> float:
        """Bet on the next call and give the value after it."""
        trace = self._lay(row, observation, is_member=False)
        self.recent.append(trace)
        self.rows += 1
        low, high, hit, share = trace.low, trace.high, trace.hit, trace.share
        # Only rows bet that can: a value among others, a class that some hold and some do not.
        self.value = self.numbers.update(high - low < 1, rank_bets(low, high))
        self.value += self.classes.update((share > 0) & (share < 1), class_bets(hit, share))
        if self._prompts.value >= _PROMPTS_CHANGED:
            self.forget_loose(row)
        if self.rows >= _UNSURE:
            self._history.append(_residuals(self.recent[max(-_UNSURE, -len(self.recent))]))
        if self.rows == self._next_look and self.value < _CALM:
            self._next_look += min(self.rows, _HISTORY // 2)
            self._damp()
        return self.value

    def _damp(self) -> None:
        """Give runs of similar calls less weight, as far as what is surely the baseline has them.

        The words have no time of their own: they get that of the answers' length and novelty.
        """
        numbers, classes = (np.array(part) for part in zip(*self._history, strict=True))
        count = len(self.board.indicators.items)
        tau = autocorrelation_times(numbers)
        tau[: len(NUMBERS)] = np.maximum(tau[: len(NUMBERS)], _LEAST_TAU)
        # Repeated inputs are rare, their runs cannot be seen: they get the time of their signal.
        own = len(NUMBERS)
        tau[own + 2 :] = np.maximum(tau[own + 2 :], tau[:own])
        self.numbers.damp(tau)
        of_classes = autocorrelation_times(classes[:, :count])
        general = max(tau[0], tau[len(NUMBERS)])
        between = np.full(self.board.own_classes - count, general)
        self.classes.damp(np.concatenate([of_classes, between, of_classes]))

    def _lay(self, row: int, observation: Observation, *, is_member: bool) -> Trace:
        name = self.contexts.find(observation)
        if name.startswith(LOOSE) and (prompt := observation.fingerprint.input) is not None:
            self._watch(prompt, is_member=is_member)
        context = self._context(name)
        values = self.board.read(observation, context.neighbours, is_member=is_member)
        low, high = context.take(values.numbers).T
        hit, asked, share = self._shares(context, values)
        repeat = values.repeat
        low = np.concatenate([low, repeat.low if repeat else np.zeros(len(NUMBERS))])
        high = np.concatenate([high, repeat.high if repeat else np.ones(len(NUMBERS))])
        return Trace(row, name, values.numbers, hit, asked, low, high, share)

    def _watch(self, prompt: PromptFeatures, *, is_member: bool) -> None:
        """Without a baseline (or after a change) the first prompts are learned as one."""
        if is_member or self._prompts.learned >= FIRST_PROMPTS:
            self._prompts.take(prompt, is_member=is_member)
            return
        self._first_prompts.append(prompt)
        if len(self._first_prompts) >= FIRST_PROMPTS:
            self._prompts = PromptWatch()
            for each in self._first_prompts:
                self._prompts.learn(each)
            for each in self._first_prompts:
                self._prompts.take(each, is_member=True)
            self._first_prompts.clear()

    def _shares(self, context: _Context, values: Values) -> tuple[Flags, Flags, Floats]:
        hit = values.hit & values.asked
        context.hits += hit
        context.asked += values.asked
        share = np.where(values.asked, context.hits / np.maximum(context.asked, 1), 0.0)
        repeat = values.repeat
        count = len(self.board.indicators.items)
        if repeat is None:
            again, share_again = np.zeros(count, bool), np.zeros(count)
        else:
            again, share_again = hit[:count], repeat.share
        return (
            np.concatenate([hit, again]),
            np.concatenate([values.asked, np.full(count, repeat is not None)]),
            np.concatenate([share, share_again]),
        )
