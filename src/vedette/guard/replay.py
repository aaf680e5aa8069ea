"""A policy on recorded calls: what it would have done, rule by rule, and which hits to look at.

Calls are read as they were recorded. What the guard of that time cut out is not there any more, so
that it is not found again. Rules whose detectors ask somebody else are left out. A job is bounded
in calls, characters and time, runs beside everything else, and can be watched and stopped.
"""

import heapq
import threading
from collections import Counter
from collections.abc import Iterable

import msgspec

from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.guard.engine import Caller, Guard, Passage
from vedette.guard.reading import passages_of
from vedette.guard.stacking import Chosen, stacked
from vedette.model.policy import ACTION_RANK, ActionKind, Finding, Fired, Policy, Scope, Where
from vedette.model.span import Span

MOST_CALLS = 50_000
MOST_S = 900.0
SAMPLES = 25
"""Kept of each rule."""
AROUND = 80
"""Characters shown on either side of a hit."""
TEXT_CHARS = 65_536
"""Of one text; what is longer is looked at up to there."""
_MOST_FINDINGS = 3
_BREATH_S = 0.0005
_OUR_CALL = "vedette.guard.call"
"""On calls that the guard made itself."""
"""After each call, so that others in the process get their turn."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One hit, as much of its text as is needed to judge it."""

    trace_id: str
    span_id: str
    at_ns: int
    where: Where
    side: str
    place: int
    detector: str
    kind: str
    score: float
    start: int
    end: int
    before: str = ""
    found: str = ""
    after: str = ""
    is_new: bool = True
    """Whether no rule of the same detector fired there when the call was made."""


