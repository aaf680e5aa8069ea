"""From texts to a verdict: views, detectors, rules, remedies.

Every text is canonicalised once and each detector looks at it once, whatever the number of rules
that ask, and of calls that repeat it (`memory`). Rules are then taken in order of priority; those
in shadow are only reported; the first terminal action that is enforced ends it. Edits of all
enforced rules before that are applied together, so that a range that two rules cut is cut once.
What is escalated is judged at once; what asks the model anew is left to the caller
(`Verdict.remedy`).

`evaluate` is synchronous and may take some milliseconds: callers on an event loop run it in a
thread (`is_quick` says when they need not).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from fnmatch import fnmatchcase
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.guard.allowing import Sieve
from vedette.guard.breaker import DetectorBreaker, DetectorFailed
from vedette.guard.canonical import Canonicalizer
from vedette.guard.chains import said
from vedette.guard.decision import Decision, Names, is_escalated
from vedette.guard.memory import Known, Look, Memory
from vedette.model.policy import (
    Bypass,
    Finding,
    Fired,
    Policy,
    Rule,
    Scope,
    Verdict,
    Where,
)
from vedette.ports.detector import Detection, Detector, Evidence, Models, Subject

DEFAULT_THRESHOLD: Final = 0.5
QUICK_CHARS: Final = 2_048
_HEAVY_THREADS: Final = 2
_REMOTE_THREADS: Final = 64

Result = TypeVar("Result")
MakeDetector = Callable[[str, Mapping[str, Any]], Detector]
"""Name and options to a detector; raises ConfigError for an unknown name or wrong options."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One text to evaluate, and where it stands."""

    text: str
    where: Where = "input"
    evidence: Evidence = Evidence()
    offset: int = 0
    """Where it begins in the text that it is a part of."""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Whose traffic it is: what the scopes of rules are compared with."""

    organization: str = ""
    project: str = ""
    key: str = ""
    account: str = ""
    """The first key of a row of rotations."""
    route: str = ""
    model: str = ""
    tags: tuple[str, ...] = ()


class _Asked(msgspec.Struct, frozen=True):
    """A detector with its options, as it is asked for; the key of what it said."""

    name: str
    options: bytes = b"{}"


class _Prepared(msgspec.Struct, frozen=True):
    """What a policy means whatever the texts."""

    policy: Policy
    rules: tuple[Rule, ...]
    """In the order in which they are taken."""
    is_scoped: bool
    is_heavy: bool


_NOTHING: Final = Detection()
_ANYBODY: Final = Caller()
_NO_NAMES: Final = Names()
_MOST_PREPARED: Final = 64


class Guard:
    """Evaluates texts against policies. Safe to use from several threads."""

    def __init__(self, make: MakeDetector, clock: Clock) -> None:
        self._make = make
        self._clock = clock
        self._detectors: dict[_Asked, Detector] = {}
        self._breakers: dict[str, DetectorBreaker] = {}
        self._memory = Memory(Canonicalizer())
        self._policies: dict[int, _Prepared] = {}
        self._pool = ThreadPoolExecutor(_HEAVY_THREADS, thread_name_prefix="guard-heavy")
        self._waiting = ThreadPoolExecutor(_REMOTE_THREADS, thread_name_prefix="guard-remote")
        self._callers = ThreadPoolExecutor(_REMOTE_THREADS, thread_name_prefix="guard-caller")

    def evaluate(
        self,
        passages: Sequence[Passage],
        policy: Policy,
        *,
        detectors: Sequence[str] | None = None,
        caller: Caller = _ANYBODY,
        models: Models | None = None,
        names: Names = _NO_NAMES,
        sieve: Sieve | None = None,
    ) -> Verdict:
        """The verdict on the passages together; what the `sieve` allows is no finding.

        `models` are for detectors that ask one, `names` are placeholders that exist already.

        With `detectors` only those are asked, at every place; a rule of the policy for one of them
        still says what follows, without a rule a score of 0.5 is flagged. Raises ConfigError for a
        detector that does not exist.
        """
        started = self._clock.monotonic()
        rules = self._rules(policy, detectors, caller)
        asked = [name for name in detectors or ()]
        everywhere = len(passages) == 1 and bool(asked)
        evaluation = _Evaluation(self, passages, everywhere=everywhere, models=models)
        evaluation.sieve = sieve
        for rule in rules:
            evaluation.ask(rule)
        verdict = evaluation.decide(rules, asked, names)
        latency_ms = (self._clock.monotonic() - started) * 1e3
        return replace(verdict, latency_ms=round(latency_ms, 3))

    def is_quick(self, passages: Sequence[Passage], policy: Policy) -> bool:
        """Whether evaluating takes about a millisecond at most: short texts, no heavy detector."""
        chars = sum(len(passage.text) for passage in passages)
        if chars > QUICK_CHARS:
            recall = self._memory.recall
            new = (one for one in passages if recall(one.text, one.where, one.evidence) is None)
            chars = sum(len(passage.text) for passage in new)
        return chars <= QUICK_CHARS and not self._prepared(policy).is_heavy

    def waits(self, policy: Policy) -> bool:
        """Whether evaluating may mean to wait for others: a model, a web service."""
        return len(self.alone(policy).rules) < len(policy.rules)

    def alone(self, policy: Policy) -> Policy:
        """The policy without the rules that may wait for others."""
        rules = tuple(
            rule
            for rule in policy.rules
            if not getattr(self.detector(rule.detector, rule.options), "is_remote", False)
            and not is_escalated(rule)
        )
        return msgspec.structs.replace(policy, rules=rules)

    def detector(self, name: str, options: Mapping[str, Any]) -> Detector:
        """The detector with these options, made when it is first asked for."""
        asked = _Asked(name, msgspec.json.encode(options, order="sorted") if options else b"{}")
        found = self._detectors.get(asked)
        if found is None:
            found = self._detectors[asked] = self._make(name, options)
        return found

    def known(self, passage: Passage) -> Known:
        """A passage with its views, and what was seen before."""
        return self._memory.known(passage.text, passage.where, passage.evidence)

    def _prepared(self, policy: Policy) -> _Prepared:
        found = self._policies.get(id(policy))
        if found is None or found.policy is not policy:
            if len(self._policies) >= _MOST_PREPARED:
                self._policies.clear()
            found = self._policies[id(policy)] = _Prepared(
                policy=policy,
                rules=tuple(sorted(policy.rules, key=lambda rule: rule.priority)),
                is_scoped=any(rule.scope != _ALL for rule in policy.rules),
                is_heavy=any(
                    self.detector(rule.detector, rule.options).is_heavy or is_escalated(rule)
                    for rule in policy.rules
                ),
            )
        return found

    def _rules(
        self, policy: Policy, detectors: Sequence[str] | None, caller: Caller
    ) -> Sequence[Rule]:
        prepared = self._prepared(policy)
        if detectors is None and not prepared.is_scoped:
            return prepared.rules
        return _rules(prepared.rules, detectors, caller)

    def look(self, detector: Detector, subject: Subject, timeout_ms: int) -> Detection:
        """What the detector sees; raises DetectorFailed."""
        party = getattr(detector, "party", detector.name)
        breaker = self._breakers.get(party)
        if breaker is None:
            breaker = self._breakers.setdefault(party, DetectorBreaker(party, self._clock))
        if not detector.is_heavy:
            return breaker.call(lambda: detector.detect(subject))
        pool = self._waiting if getattr(detector, "is_remote", False) else self._pool
        return breaker.call(lambda: pool.submit(detector.detect, subject).result(timeout_ms / 1e3))

    def submit(self, evaluate: Callable[[], Result]) -> Future[Result]:
        """Evaluate in a thread that may wait: others are not kept from theirs."""
        return self._callers.submit(evaluate)

    def close(self) -> None:
        """Start nothing more in threads."""
        self._callers.shutdown(wait=False, cancel_futures=True)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._waiting.shutdown(wait=False, cancel_futures=True)


class _Evaluation:
    """One evaluation: what was seen so far, each thing looked at once."""

    def __init__(
        self, guard: Guard, passages: Sequence[Passage], *, everywhere: bool, models: Models | None
    ) -> None:
        self._guard = guard
        self._models = models
        self._passages = passages
        self._everywhere = everywhere
        self._known: dict[int, Known] = {}
        self._looks: dict[tuple[int, int], Look] = {}
        self._detectors: dict[str, Detector] = {}
        self._bypassed: dict[str, Bypass] = {}
        self._allowed: dict[str, None] = {}
        self.sieve: Sieve | None = None

    def ask(self, rule: Rule) -> None:
        """Let the rule's detector look wherever the rule applies."""
        detector = self._guard.detector(rule.detector, rule.options)
        self._detectors[rule.name] = detector
        for index in self._places(rule, detector):
            key = (index, id(detector))
            if key not in self._looks:
                self._looks[key] = self._look(detector, index, rule)

    def decide(self, rules: Sequence[Rule], asked: Sequence[str], names: Names) -> Verdict:
        """Take the rules in order."""
        findings: dict[tuple[int, Finding], None] = {}
        fired: list[Fired] = []
        decision = Decision([passage.text for passage in self._passages], self._judged)
        for rule in rules:
            for index, score, seen in self._hits(rule):
                findings.update(dict.fromkeys((index, finding) for finding in seen))
                fired.append(self._fired(rule, index, score, len(seen)))
                if rule.mode == "enforce":
                    decision.take(rule, index, seen, self._passages[index].where)
            if decision.is_ended:
                break
        return decision.verdict(
            names, findings=tuple(_placed(findings)), scores=self._scores(rules, asked),
            fired=tuple(fired), bypassed=tuple(self._bypassed.values()),
            allowed=tuple(self._allowed),
        )  # fmt: skip

    def _judged(self, rule: Rule, index: int, options: Mapping[str, Any]) -> Detection | None:
        """What a judge says of a passage; None where it says nothing in time."""
        detector = self._guard.detector("judge", options)
        timeout_ms = round(float(options["timeout_s"]) * 1e3)
        try:
            return self._guard.look(detector, self._subject(index), timeout_ms)
        except DetectorFailed as failure:
            bypass = Bypass(
                detector="judge", reason=failure.reason, closed=rule.on_error == "closed"
            )
            self._bypassed[f"{rule.name}:judge"] = bypass
            return None

    def _places(self, rule: Rule, detector: Detector) -> Iterator[int]:
        for index, passage in enumerate(self._passages):
            suits = passage.where in rule.where and passage.where in detector.where
            if suits or self._everywhere:
                yield index

    def _look(self, detector: Detector, index: int, rule: Rule) -> Look:
        known = self._of(index)
        # What others said a moment ago they may take back.
        lasts = known.lasts and not (detector.is_heavy or getattr(detector, "is_remote", False))
        if lasts and (seen := known.looks.get(id(detector))) is not None:
            return seen
        try:
            look = Look(self._guard.look(detector, self._subject(index), rule.timeout_ms))
        except DetectorFailed as failure:
            return Look(_NOTHING, failure.reason)
        if lasts:
            known.looks[id(detector)] = look
        return look

    def _subject(self, index: int) -> Subject:
        subject = self._of(index).subject
        return subject if self._models is None else replace(subject, models=self._models)

    def _of(self, index: int) -> Known:
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self._guard.known(self._passages[index])
        return known

    def _hits(self, rule: Rule) -> Iterator[tuple[int, float, list[Finding]]]:
        """Passage, score and findings wherever the rule's threshold was reached."""
        detector = self._detectors[rule.name]
        for index in self._places(rule, detector):
            look = self._looks[index, id(detector)]
            if look.bypass:
                yield from self._missed(rule, index, look.bypass)
                continue
            detection = look.detection
            if self.sieve is not None and detection.score >= rule.threshold:
                detection, allowed = self.sieve.sift(rule, self._passages[index].text, detection)
                self._allowed.update(dict.fromkeys(allowed))
            seen = [
                finding
                for finding in detection.findings
                if finding.score >= rule.threshold
                and (not rule.kinds or finding.kind in rule.kinds)
            ]
            score = detection.score
            if rule.kinds:
                score = max((finding.score for finding in seen), default=0.0)
            if score >= rule.threshold:
                yield index, score, seen

    def _missed(self, rule: Rule, index: int, reason: Any) -> Iterator[tuple[int, float, Any]]:
        closed = rule.on_error == "closed"
        self._bypassed[rule.name] = Bypass(detector=rule.detector, reason=reason, closed=closed)
        if closed:
            yield index, 1.0, []

    def _fired(self, rule: Rule, index: int, score: float, findings: int) -> Fired:
        return Fired(
            rule=rule.name, detector=rule.detector, where=self._passages[index].where, score=score,
            actions=tuple(action.kind for action in rule.actions), mode=rule.mode,
            findings=findings, text=said(rule.actions, "block", "annotate"), message=index,
        )  # fmt: skip

    def _scores(self, rules: Sequence[Rule], asked: Sequence[str]) -> dict[str, float]:
        """The highest score of each detector, 0 for one that had nothing to look at."""
        scores = dict.fromkeys(asked, 0.0)
        for rule in rules:
            detector = self._detectors[rule.name]
            scores.setdefault(rule.detector, 0.0)
            for index in range(len(self._passages)):
                look = self._looks.get((index, id(detector)))
                if look is not None:
                    best = max(scores[rule.detector], look.detection.score)
                    scores[rule.detector] = round(min(1.0, max(0.0, best)), 6)
        return scores


