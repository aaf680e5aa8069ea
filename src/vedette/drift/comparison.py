"""Two answers beside each other: exact, structural, lexical, semantic; every component is told.

A blended score alone would hide what differs: a flipped yes has nearly the words of its contrary
(embeddings and n-grams tell them apart no better than chance), so the verdict speaks first.
"""

from typing import Literal

import msgspec

from vedette.drift.semantic import cosine
from vedette.features.answer import AnswerFeatures
from vedette.features.sketch import similarity

Method = Literal["exact", "structural", "lexical", "semantic"]
Alike = Literal["same", "similar", "different"]

_LEXICAL_SAME = 0.8
_LEXICAL_SIMILAR = 0.3
_SEMANTIC_SIMILAR = 0.75
_LENGTHS = 2.0
"""Answers whose lengths differ by more than this factor are not built alike."""
_FEW_WORDS = 6


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How alike two answers are. Scores are in [0, 1], 1 for no difference."""

    alike: Alike
    decided_by: Method
    exact: bool
    structural: float
    """Share of the components that agree."""
    components: dict[str, bool]
    """Which structural components agree."""
    lexical: float
    semantic: float | None = None
    """Cosine of the embeddings, where both have one."""


def compare(one: AnswerFeatures, other: AnswerFeatures) -> Comparison:
    """The hybrid comparison: the first method that is sure decides, all are reported."""
    semantic = cosine(one.embedding, other.embedding)
    components = structure(one, other)
    exact = bool(one.hash) and one.hash == other.hash
    lexical = similarity(one.min_hash, other.min_hash)
    alike, method = _decide(exact, components, lexical, semantic)
    return Comparison(
        alike=alike,
        decided_by=method,
        exact=exact,
        structural=sum(components.values()) / len(components),
        components=components,
        lexical=lexical,
        semantic=semantic,
    )


def structure(one: AnswerFeatures, other: AnswerFeatures) -> dict[str, bool]:
    """Which parts of the structure agree."""
    shorter, longer = sorted((one.words, other.words))
    return {
        "verdict": one.verdict_hash == other.verdict_hash or "" in (one.verdict, other.verdict),
        "refusal": one.refusal == other.refusal,
        "layout": one.layout == other.layout,
        "json": one.json == other.json,
        "language": one.language == other.language or "" in (one.language, other.language),
        "tools": one.tools == other.tools,
        "length": longer <= _LENGTHS * shorter or longer <= _FEW_WORDS,
    }


def _decide(
    exact: bool, components: dict[str, bool], lexical: float, semantic: float | None
) -> tuple[Alike, Method]:
    if exact:
        return "same", "exact"
    if not (components["verdict"] and components["refusal"] and components["tools"]):
        return "different", "structural"
    if lexical >= _LEXICAL_SAME:
        return "same", "lexical"
    if semantic is not None:
        return ("similar" if semantic >= _SEMANTIC_SIMILAR else "different"), "semantic"
    if lexical >= _LEXICAL_SIMILAR:
        return "similar", "lexical"
    is_built_alike = components["json"] and components["layout"] and components["length"]
    return ("similar" if is_built_alike else "different"), "structural"