class RuleReplay(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule would have done."""

    rule: str
    detector: str
    calls: int
    """Calls it fired in."""
    hits: int
    new_calls: int
    """Of these, where nothing of this detector had been recorded."""
    kinds: dict[str, int] = {}
    samples: tuple[Sample, ...] = ()
    """Those to look at for false positives: the least sure first."""


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy would have done."""

    calls: int = 0
    texts: int = 0
    without_text: int = 0
    """Calls whose texts were not kept."""
    actions: dict[str, int] = {}
    changed: int = 0
    """Calls that would have ended otherwise than they did."""
    stopped_early: str = ""
    """Why not all was looked at; empty where all was."""
    rules: tuple[RuleReplay, ...] = ()


class Replaying:
    """One run; `progress` may be read meanwhile, from any thread."""

    def __init__(self, guard: Guard, policy: Policy, clock: Clock) -> None:
        everybodys = msgspec.structs.replace(policy, scope=Scope())
        # Recorded texts are sent to nobody: rules that ask a model or a service are left out.
        self._policy = guard.alone(stacked([Chosen(everybodys)]).policy)
        self._guard = guard
        self._clock = clock
        self._rules = {rule.name: _Tally(rule.name, rule.detector) for rule in policy.rules}
        self._actions: Counter[str] = Counter()
        self._changed = 0
        self._without = 0
        self._texts = 0
        self.done = 0
        """Calls looked at."""
        self._stop = threading.Event()

    def stop(self) -> None:
        """End soon, with what there is."""
        self._stop.set()

    def run(self, spans: Iterable[Span], *, most: int = MOST_CALLS) -> Replay:
        """Look at the calls, in the order in which they come."""
        until = self._clock.monotonic() + MOST_S
        early = ""
        for span in spans:
            if self._stop.is_set():
                early = "stopped"
                break
            if self.done >= most:
                early = f"{most} calls were looked at"
                break
            if self._clock.monotonic() > until:
                early = f"{MOST_S:g} s were over"
                break
            self._look(span)
            self._stop.wait(_BREATH_S)
        return self.result(early)

    def result(self, early: str = "") -> Replay:
        """What is known by now."""
        return Replay(
            calls=self.done, texts=self._texts, without_text=self._without,
            actions=dict(self._actions), changed=self._changed, stopped_early=early,
            rules=tuple(tally.result() for tally in self._rules.values()),
        )  # fmt: skip

    def _look(self, span: Span) -> None:
        if span.kind not in ("llm", "embedding") and not span.payload.input:
            return
        if _OUR_CALL in span.payload.attributes:
            return
        self.done += 1
        sides: dict[str, list[Passage]] = {
            "request": passages_of(span.payload.input, default="input"),
            "answer": passages_of(span.payload.output, default="output"),
        }
        if span.capture in ("hash", "none") or not any(sides.values()):
            self._without += 1
            return
        action: ActionKind = "allow"
        for side, passages in sides.items():
            if passages:
                action = self._look_at(span, side, passages, action)
        self._actions[action] += 1
        was = span.payload.attributes.get("vedette.guard.action", "allow")
        self._changed += action != was

    def _look_at(
        self, span: Span, side: str, passages: list[Passage], before: ActionKind
    ) -> ActionKind:
        cut = [_cut(passage) for passage in passages]
        self._texts += len(cut)
        caller = Caller(project=span.project_id, route=span.route, model=span.model, tags=span.tags)
        try:
            verdict = self._guard.evaluate(cut, self._policy, caller=caller)
        except VedetteError:
            return before
        for fired in verdict.fired:
            self._rules[fired.rule].add(span, side, fired, cut[fired.message], verdict.findings)
        return max(before, verdict.action, key=ACTION_RANK.index)


class _Tally:
    """What one rule did so far."""

    def __init__(self, rule: str, detector: str) -> None:
        self._rule = rule
        self._detector = detector
        self._calls: set[tuple[str, str]] = set()
        self._new: set[tuple[str, str]] = set()
        self._hits = 0
        self._told = 0
        self._kinds: Counter[str] = Counter()
        self._samples: list[tuple[float, int, Sample]] = []

    def add(
        self, span: Span, side: str, fired: Fired, passage: Passage, findings: tuple[Finding, ...]
    ) -> None:
        call = (span.trace_id, span.span_id)
        self._calls.add(call)
        is_new = not _had(span, self._detector)
        if is_new:
            self._new.add(call)
        mine = [f for f in findings if f.detector == self._detector and f.message == fired.message]
        self._hits += max(1, len(mine))
        shown: list[Finding | None] = [*mine[:_MOST_FINDINGS]]
        for finding in shown or [None]:
            self._kinds[finding.kind if finding is not None else ""] += 1
            sample = _sample(span, side, fired, passage, finding, is_new=is_new)
            # The surest is at the root, to be thrown out first.
            self._told += 1
            item = (-sample.score, -self._told, sample)
            if len(self._samples) < SAMPLES:
                heapq.heappush(self._samples, item)
            else:
                heapq.heappushpop(self._samples, item)

    def result(self) -> RuleReplay:
        ordered = sorted((item[2] for item in list(self._samples)), key=lambda one: one.score)
        return RuleReplay(
            rule=self._rule, detector=self._detector, calls=len(self._calls), hits=self._hits,
            new_calls=len(self._new), kinds=dict(self._kinds.most_common(20)),
            samples=tuple(ordered),
        )  # fmt: skip


def _sample(
    span: Span, side: str, fired: Fired, passage: Passage, finding: Finding | None, *,
    is_new: bool,
) -> Sample:  # fmt: skip
    text, start, end = passage.text, 0, 0
    if finding is not None:
        start, end = finding.start, finding.end
    return Sample(
        trace_id=span.trace_id, span_id=span.span_id, at_ns=span.start_ns, where=fired.where,
        side=side, place=fired.message, detector=fired.detector,
        kind=finding.kind if finding is not None else "",
        score=round(finding.score if finding is not None else fired.score, 4), start=start,
        end=end, before=text[max(0, start - AROUND) : start], found=text[start:end][:400],
        after=text[end : end + AROUND], is_new=is_new,
    )  # fmt: skip


def _had(span: Span, detector: str) -> bool:
    """Whether something of this detector was recorded when the call was made."""
    said = span.payload.attributes.get("vedette.guard.findings", "")
    return isinstance(said, str) and any(
        part.startswith(f"{detector}:") for part in said.split(", ")
    )


def _cut(passage: Passage) -> Passage:
    if len(passage.text) <= TEXT_CHARS:
        return passage
    return msgspec.structs.replace(passage, text=passage.text[:TEXT_CHARS])