def _rules(ordered: Sequence[Rule], detectors: Sequence[str] | None, caller: Caller) -> list[Rule]:
    """The rules that apply, in order; with `detectors` also one for each that has none."""
    rules = [rule for rule in ordered if applies(rule.scope, caller)]
    if detectors is not None:
        rules = [rule for rule in rules if rule.detector in detectors]
        ruled = {rule.detector for rule in rules}
        rules += [
            Rule(name=f"asked:{name}", detector=name, where=_EVERYWHERE, priority=1_000)
            for name in dict.fromkeys(detectors)
            if name not in ruled
        ]
    return sorted(rules, key=lambda rule: rule.priority)


_ALL: Final = Scope()
_EVERYWHERE: Final[tuple[Where, ...]] = (
    "system", "input", "output", "reasoning", "tool_result", "tool_arguments", "document",
)  # fmt: skip


def applies(scope: Scope, caller: Caller) -> bool:
    """Whether a scope holds this caller; routes and models are patterns."""
    wanted = (
        (scope.organizations, {caller.organization}), (scope.projects, {caller.project}),
        (scope.keys, {caller.key, caller.account}), (scope.tags, set(caller.tags)),
    )  # fmt: skip
    patterns = ((scope.routes, caller.route), (scope.models, caller.model))
    return all(not names or not given.isdisjoint(names) for names, given in wanted) and all(
        not globs or any(fnmatchcase(name, glob) for glob in globs) for globs, name in patterns
    )


def _placed(findings: Mapping[tuple[int, Finding], None]) -> Iterator[Finding]:
    """The findings with the index of their message, in the order of the texts."""
    ordered = sorted(findings, key=lambda one: (one[0], one[1].start, one[1].end))
    for index, finding in ordered:
        yield replace(finding, message=index) if index else finding
