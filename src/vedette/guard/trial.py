"""Labelled texts from files, and what detectors and policies make of them."""

import gzip
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from vedette.errors import ConfigError
from vedette.guard.canonical import Canonicalizer
from vedette.guard.engine import Guard, Passage
from vedette.guard.figures import Figures, judge
from vedette.model.policy import Policy, Where
from vedette.ports.detector import Detector, Evidence, Subject

MAX_ROWS = 1_000_000
_EVIDENCE_BYTES = 4 << 20


class Span(msgspec.Struct, frozen=True):
    """A range of a text that a detector should find."""

    type: str
    start: int
    end: int


class Given(Evidence, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known beside a text, as it is written in files."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One text; `label` 1 is what a detector should find, 0 is harmless, None: nobody said."""

    text: str
    label: Literal[0, 1] | None = None
    category: str = ""
    source: str = ""
    where: Where | None = None
    spans: tuple[Span, ...] = ()
    evidence: Given | None = None


Score = Callable[[str, Where, Evidence], float]
"""Anything that gives a text a score in [0, 1]."""
_NOTHING: Final = Evidence()


class RuleTrial(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule of a policy would have done."""

    rule: str
    fired: int
    on_labelled: int
    """How many of those texts are labelled 1."""
    on_harmless: int
    categories: dict[str, int]
    """Texts it fired on that are harmless or have no label, by category: to look at for false
    positives."""


def read_samples(paths: Iterable[Path], evidence: Given | None = None) -> Iterator[Sample]:
    """The rows of JSON Lines files, compressed (`.gz`) or not; `evidence` is that of rows which
    have none. Raises ConfigError."""
    count = 0
    for path in paths:
        try:
            lines = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
            with lines:
                for number, line in enumerate(lines, 1):
                    if not line.strip():
                        continue
                    sample = _sample(line, f"{path}:{number}")
                    yield sample if sample.evidence else replace(sample, evidence=evidence)
                    count += 1
                    if count >= MAX_ROWS:
                        return
        except (OSError, EOFError) as error:
            raise ConfigError(f"{path} cannot be read: {error}.") from None


def read_evidence(path: Path) -> Given:
    """What is known beside the texts, from a JSON file; raises ConfigError."""
    try:
        with path.open("rb") as file:
            said = file.read(_EVIDENCE_BYTES + 1)
        if len(said) > _EVIDENCE_BYTES:
            raise ConfigError(f"{path} is larger than {_EVIDENCE_BYTES >> 20} MiB.")
        return msgspec.json.decode(said, type=Given)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None
    except msgspec.DecodeError as error:
        raise ConfigError(f"{path} is no evidence: {error}.") from None


def _sample(line: bytes, where: str) -> Sample:
    try:
        return msgspec.json.decode(line, type=Sample)
    except msgspec.DecodeError as error:
        raise ConfigError(f"{where} is no text with a label of 0 or 1: {error}.") from None


def scorer(detector: Detector, canonical: Canonicalizer) -> Score:
    """A detector with everything it needs, views included."""

    def score(text: str, where: Where, evidence: Evidence) -> float:
        views = canonical.views(text)
        subject = Subject(text=text, where=where, views=views, evidence=evidence, shared={})
        return detector.detect(subject).score

    return score


def spans_found(
    detector: Detector, canonical: Canonicalizer, samples: Iterable[Sample], threshold: float
) -> dict[str, tuple[int, int]]:
    """How many spans of each type a finding overlaps, and how many there are."""
    counts: dict[str, tuple[int, int]] = {}
    for sample in samples:
        if not sample.spans:
            continue
        subject = Subject(
            text=sample.text, where=sample.where or "input", views=canonical.views(sample.text),
            evidence=sample.evidence or _NOTHING,
        )  # fmt: skip
        found = [f for f in detector.detect(subject).findings if f.score >= threshold]
        for span in sample.spans:
            hit = any(f.start < span.end and span.start < f.end for f in found)
            seen, total = counts.get(span.type, (0, 0))
            counts[span.type] = (seen + hit, total + 1)
    return dict(sorted(counts.items()))


def measure(
    score: Score, samples: Sequence[Sample], *, where: Where, threshold: float
) -> dict[str, Figures]:
    """Figures for all samples (`all`) and by source, each source against all harmless ones.

    Raises ConfigError where a label is missing, or there are no samples.
    """
    labels = [sample.label for sample in samples if sample.label is not None]
    if not labels or len(labels) < len(samples):
        raise ConfigError(
            f"{len(samples) - len(labels)} of {len(samples)} texts have no label: to measure, each "
            "needs `label`, 1 for what should be found and 0 for the others."
        )
    scores: list[float] = []
    cpu_ms: list[float] = []
    for sample in samples:
        started = time.thread_time_ns()
        scores.append(score(sample.text, sample.where or where, sample.evidence or _NOTHING))
        cpu_ms.append((time.thread_time_ns() - started) / 1e6)
    found = {"all": judge(scores, labels, cpu_ms, threshold=threshold)}
    for name in sorted({_group(sample) for sample in samples}):
        mine = [at for at, sample in enumerate(samples) if _group(sample) == name]
        harmless = [at for at, label in enumerate(labels) if not label]
        has_positives = any(labels[at] for at in mine)
        rows = sorted({*mine, *harmless}) if has_positives else mine
        found[name] = judge(
            [scores[at] for at in rows], [labels[at] for at in rows],
            [cpu_ms[at] for at in mine], threshold=threshold,
        )  # fmt: skip
    return found


def _group(sample: Sample) -> str:
    """Attacks by source, harmless texts by category: where false positives come from."""
    if sample.label:
        return sample.source or sample.category or "labelled"
    return sample.category or sample.source or "harmless"


def try_policy(
    guard: Guard, policy: Policy, samples: Iterable[Sample], *, where: Where
) -> tuple[int, list[RuleTrial], dict[str, int]]:
    """How many texts, what each rule did (shadow or not), and how often each action came out.
    Raises ConfigError where there are none."""
    fired: dict[str, list[Sample]] = {rule.name: [] for rule in policy.rules}
    actions: dict[str, int] = {}
    total = 0
    for sample in samples:
        total += 1
        known = sample.evidence or _NOTHING
        passage = Passage(text=sample.text, where=sample.where or where, evidence=known)
        verdict = guard.evaluate([passage], policy)
        actions[verdict.action] = actions.get(verdict.action, 0) + 1
        for hit in verdict.fired:
            fired[hit.rule].append(sample)
    if not total:
        raise ConfigError("There are no texts to try it on.")
    return total, [_rule_trial(name, hits) for name, hits in fired.items()], actions


def _rule_trial(name: str, hits: Sequence[Sample]) -> RuleTrial:
    categories: dict[str, int] = {}
    for sample in hits:
        if sample.label != 1:
            key = sample.category or sample.source or "-"
            categories[key] = categories.get(key, 0) + 1
    ordered: Mapping[str, int] = dict(sorted(categories.items(), key=lambda one: -one[1]))
    return RuleTrial(
        rule=name, fired=len(hits), on_labelled=sum(one.label == 1 for one in hits),
        on_harmless=sum(one.label == 0 for one in hits), categories=dict(ordered),
    )  # fmt: skip
