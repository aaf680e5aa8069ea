"""One evaluation of some texts: each thing looked at once, then the rules in order.

A text in which no rule of the policy found anything, nor would find anything by itself again, is
quiet: when it comes again, nobody is asked and no rule is taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from vedette.guard.allowing import Sieve
from vedette.guard.breaker import DetectorFailed
from vedette.guard.chains import said
from vedette.guard.decision import Decision, Names
from vedette.guard.memory import Known, Look
from vedette.guard.prepared import READS_NOTHING, Ask, Passage, Prepared
from vedette.model.policy import WHERES, Bypass, Finding, Fired, Rule, Verdict
from vedette.ports.detector import Detection, Models, Subject

if TYPE_CHECKING:
    from vedette.guard.engine import Guard

_NOTHING: Final = Detection()
_ANYWHERE: Final = frozenset(WHERES)
_MOST_QUIET: Final = 8
"""Policies that are remembered for one text."""
_MOST_LOOKS: Final = 64


class Evaluation:
    """What was seen so far."""

    def __init__(
        self, guard: "Guard", passages: Sequence[Passage], prepared: Prepared, *,
        models: Models | None = None, sieve: Sieve | None = None,
    ) -> None:  # fmt: skip
        self._guard = guard
        self._passages = passages
        self._prepared = prepared
        self._models = models
        self._sieve = sieve
        self._known: dict[int, Known] = {}
        self._subjects: dict[int, Subject] = {}
        self._looks: dict[tuple[int, int], Look] = {}
        self._bypassed: dict[str, Bypass] = {}
        self._allowed: dict[str, None] = {}

    def of_policy(self, names: Names) -> Verdict:
        """The verdict by all rules of the policy."""
        prepared, scores = self._prepared, dict(self._prepared.scores)
        loud = [
            index
            for index, passage in enumerate(self._passages)
            if prepared.at[passage.where] and not self._is_quiet(index, passage, scores)
        ]
        if loud:
            return self._decide(prepared.asks, loud, scores, names)
        texts = [passage.text for passage in self._passages]
        return Verdict(
            action="allow", text="\n\n".join(texts), messages=tuple(texts), scores=scores,
            restore=dict(names.taken),
        )  # fmt: skip

    def of_rules(
        self, asks: Sequence[Ask], asked: Sequence[str], names: Names, *, everywhere: bool
    ) -> Verdict:
        """The verdict by these rules; `asked` are detectors to tell of. `everywhere`: they look
        wherever the text stands."""
        indices = range(len(self._passages))
        if everywhere:
            asks = [Ask(ask.rule, ask.detector, _ANYWHERE, ask.reads) for ask in asks]
        scores = dict.fromkeys([*asked, *(ask.rule.detector for ask in asks)], 0.0)
        return self._decide(asks, indices, scores, names)

    def _is_quiet(self, index: int, passage: Passage, scores: dict[str, float]) -> bool:
        """Whether no rule of the policy fires there; then `scores` are raised."""
        prepared, known = self._prepared, self._of(index)
        beside = self._guard.beside(passage, prepared.reads[passage.where])
        key = (prepared.number, -1 if beside is None else beside)
        quiet = known.quiet.get(key)
        if quiet is None:
            quiet = {}
            for ask in prepared.at[passage.where]:
                if passage.is_part and ask.only_reports:
                    continue
                seen, least = self._look(ask, index), ask.rule.threshold
                detection = seen.detection
                score = detection.score
                if seen.bypass or score >= least:
                    return False
                if detection.findings and _best(detection) >= least:
                    return False
                _raise(quiet, ask.rule.detector, score)
            if beside is not None and known.lasts:
                if len(known.quiet) >= _MOST_QUIET:
                    known.quiet.clear()
                known.quiet[key] = quiet
        for name, score in quiet.items():
            if score > scores[name]:
                scores[name] = score
        return True

    def _decide(
        self, asks: Sequence[Ask], indices: Sequence[int], scores: dict[str, float], names: Names
    ) -> Verdict:
        """Take the rules in order; `scores` are raised."""
        findings: dict[tuple[int, Finding], None] = {}
        fired: list[Fired] = []
        decision = Decision([passage.text for passage in self._passages], self._judged)
        for ask in asks:
            rule = ask.rule
            for index, score, seen in self._hits(ask, indices):
                findings.update(dict.fromkeys((index, finding) for finding in seen))
                fired.append(self._fired(rule, index, score, len(seen)))
                if rule.mode == "enforce":
                    is_unseen = bool(self._look(ask, index).bypass)
                    where = self._passages[index].where
                    decision.take(rule, index, seen, where, is_unseen=is_unseen)
            if decision.is_ended:
                break
        for ask in asks:
            for index in self._places(ask, indices):
                _raise(scores, ask.rule.detector, self._look(ask, index).detection.score)
        return decision.verdict(
            names, findings=tuple(_placed(findings)), scores=scores, fired=tuple(fired),
            bypassed=tuple(self._bypassed.values()), allowed=tuple(self._allowed),
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

    def _places(self, ask: Ask, indices: Iterable[int]) -> list[int]:
        return [index for index in indices if ask.looks_at(self._passages[index])]

    def _look(self, ask: Ask, index: int) -> Look:
        key = (index, id(ask.detector))
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._new_look(ask, index)
        return look

    def _new_look(self, ask: Ask, index: int) -> Look:
        known, detector, passage = self._of(index), ask.detector, self._passages[index]
        beside = 0 if ask.reads == READS_NOTHING else self._guard.beside(passage, ask.reads)
        key = (id(detector), -1 if beside is None else beside)
        seen = known.looks.get(key)
        if seen is not None:
            return seen
        subject = known.subject if beside == 0 else self._subject(index)
        try:
            look = Look(self._guard.look(detector, subject, ask.rule.timeout_ms))
        except DetectorFailed as failure:
            return Look(_NOTHING, failure.reason)
        if beside is not None and known.lasts:
            if len(known.looks) >= _MOST_LOOKS:
                known.looks.clear()
            known.looks[key] = look
        return look

    def _of(self, index: int) -> Known:
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self._guard.known(self._passages[index])
        return known

    def _subject(self, index: int) -> Subject:
        """The text with all that is known beside it."""
        subject = self._subjects.get(index)
        if subject is None:
            evidence = self._passages[index].evidence
            subject = self._subjects[index] = replace(
                self._of(index).subject, evidence=evidence, models=self._models
            )
        return subject

    def _hits(self, ask: Ask, indices: Sequence[int]) -> Iterator[tuple[int, float, list[Finding]]]:
        """Passage, score and findings wherever the rule's threshold was reached."""
        rule = ask.rule
        for index in self._places(ask, indices):
            look = self._look(ask, index)
            if look.bypass:
                yield from self._missed(rule, index, look.bypass)
                continue
            detection = look.detection
            if self._sieve is not None and detection.score >= rule.threshold:
                detection, allowed = self._sieve.sift(rule, self._passages[index].text, detection)
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


def _best(detection: Detection) -> float:
    return max((finding.score for finding in detection.findings), default=0.0)


def _raise(scores: dict[str, float], name: str, score: float) -> None:
    """Take the higher score of a detector, in [0, 1], to a millionth."""
    if score > scores.get(name, 0.0):
        scores[name] = round(min(1.0, score), 6)


def _placed(findings: Mapping[tuple[int, Finding], None]) -> Iterator[Finding]:
    """The findings with the index of their message, in the order of the texts."""
    ordered = sorted(findings, key=lambda one: (one[0], one[1].start, one[1].end))
    for index, finding in ordered:
        yield replace(finding, message=index) if index else finding
