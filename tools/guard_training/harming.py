"""The heads `toxicity` and `harmful`: n-grams, and beside them what words do in abuse and harm.

Both learn from recorded texts and from families of templates (`abuse.yaml`, `harm.yaml`). Each text
is learned twice, the second time by the senses of its words alone: so these say something of texts
in words and languages whose n-grams nobody has seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from guard_training import fitting, judging, meaning
from guard_training.fitting import Floats
from guard_training.longs import LongMeta, amid, from_interpreter, of_source, passages, short_ones
from guard_training.meaning import Words
from guard_training.phrases import Grammar, book
from guard_training.samples import Row, answers, recorded, written
from guard_training.sensing import Senses
from vedette.detectors.learned.attack import (
    ASKED_FROM,
    Head,
    long_name,
    plain_features,
)  # fmt: skip
from vedette.detectors.learned.features import SIZE, extract
from vedette.detectors.learned.harms import HARMS
from vedette.detectors.learned.linear import LinearModel, Scores
from vedette.detectors.learned.meanings import MeaningModel
from vedette.detectors.learned.second_look import sentences_near
from vedette.detectors.learned.senses import SenseModel, added
from vedette.detectors.learned.vocabulary import Rows
from vedette.guard.folding import fold

ALONE = 0.35
"""How much a text counts that is learned by its senses alone."""
CAP = 6_000
PARTS = 4
STEPS = {"toxicity": 32, "harmful": 45}
"""Requests for harm are made of harmless words: to learn them takes longer."""
FALSE_POSITIVES = 0.01
"""Of recorded harmless texts."""
LONG_FALSE_POSITIVES = {"toxicity_long": 0.03, "harmful_long": 0.05}
"""Of long harmless texts, of which most are recorded ones joined: harder than long texts are."""
HARD_ONES = 0.05
"""Of harmless texts of families that the head has not seen, which use the very words of harm."""
LONG_ONES = 400
"""Texts of each part that are put into long ones, for each head."""
Floats64 = NDArray[np.float64]
Long = dict[str, tuple[list[Row], list[LongMeta]]]
"""Long texts by head, and their meta features from heads that have not seen what is in them."""
_VOWEL = re.compile("[aeiou]")
_LEET = str.maketrans("aios", "@10$")
_BOOKS = {"toxicity": "abuse", "harmful": "harm"}
_RECORDED = {"toxicity": "toxic", "harmful": "harmful"}


@dataclass(frozen=True, slots=True)
class Harms:
    """What the two heads learn from."""

    rows: list[Row]
    origins: NDArray[np.int64]
    """The number of the row whose text stands in a row: mostly its own."""
    targets: Floats
    """Whether a text is abuse, and whether it is harm; not a number where it is not known."""
    ngrams: sparse.csr_matrix
    senses: Senses
    sensed: sparse.csr_matrix
    words: Words
    numbers: list[Rows]

    @classmethod
    def read(cls, folder: Path) -> "Harms":
        """The recorded texts and those of the templates."""
        rows = list({row.text: row for name in HARMS for row in texts_for(folder, name)}.values())
        use = [*short_ones(rows, 1, 6_000, 94), *short_ones(rows, 0, 3_000, 95)]
        inside = amid(rows, use, 96)
        origins = np.array([*range(len(rows)), *(index for index, _ in inside)])
        rows += [row for _, row in inside]
        texts, senses, words = [row.text for row in rows], Senses("harms"), Words()
        return cls(
            rows, origins, np.array([*map(_target, rows)], np.float32), fitting.matrix(texts),
            senses, senses.matrix(texts), words, words.numbers(texts),
        )  # fmt: skip

    def chosen(self, name: str, use: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of these rows that teach a head."""
        return use[~np.isnan(self.targets[use, HARMS.index(name)])]

    @property
    def own(self) -> NDArray[np.int64]:
        """The rows with nothing around their text."""
        return np.flatnonzero(self.origins == np.arange(len(self.rows)))

    def fit(self, name: str, use: NDArray[np.int64]) -> tuple[Floats, Floats, float]:
        """Slopes of the n-grams and of the senses, and the bias, learned from some rows."""
        use = self.chosen(name, use)
        labels = np.array([self.rows[index].label for index in use])
        weights = fitting.balanced([self.rows[index] for index in use], labels, cap=CAP)
        sensed = self.sensed[use]
        nothing = sparse.csr_matrix((len(use), SIZE), dtype=np.float32)
        both = sparse.vstack([
            sparse.hstack([self.ngrams[use], sensed]), sparse.hstack([nothing, sensed])
        ]).tocsr().astype(np.float32)  # fmt: skip
        slope, bias = fitting.fit(
            both, np.tile(labels, 2), np.concatenate((weights, weights * np.float32(ALONE))),
            steps=STEPS[name],
        )  # fmt: skip
        return slope[:SIZE], slope[SIZE:], bias

    def network(self, use: NDArray[np.int64]) -> MeaningModel:
        """The network over meanings that has seen these rows."""
        return self.words.model(meaning.fit(self.words, self.rows, self.numbers, self.targets, use))

    def check(self) -> dict[str, object]:
        """The regressions of both heads over n-grams with senses and over meanings, by heads that
        had seen nothing of a text's kind; a text becomes a finding where a score is above 0.

        Families of templates and languages leave as a whole, a third of them at a time, and then
        the sources of harm; of tweets and of recorded harmless texts, each time a fourth.
        """
        plain, meant, long = self.left_out()
        found: dict[str, object] = {}
        for at, name in enumerate(HARMS):
            use = self.chosen(name, self.own)
            rows = [_by_family(self.rows[index]) for index in use]
            head = final(name, rows, np.stack((plain[use, at], meant[use, at]), axis=1))
            rows, meta = long[name]
            every = np.array([one.features(head) for one in meta])
            for title, one in (
                (name, head),
                (long_name(name), final(long_name(name), rows, every)),
            ):
                found[title] = {"slope": [*one.slope], "bias": one.bias}
        return found

    def left_out(self) -> tuple[Floats64, Floats64, "Long"]:
        """The scores of all rows by heads and by networks that have not seen what leaves with
        them, and what they say of long texts with such rows in them."""
        plain = np.zeros((len(self.rows), len(HARMS)))
        meant, parts = plain.copy(), parts_of(self.rows)[self.origins]
        long: Long = {name: ([], []) for name in HARMS}
        hosts = from_interpreter()
        for part in range(PARTS):
            train, test = np.flatnonzero(parts != part), self.own[parts[self.own] == part]
            fits = [self.fit(name, train) for name in HARMS]
            for at, (slope, sensed, bias) in enumerate(fits):
                plain[test, at] = self.ngrams[test] @ slope + self.sensed[test] @ sensed + bias
            network = self.network(train)
            meant[test] = [network.score_words(self.numbers[index]) for index in test]
            judge = Judge.of(fits, self.senses, network)
            for at, name in enumerate(HARMS):
                mine = [self.rows[index] for index in self.chosen(name, test)]
                mine = [row for row in mine if row.label or row.group != "written"]
                for row in of_source(hosts[part::PARTS], mine, part, count=LONG_ONES):
                    long[name][0].append(_by_family(row))
                    long[name][1].append(judge.meta_of(row.text, at))
        return plain, meant, long


