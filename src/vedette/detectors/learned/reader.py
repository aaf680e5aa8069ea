"""One look at a text for all detectors that share features: scores of heads, phrases, places."""

import re
from collections.abc import Sequence
from functools import cache, cached_property
from typing import Final

import msgspec

from vedette.detectors.learned.attack import (
    ASKED_FROM,
    CALM,
    LONG_CHARS,
    document_features,
    long_features,
    long_name,
    meta_features,
    plain_features,
    read_heads,
    share_of,
)
from vedette.detectors.learned.features import extract
from vedette.detectors.learned.harms import HARMS, HarmModel
from vedette.detectors.learned.linear import BLOCK_CHARS, WINDOW_BLOCKS, LinearModel, Scores
from vedette.detectors.learned.meanings import Floats, MeaningModel
from vedette.detectors.learned.phrases import Phrase, PhraseRules
from vedette.detectors.learned.second_look import Sentence, sentences_near
from vedette.detectors.learned.senses import HEADS as ATTACKS
from vedette.detectors.learned.senses import SenseModel, added
from vedette.detectors.learned.vocabulary import Rows
from vedette.ports.detector import Subject, View

_WORD: Final = re.compile(r"\S+")
_KEY: Final = "learned"
PIECE_CHARS: Final = 16_384
OVERLAP_CHARS: Final = 512
MAX_PIECES: Final = 64
"""A million characters; what comes later is not looked at."""
_IN_PLACE: Final = frozenset({"leet", "spaced"})


class Models(msgspec.Struct, frozen=True):
    """What reads a piece."""

    ngrams: LinearModel
    senses: SenseModel
    harms: HarmModel
    meanings: MeaningModel
    """Of the heads in `ATTACKS`."""
    harm_meanings: MeaningModel
    """Of abuse and harm."""


class Piece:
    """A part of a view of at most `PIECE_CHARS`, with what was made of it."""

    def __init__(self, text: str, start: int, models: Models) -> None:
        self.text = text
        self.start = start
        """Where it begins in the text of the view."""
        features = extract(text)
        self.length = features.length
        self.scores = models.ngrams.score(features)
        self._features = features.places()
        self._models = models
        self._sentences: dict[Sentence, Piece] = {}

    @cached_property
    def attack(self) -> Scores:
        """The scores with what senses add; made when a head first asks."""
        return added(self.scores, self._models.senses.score(self.text, self._features))

    @cached_property
    def _words(self) -> Rows:
        return self._models.meanings.vocabulary.numbers(self.text)

    @cached_property
    def _meanings(self) -> Floats:
        return self._models.meanings.score_words(self._words)

    @cached_property
    def _harm_meanings(self) -> Floats:
        return self._models.harm_meanings.score_words(self._words)

    def meaning(self, name: str) -> float:
        """What the network over the meanings of words says for a head."""
        if name in HARMS:
            return float(self._harm_meanings[HARMS.index(name)])
        return float(self._meanings[ATTACKS.index(name)])

    @cached_property
    def harm(self) -> Scores:
        """The same for the heads of abuse and harm."""
        return self._models.harms.score(self.scores, self.text, self._features)

    def scores_for(self, name: str) -> Scores:
        """The scores that a head is judged by."""
        return self.harm if name in HARMS else self.attack

    def near(self, window: int) -> list["Piece"]:
        """The sentences around a window, each as a piece that begins at a character of what
        features are made of; made once for all heads."""
        sentences = sentences_near(self.text, window)
        for one in sentences:
            if one not in self._sentences:
                self._sentences[one] = Piece(one.text, one.start, self._models)
        return [self._sentences[one] for one in sentences]


