"""The heads `toxicity` and `harmful`: n-grams, and beside them what words do in abuse and harm.

Both learn from recorded texts and from families of templates (`abuse.yaml`, `harm.yaml`). Each text
is learned twice, the second time by the senses of its words alone: so these say something of texts
in words and languages whose n-grams nobody has seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from guard_training import fitting, judging
from guard_training.phrases import Grammar, book
from guard_training.samples import Row, answers, recorded, written
from guard_training.sensing import Senses
from vedette.detectors.learned.features import SIZE

ALONE = 0.35
"""How much a text counts that is learned by its senses alone."""
CAP = 6_000
PARTS = 4
STEPS = {"toxicity": 32, "harmful": 45}
"""Requests for harm are made of harmless words: to learn them takes longer."""
FALSE_POSITIVES = 0.01
"""Of recorded harmless texts."""
HARD_ONES = 0.05
"""Of harmless texts of families that the head has not seen, which use the very words of harm."""
_VOWEL = re.compile("[aeiou]")
_LEET = str.maketrans("aios", "@10$")
_BOOKS = {"toxicity": "abuse", "harmful": "harm"}
_RECORDED = {"toxicity": "toxic", "harmful": "harmful"}


@dataclass(frozen=True, slots=True)
class Harms:
    """What one of the two heads learns from."""

    name: str
    rows: list[Row]
    ngrams: sparse.csr_matrix
    senses: Senses
    sensed: sparse.csr_matrix

    @classmethod
    def read(cls, folder: Path, name: str) -> "Harms":
        """The recorded texts and those of the templates."""
        rows, senses = list(texts_for(folder, name)), Senses("harms")
        texts = [row.text for row in rows]
        return cls(name, rows, fitting.matrix(texts), senses, senses.matrix(texts))

    def fit(self, use: NDArray[np.int64]) -> tuple[fitting.Floats, fitting.Floats, float]:
        """Slopes of the n-grams and of the senses, and the bias, learned from some rows."""
        labels = np.array([self.rows[index].label for index in use])
        weights = fitting.balanced([self.rows[index] for index in use], labels, cap=CAP)
        sensed = self.sensed[use]
        nothing = sparse.csr_matrix((len(use), SIZE), dtype=np.float32)
        both = sparse.vstack([
            sparse.hstack([self.ngrams[use], sensed]), sparse.hstack([nothing, sensed])
        ]).tocsr().astype(np.float32)  # fmt: skip
        slope, bias = fitting.fit(
            both, np.tile(labels, 2), np.concatenate((weights, weights * np.float32(ALONE))),
            steps=STEPS[self.name],
        )  # fmt: skip
        return slope[:SIZE], slope[SIZE:], bias

    def check(self) -> float:
        """Where a text becomes a finding, by heads that had seen nothing of its kind.

        Families of templates and languages leave as a whole, a third of them at a time, and then
        the sources of harm; of tweets and of recorded harmless texts, each time a fourth.
        """
        scores = self.left_out()
        cut = max(
            self._cut(scores, FALSE_POSITIVES, is_hard=False),
            self._cut(scores, HARD_ONES, is_hard=True),
        )
        told = [_by_family(row) for row in self.rows]
        judging.report(told, scores - cut, f"{self.name}, left out", cut=0.0)
        return cut

    def left_out(self) -> NDArray[np.float64]:
        """The scores of all rows by heads that have not seen what leaves with them."""
        scores, parts = np.zeros(len(self.rows)), parts_of(self.rows)
        for part in range(PARTS):
            slope, sensed, bias = self.fit(np.flatnonzero(parts != part))
            test = np.flatnonzero(parts == part)
            scores[test] = self.ngrams[test] @ slope + self.sensed[test] @ sensed + bias
        return scores

    def _cut(self, scores: NDArray[np.float64], share: float, *, is_hard: bool) -> float:
        """The score that a share of harmless texts lies above: of templates, or of all others."""
        mine = np.array([not row.label and bool(_family(row)) == is_hard for row in self.rows])
        return judging.cut_at(scores[mine], judging.even(self.rows)[mine], share)


def texts_for(folder: Path, name: str, seed: int = 61) -> Iterator[Row]:
    """Harmless texts of both books, and what the head is to find."""
    yield from (row for row in written() if not row.label)
    yield from answers(folder)
    yield from recorded(folder, _RECORDED[name], "benign")
    for offset, title in enumerate(_BOOKS.values()):
        grammar = Grammar(book(title).rules, seed + offset)
        for rule in book(title).triggers:
            for text in disguised(grammar.of_rule(rule, 250 if _is_of_language(rule) else 700)):
                yield Row(text, 0, "benign", "written", f"{title}_{rule}")
    title = _BOOKS[name]
    grammar = Grammar(book(title).rules, seed + 2)
    for rule in book(title).direct:
        count = 350 if _is_of_language(rule) else 1_500 if rule == "request" else 900
        for text in disguised(grammar.of_rule(rule, count)):
            yield Row(text, 1, name, "written", f"{title}_{rule}")


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
