"""Watches calls as they come: all together, and each template for itself.

All calls together show soonest what a model does everywhere; a template alone shows what happens in
one of thirty. Each call is bet on in both, so each may raise half of the false alarms. After an
alarm a stream takes the calls that follow as its new baseline: the next alarm is about the next
change.
"""

from collections import Counter
from collections.abc import Sequence

import msgspec

from vedette.drift.contexts import LOOSE
from vedette.drift.diagnosis import diagnose
from vedette.drift.stream import Stream
from vedette.errors import BadRequest
from vedette.model.drift import Alarm, Observation

LEAST_BASELINE = 10
_LEAST_OF_TEMPLATE = 10
_MOST_TEMPLATES = 64
_SETTLE = 100
ALL = "all"


class MonitorSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How often a false alarm may come."""

    calls_per_false_alarm: float = 50_000.0
    by_template: bool = True


class _Watched:
    """A stream with its name, and the calls that are to be its next baseline."""

    def __init__(self, name: str, baseline: Sequence[Observation]) -> None:
        self.name = name
        self.stream: Stream | None = Stream(baseline)
        self.size = min(len(baseline), _SETTLE)
        self.settling: list[Observation] = []
        self.prompt_changes: list[int] = []

    def restart(self) -> None:
        self.stream = None
        self.settling = []

    def take(self, row: int, observation: Observation, threshold: float) -> Alarm | None:
        if self.stream is None:
            self.settling.append(observation)
            if len(self.settling) >= self.size:
                self.stream = Stream(self.settling)
            return None
        value = self.stream.take(row, observation)
        if self.stream.shifts:
            self.prompt_changes += self.stream.shifts
            self.stream.shifts.clear()
        if value < threshold or self.stream.is_explained:
            return None
        return diagnose(self.stream, name=self.name, row=row, threshold=threshold)


class Monitor:
    """All streams of a project, a route or a file against one baseline."""

    def __init__(
        self, baseline: Sequence[Observation], settings: MonitorSettings | None = None
    ) -> None:
        """Raises BadRequest for a baseline of fewer than 10 calls."""
        if len(baseline) < LEAST_BASELINE:
            raise BadRequest(
                f"A baseline of {len(baseline)} calls says too little: "
                f"give it {LEAST_BASELINE} or more, better 100."
            )
        settings = settings or MonitorSettings()
        self._all = _Watched(ALL, baseline)
        assert self._all.stream is not None
        self._contexts = self._all.stream.contexts
        self.first_rows: dict[str, int] = {}
        """The first call of each context."""
        for row, each in enumerate(baseline):
            self.first_rows.setdefault(self._contexts.find(each), row)
        self._templates = self._split(baseline) if settings.by_template else {}
        shared = 2 if self._templates else 1
        self.threshold = settings.calls_per_false_alarm * shared

    @property
    def names(self) -> tuple[str, ...]:
        """The streams that are watched."""
        return (ALL, *self._templates)

    @property
    def prompt_changes(self) -> tuple[int, ...]:
        """Calls at which prompts without a template were found to have changed."""
        return tuple(self._all.prompt_changes)

    @property
    def value(self) -> float:
        """The largest value of an e-detector, relative to what raises an alarm."""
        streams = [each.stream for each in (self._all, *self._templates.values())]
        values = [stream.value for stream in streams if stream is not None]
        return max(values, default=0.0) / self.threshold

    def take(self, row: int, observation: Observation) -> Alarm | None:
        """The next call; the alarm that it raises, if it does. `row` is what alarms call it."""
        context = self._contexts.find(observation)
        self.first_rows.setdefault(context, row)
        own = self._templates.get(context)
        alarm = self._all.take(row, observation, self.threshold)
        of_template = own.take(row, observation, self.threshold) if own is not None else None
        if alarm is not None:
            self._all.restart()
            for name in alarm.contexts:
                if name in self._templates:
                    self._templates[name].restart()
        elif of_template is not None and own is not None:
            own.restart()
            # What moved in one template moves the whole: it is one change and one alarm.
            self._all.restart()
        return alarm or of_template

    def _split(self, baseline: Sequence[Observation]) -> dict[str, _Watched]:
        """A stream for each context with enough calls, where there is more than one."""
        contexts = [self._contexts.find(each) for each in baseline]
        frequent = [
            (name, count)
            for name, count in Counter(contexts).most_common(_MOST_TEMPLATES)
            if count >= _LEAST_OF_TEMPLATE and not name.startswith(LOOSE)
        ]
        if len(set(contexts)) < 2:
            return {}
        return {
            name: _Watched(
                name,
                [each for each, own in zip(baseline, contexts, strict=True) if own == name],
            )
            for name, _ in frequent
        }