@dataclass(frozen=True, slots=True)
class Judge:
    """Both heads without their regressions."""

    model: LinearModel
    senses: SenseModel
    network: MeaningModel

    @classmethod
    def of(
        cls, fits: Sequence[tuple[Floats, Floats, float]], senses: Senses, network: MeaningModel
    ) -> "Judge":
        """Of the slopes over n-grams and over senses, and the biases."""
        slopes, columns, biases = zip(*fits, strict=True)
        model = LinearModel(HARMS, *fitting.quantised(slopes), np.array(biases, np.float32))
        return cls(model, senses.model([senses.column(one) for one in columns]), network)

    def meta_of(self, text: str, at: int) -> LongMeta:
        """What a head says of a long text: its regression knows nothing but the second look."""
        folded = fold(text).text
        scores = self._scores(folded)
        sentences = []
        for one in sentences_near(folded, scores.worst_window(at)):
            plain = plain_features(self._scores(one.text), at)
            sentences.append(np.array([*plain, self.network.score(one.text)[at]]))
        return LongMeta((), sentences)

    def _scores(self, folded: str) -> Scores:
        features = extract(folded)
        return added(self.model.score(features), self.senses.score(folded, features))


def final(name: str, rows: list[Row], found: Floats64) -> Head:
    """The regression of a head; the last column is what the network says."""
    labels = np.array([row.label for row in rows])
    is_long = name.endswith(long_name(""))
    last = "the second look" if is_long else "the network over meanings"
    for at, what in ((0, "n-grams and senses"), (-1, last)):
        judging.report(rows, found[:, at], f"{name}, {what}, left out", detailed=False)
    found = found if name in ASKED_FROM else found[:, :-1]
    slope, bias = fitting.small_fit(found, labels, judging.even(rows).astype(np.float32))
    scores = found @ slope + bias
    if is_long:
        cut = _cut(rows, scores, LONG_FALSE_POSITIVES[name], is_hard=False)
    else:
        cut = max(
            _cut(rows, scores, FALSE_POSITIVES, is_hard=False),
            _cut(rows, scores, HARD_ONES, is_hard=True),
        )
    scores = scores - cut
    if name in ASKED_FROM and not is_long:
        scores = judging.with_calm(scores, slope[-1], found[:, -1], ASKED_FROM[name])
    judging.report(rows, scores, f"{name}, all together, left out", cut=0.0)
    return fitting.as_head(slope, bias - cut)