class Look:
    """What was made of one view."""

    def __init__(self, view: View, pieces: tuple[Piece, ...], rules: PhraseRules) -> None:
        self.view = view
        self.pieces = pieces
        self._rules = rules
        self.length = sum(piece.length for piece in pieces)
        """Characters of all pieces."""

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Found when a head first asks: of an answer none does."""
        return self._rules.hits(self.view.text)


class Reader:
    """The model, its heads and the phrases; stateless."""

    def __init__(self) -> None:
        self._model = LinearModel.read("attack")
        self._heads = read_heads()
        words = MeaningModel.read()
        self._models = Models(
            self._model,
            SenseModel.read(),
            HarmModel(self._model, self._heads, SenseModel.read("harms")),
            words,
            words.beside("harm_meanings"),
        )
        self._rules = PhraseRules.read()

    def looks(self, subject: Subject) -> list[Look]:
        """A look at every folded view, made once for each subject."""
        found: list[Look] | None = subject.shared.get(_KEY)
        if found is None:
            found = subject.shared[_KEY] = [self._look(view) for view in readings(subject)]
        return found

    def score(self, name: str, look: Look) -> float:
        """The score of a head for one view, in [0, 1]: that of its worst piece."""
        return max(self._piece_score(name, look, piece) for piece in look.pieces)

    def document_score(self, look: Look) -> float:
        """How likely a document holds an order that is not part of it."""
        head = self._heads["document"]
        return max(
            head.score(document_features(piece.text, self._model, self._rules))
            for piece in look.pieces
        )

    def worst_window(self, name: str, look: Look) -> tuple[int, int]:
        """The range of the original text that the head likes least: a sentence of a long text that
        was looked at twice, else a window; the whole of a short one."""
        head = self._model.heads.index(name)
        piece = max(look.pieces, key=lambda one: float(one.scores_for(name).windows[:, head].max()))
        windows = piece.scores_for(name).windows[:, head]
        if len(windows) < 2 and len(look.pieces) < 2:
            return look.view.origin(0, len(look.view.text)) if look.view.text else (0, 0)
        window = piece.scores_for(name).worst_window(head)
        start, end = window * BLOCK_CHARS, (window + WINDOW_BLOCKS) * BLOCK_CHARS
        if look.length > LONG_CHARS and long_name(name) in self._heads:
            _, sentence = self._again(name, piece, window)
            start, end = sentence.start, sentence.start + len(sentence.text.rstrip())
        first, last = _place(piece.text, start, end)
        return look.view.origin(piece.start + first, piece.start + last)

    def _piece_score(self, name: str, look: Look, piece: Piece) -> float:
        inside = [
            phrase
            for phrase in (look.phrases if name in ATTACKS else ())
            if piece.start <= phrase.start < piece.start + len(piece.text)
        ]
        if look.length <= LONG_CHARS:
            return share_of(self._short_logit(name, piece, inside))
        index, scores = self._model.heads.index(name), piece.scores_for(name)
        head, asked_from = self._heads[long_name(name)], ASKED_FROM[long_name(name)]
        found: Sequence[float] = ()
        margin = scores.worst(index)
        if name in ATTACKS:
            found = self._features_for(name, piece, inside)
            found = long_features(found, scores, index, look.length)
            margin = head.logit(found)
        if margin < asked_from:
            return head.score([*found, CALM])
        again, _ = self._again(name, piece, scores.worst_window(index))
        return head.score([*found, again])

    def _again(self, name: str, piece: Piece, window: int) -> tuple[float, Piece]:
        """The worst sentence around a window, and its logit as a short text."""
        judged = [
            (
                self._short_logit(name, one, self._rules.hits(one.text) if name in ATTACKS else ()),
                one,
            )
            for one in piece.near(window)
        ]
        return max(judged, key=lambda one: one[0])

    def _short_logit(self, name: str, piece: Piece, phrases: Sequence[Phrase]) -> float:
        head, found = self._heads[name], self._features_for(name, piece, phrases)
        if name not in ASKED_FROM:
            return head.logit(found)
        meaning = piece.meaning(name) if head.logit(found) >= ASKED_FROM[name] else CALM
        return head.logit([*found, meaning])

    def _features_for(self, name: str, piece: Piece, phrases: Sequence[Phrase]) -> Sequence[float]:
        """All but the meaning."""
        index = self._model.heads.index(name)
        if name not in ATTACKS:
            return plain_features(piece.scores_for(name), index)
        return [*meta_features(piece.attack, index, phrases, piece.length)]

    def _look(self, view: View) -> Look:
        pieces = []
        for start in range(0, max(1, len(view.text)), PIECE_CHARS - OVERLAP_CHARS):
            text = view.text[start : start + PIECE_CHARS]
            pieces.append(Piece(text, start, self._models))
            if start + PIECE_CHARS >= len(view.text) or len(pieces) >= MAX_PIECES:
                break
        return Look(view, tuple(pieces), self._rules)


def readings(subject: Subject) -> list[View]:
    """The folded views, without those that were only the disguise of another.

    Letters set apart or written in leet are undone in place: what is left of such a text is all in
    the other reading, and apart the letters look like an attack whatever they say.
    """
    folded = [view for view in subject.views if view.folded]
    undone = {view.depth - 1 for view in folded if view.name in _IN_PLACE}
    return [view for view in folded if view.depth not in undone] or folded[:1]


@cache
def shared_reader() -> Reader:
    """One reader for all detectors: the weights are constants and take a few megabytes."""
    return Reader()


def _place(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of the normalised text (one space before each word) in the text itself."""
    at, first, last = 1, None, 0
    for word in _WORD.finditer(text):
        if at >= end:
            break
        at += word.end() - word.start() + 1
        if at > start and first is None:
            first = word.start()
        last = word.end()
    return (first or 0), max(last, (first or 0) + 1)
