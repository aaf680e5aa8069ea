"""Long harmless texts, and texts of attacks, abuse and harm that stand somewhere in them.

Of such texts all learn what a passage of a document looks like, alone and with something in it
(`passages`, `amid`), from one half of the pieces and from templates.

A long text has many windows, and the worst of many lies higher than that of one: what is a finding
in a short text need not be one in a long one. So long texts have regressions of their own
(`<head>_long` in `heads.json`) over what the regression of short texts says of the sentences there,
fitted on texts that no head or network has learned from: pieces of what every interpreter brings
(prose, news, code), and harmless texts of a source that was left out, one behind the other; and on
both with attacks of a source that was left out at their beginning, in their middle or at their end.
"""

import pydoc_data.topics
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guard_training.phrases import Grammar, book
from guard_training.samples import Row, insert
from vedette.detectors.learned.attack import LONG_CHARS, Head

Floats64 = NDArray[np.float64]
SHORTEST, LONGEST = LONG_CHARS + 300, 4_000
MOST_INSERTED = 800
"""Characters of a text that is put into another."""
_CODE_FILES = 260
_NEWS = ("idlelib/NEWS.txt", "idlelib/NEWS2x.txt", "idlelib/HISTORY.txt", "idlelib/README.txt",
         "idlelib/TODO.txt", "LICENSE.txt")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LongMeta:
    """What a head says of a long text: the meta features of the whole, and those of each sentence
    around its worst window as a short text."""

    whole: Sequence[float]
    sentences: list[Floats64]

    def features(self, head: Head) -> Floats64:
        """With what a regression for short texts says of the worst sentence."""
        return np.array([*self.whole, max(map(head.logit, self.sentences))])


def from_interpreter() -> list[Row]:
    """Pieces of the documentation, the news and the code of Python, well mixed: of which nothing
    is learned."""
    return _all_pieces()[::2]


def _all_pieces(seed: int = 71) -> list[Row]:
    rng = np.random.default_rng(seed)
    folder = Path(sysconfig.get_path("stdlib"))
    topics = "\n\n".join(text for _, text in sorted(pydoc_data.topics.topics.items()))
    pieces = [("prose", part) for part in _pieces(topics, rng)]
    for name in _NEWS:
        if (folder / name).exists():
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
            pieces += [("news", part) for part in _pieces(text, rng)]
    files = sorted(path for path in folder.glob("*.py") if path.stat().st_size > 2 * LONGEST)
    for path in files[:_CODE_FILES]:
        parts = _pieces(path.read_text(encoding="utf-8", errors="replace"), rng)
        pieces += [("code", part) for part in parts[:: max(1, len(parts) // 3)]]
    order = rng.permutation(len(pieces))
    return [
        Row(text, 0, "long", kind, f"long_{kind}") for kind, text in map(pieces.__getitem__, order)
    ]


def passages(seed: int = 81) -> list[Row]:
    """Short harmless parts of documents, to learn from: of the other half of what the interpreter
    brings, and of reports, minutes, contracts and notes for technicians."""
    rng = np.random.default_rng(seed)
    grammar = Grammar(book("benign").rules, seed)
    found = []
    for rule, count in (("report", 1_500), ("minutes", 500), ("clauses", 500), ("technical", 900)):
        sentences = list(grammar.of_rule(rule, count))
        for index in range(len(sentences)):
            chosen = rng.choice(sentences, 1 + index % 4, replace=False)
            found.append(Row(" ".join(chosen), 0, "benign", "written", "written_passage"))
    for piece in _all_pieces()[1::2]:
        for _ in range(2):
            at, size = int(rng.integers(0, len(piece.text) - 200)), int(rng.integers(120, 420))
            part = piece.text[at : at + size].strip()
            found.append(Row(part, 0, "benign", "written", "written_passage"))
    return found


def amid(rows: Sequence[Row], use: Sequence[int], seed: int) -> list[tuple[int, Row]]:
    """These of the rows, each between two passages, with its number."""
    rng = np.random.default_rng(seed)
    texts = [row.text for row in passages()]
    found = []
    for index in use:
        row = rows[index]
        before, behind = (texts[int(rng.integers(len(texts)))] for _ in range(2))
        joint = ("\n", " ")[int(rng.integers(2))]
        parts = [
            before[-int(rng.integers(1, 200)) :],
            row.text,
            behind[: int(rng.integers(1, 200))],
        ]
        text = joint.join(parts[int(rng.integers(2)) :][: int(rng.integers(2, 4))])
        found.append((index, Row(text, row.label, row.kind, row.group, row.category)))
    return found


def short_ones(rows: Sequence[Row], label: int, count: int, seed: int) -> list[int]:
    """Numbers of so many rows that are short enough to stand between passages."""
    rng = np.random.default_rng(seed)
    short = [at for at, row in enumerate(rows) if row.label == label and len(row.text) <= 400]
    return sorted(rng.permutation(short)[:count].tolist())


def joined(texts: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """So many long texts, each of several short ones in paragraphs or lines."""
    rng = np.random.default_rng(seed)
    for index in range(count if texts else 0):
        size, parts = int(rng.integers(SHORTEST, LONGEST)), list[str]()
        while sum(map(len, parts)) < size:
            parts.append(texts[int(rng.integers(len(texts)))][:LONGEST])
        yield ("\n\n", "\n", " ")[index % 3].join(parts)[: LONGEST + MOST_INSERTED]


def around(hosts: Sequence[Row], rows: Sequence[Row], count: int, seed: int) -> Iterator[Row]:
    """Of the rows that are short enough so many, each in a host; the place goes round."""
    rng = np.random.default_rng(seed)
    short = [row for row in rows if len(row.text) <= MOST_INSERTED]
    chosen = rng.permutation(len(short))[:count] if hosts else ()
    for index, at in enumerate(chosen):
        row, host = short[at], hosts[int(rng.integers(len(hosts)))]
        text = insert(host.text, row.text, index)
        yield Row(text, row.label, row.kind, row.group, f"long_{row.category}")


def of_source(
    hosts: Sequence[Row], rows: Sequence[Row], seed: int, *, count: int = 200
) -> Iterator[Row]:
    """Long texts for rows that were left out: the hosts, harmless ones joined, attacks in both."""
    harmless = [row for row in rows if not row.label]
    name = harmless[0].group if harmless else ""
    own = [
        Row(text, 0, "long", name, f"long_{name}")
        for text in joined([row.text for row in harmless], count // 2, seed)
    ]
    yield from hosts
    yield from own
    yield from around([*hosts, *own], [row for row in rows if row.label], count, seed)
    yield from (row for row in rows if len(row.text) > LONG_CHARS)


def _pieces(text: str, rng: np.random.Generator) -> list[str]:
    """A text in pieces of some thousand characters, cut at lines."""
    found: list[str] = []
    at = 0
    while at < len(text):
        end = at + int(rng.integers(SHORTEST, LONGEST))
        cut = text.rfind("\n", at + SHORTEST, end)
        cut = cut if cut > 0 else end
        if len(part := text[at:cut].strip("\n")) > LONG_CHARS:
            found.append(part)
        at = cut
    return found
