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

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.guard.allowing import Sieve
from vedette.guard.breaker import DetectorBreaker, DetectorFailed
from vedette.guard.canonical import Canonicalizer
from vedette.guard.decision import Names, is_escalated
from vedette.guard.evaluation import Evaluation
from vedette.guard.memory import Known, Memory
from vedette.guard.pace import Pace
from vedette.guard.prepared import READS_NOTHING, Prepared, asks_of, rules_for
from vedette.guard.prepared import Caller as Caller
from vedette.guard.prepared import Passage as Passage
from vedette.guard.threads import Threads
from vedette.guard.unfinished import first_piece, legible, with_pieces, word_begins
from vedette.model.policy import Policy, Verdict, Where
from vedette.ports.detector import Detection, Detector, Evidence, Models, Subject

QUICK_CHARS: Final = 4_096
_HEAVY_THREADS: Final = 2
_REMOTE_THREADS: Final = 64

Result = TypeVar("Result")
MakeDetector = Callable[[str, Mapping[str, Any]], Detector]
"""Name and options to a detector; raises ConfigError for an unknown name or wrong options."""


class _Asked(msgspec.Struct, frozen=True):
    """A detector with its options, as it is asked for; the key of what it said."""

    name: str
    options: bytes = b"{}"


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
        self._begun_breakers: dict[str, DetectorBreaker] = {}
        self._threads: dict[str, Threads] = {}
        self._memory = Memory(Canonicalizer())
        self._policies: dict[int, Prepared] = {}
        self.pace = Pace(clock)
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
        prepared = self._prepared(policy)
        evaluation = Evaluation(self, passages, prepared, models=models, sieve=sieve)
        if detectors is None and not prepared.is_scoped:
            verdict = evaluation.of_policy(names)
        else:
            asked = detectors or ()
            asks = asks_of(rules_for(prepared.asks, detectors, caller), self.detector)
            everywhere = len(passages) == 1 and bool(asked)
            verdict = evaluation.of_rules(asks, asked, names, everywhere=everywhere)
        latency_ms = (self._clock.monotonic() - started) * 1e3
        return replace(verdict, latency_ms=round(latency_ms, 3))

    def knows_quiet(self, passages: Sequence[Passage], policy: Policy) -> bool:
        """Whether each of these texts was looked at before, and none had anything on which a rule
        of the policy fires: then nothing follows. Parts, which never were, are looked at."""
        prepared = self._prepared(policy)
        if prepared.is_scoped:
            return False
        for passage in passages:
            where = passage.where
            if not prepared.at[where]:
                continue
            if passage.is_part:
                if not self._is_quiet_part(passage, prepared):
                    return False
                continue
            known = self._memory.recall(passage.text, where)
            if known is None or not known.quiet:
                return False
            reads = prepared.reads[where]
            beside = 0 if reads == READS_NOTHING else self._memory.beside(passage.evidence, reads)
            if beside is None or (prepared.number, beside) not in known.quiet:
                return False
        return True

    def _is_quiet_part(self, passage: Passage, prepared: Prepared) -> bool:
        """Whether none of the rules that decide fires; False also where that takes long."""
        deciding = prepared.deciding[passage.where]
        if prepared.is_heavy or len(passage.text) > QUICK_CHARS:
            return False
        subject = self._memory.subject(passage.text, passage.where, passage.evidence)
        try:
            for detector, least in deciding:
                seen = self._breaker(detector).call(detector.detect, subject)
                if seen.score >= least or any(one.score >= least for one in seen.findings):
                    return False
        except DetectorFailed:
            return False
        return True

    def is_quick(self, passages: Sequence[Passage], policy: Policy) -> bool:
        """Whether evaluating takes about a millisecond at most: short texts, no heavy detector."""
        chars = sum(len(passage.text) for passage in passages)
        if chars > QUICK_CHARS:
            recall = self._memory.recall
            new = (one for one in passages if recall(one.text, one.where) is None)
            chars = sum(len(passage.text) for passage in new)
        return chars <= QUICK_CHARS and not self._prepared(policy).is_heavy

    def decides(self, policy: Policy, where: Where) -> bool:
        """Whether it depends on any rule whether and how a text passes that stands there."""
        return bool(self._prepared(policy).deciding[where])

    def begun(
        self, text: str, where: Where, evidence: Evidence, policy: Policy, *, most: int
    ) -> int:
        """From where on a text that goes on has to wait, of its end `most` characters at most."""
        deciding = self._prepared(policy).deciding[where]
        if not deciding:
            return len(text)
        last = max(0, len(text) - most)
        # What is seen begins with a word: the end of one is no beginning of anything.
        start = word_begins(text, last, least=last - most)
        end = legible(text[start:])
        word = first = first_piece(end)
        for detector, least in deciding:
            begun = getattr(detector, "begun", None)
            if begun is None:
                return last
            try:
                breaker = self._breaker(detector, self._begun_breakers)
                at = breaker.call(begun, end, evidence, least)
            except DetectorFailed:
                return last
            first = min(first, at)
        return max(last, start + (first if first == word else with_pieces(end, max(0, first))))

    def waits(self, policy: Policy) -> bool:
        """Whether evaluating may mean to wait for others: a model, a web service."""
        return len(self.alone(policy).rules) < len(policy.rules)

    def takes_long(self, policy: Policy) -> bool:
        """Whether evaluating may take longer than its texts are long: in threads, by others."""
        return self._prepared(policy).is_heavy

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
        return self._memory.known(passage.text, passage.where, is_part=passage.is_part)

    def beside(self, passage: Passage, reads: frozenset[str] | None) -> int | None:
        """See `Memory.beside`."""
        return self._memory.beside(passage.evidence, reads)

    def _prepared(self, policy: Policy) -> Prepared:
        found = self._policies.get(id(policy))
        if found is None or found.policy is not policy:
            if len(self._policies) >= _MOST_PREPARED:
                self._policies.clear()
            found = self._policies[id(policy)] = Prepared.of(policy, self.detector)
        return found

    def look(self, detector: Detector, subject: Subject, timeout_ms: int) -> Detection:
        """What the detector sees; raises DetectorFailed."""
        breaker = self._breaker(detector)
        if not detector.is_heavy:
            return breaker.call(detector.detect, subject)
        look = partial(detector.detect, subject)
        return breaker.call(self._threads_of(detector).run, look, timeout_ms / 1e3)

    def _breaker(
        self, detector: Detector, among: dict[str, DetectorBreaker] | None = None
    ) -> DetectorBreaker:
        breakers = self._breakers if among is None else among
        party = _party(detector)
        breaker = breakers.get(party)
        if breaker is None:
            breaker = breakers.setdefault(party, DetectorBreaker(party, self._clock))
        return breaker

    def _threads_of(self, detector: Detector) -> Threads:
        party = _party(detector)
        threads = self._threads.get(party)
        if threads is None:
            most = _REMOTE_THREADS if getattr(detector, "is_remote", False) else _HEAVY_THREADS
            threads = self._threads.setdefault(party, Threads(detector.name, most))
        return threads

    def submit(self, evaluate: Callable[[], Result]) -> Future[Result]:
        """Evaluate in a thread that may wait: others are not kept from theirs."""
        return self._callers.submit(evaluate)

    def close(self) -> None:
        """Start nothing more in threads."""
        self._callers.shutdown(wait=False, cancel_futures=True)
        for threads in self._threads.values():
            threads.close()


def _party(detector: Detector) -> str:
    """Whom a detector waits for: it fails and has threads by itself."""
    return getattr(detector, "party", detector.name)