def _cut(rows: list[Row], scores: NDArray[np.float64], share: float, *, is_hard: bool) -> float:
    """The score that a share of harmless texts lies above: of templates, or of all others."""
    mine = np.array([not row.label and bool(_family(row)) == is_hard for row in rows])
    return judging.cut_at(scores[mine], judging.even(rows)[mine], share)


def _target(row: Row) -> tuple[float, float]:
    """A text of the one kind says nothing of the other."""
    if not row.label:
        return 0.0, 0.0
    return (1.0, np.nan) if row.kind.startswith("toxic") else (np.nan, 1.0)


def texts_for(folder: Path, name: str) -> Iterator[Row]:
    """Harmless texts of both books, and what the head is to find."""
    yield from (row for row in written() if not row.label)
    yield from passages()
    yield from answers(folder)
    yield from recorded(folder, _RECORDED[name], "benign")
    for title in _BOOKS.values():
        yield from (row for row in of_harm(title) if not row.label)
    yield from (row for row in of_harm(_BOOKS[name]) if row.label)


def of_harm(title: str, seed: int = 61) -> Iterator[Row]:
    """The texts of a book, `abuse` or `harm`."""
    rules = book(title)
    at = [*_BOOKS.values()].index(title)
    grammar = Grammar(rules.rules, seed + at)
    for rule in rules.triggers:
        for text in disguised(grammar.of_rule(rule, 250 if _is_of_language(rule) else 700)):
            yield Row(text, 0, "benign", "written", f"{title}_{rule}")
    grammar = Grammar(rules.rules, seed + 2)
    for rule in rules.direct:
        count = 350 if _is_of_language(rule) else 1_500 if rule == "request" else 900
        for text in disguised(grammar.of_rule(rule, count)):
            yield Row(text, 1, [*_BOOKS][at], "written", f"{title}_{rule}")


def disguised(texts: Iterator[str]) -> Iterator[str]:
    """The texts, some of them written as one writes to get past a filter."""
    for index, text in enumerate(texts):
        words = text.split()
        at = max(range(len(words)), key=lambda place: len(words[place]), default=0)
        if index % 12 == 3:
            words[at] = _VOWEL.sub(lambda found: found[0] * 3, words[at], count=1 + index % 2)
        elif index % 12 == 7:
            words[at] = words[at].translate(_LEET)
        elif index % 24 == 11:
            words[at] = _VOWEL.sub("*", words[at], count=1)
        yield " ".join(words)


def parts_of(rows: list[Row]) -> NDArray[np.int64]:
    """Which texts leave together: families and languages in thirds, then the sources of harm with
    the harmless answers they have."""
    parts = np.arange(len(rows)) % PARTS
    families = sorted({_family(row) for row in rows} - {""})
    number = {family: index % (PARTS - 1) for index, family in enumerate(families)}
    for index, row in enumerate(rows):
        if family := _family(row):
            parts[index] = number[family]
        elif row.kind == "harmful":
            parts[index] = PARTS - 1
    return parts


def _family(row: Row) -> str:
    """The family of templates or the language that a text leaves with; empty if it is recorded."""
    if not row.category.startswith(("abuse_", "harm_")):
        return ""
    title, _, rule = row.category.partition("_")
    return rule[:2] if _is_of_language(rule) else f"{title}_{rule}"


def _is_of_language(rule: str) -> bool:
    return rule[2:3] == "_"


def _by_family(row: Row) -> Row:
    group = row.category if row.group == "written" else row.group
    return Row(row.text, row.label, row.kind, group, row.category)
