"""The features of an answer: figures and classes that say how it is, not what it says."""

import string
from collections.abc import Iterable

import msgspec

from .hashing import TextHasher
from .language import find_language
from .layout import JsonState, Layout, read_layout
from .normalize import canonical, excerpt
from .refusal import apologizes, is_refusal, plain_start, speaks_of_itself
from .sketch import min_hash, vocabulary
from .verdict import Place, Verdict, find_verdict

_EDGE_WORDS = 3
_NO_VERDICT = ("code", "json", "markup", "empty")
_MARKS = string.punctuation.encode()
_DIGITS = string.digits.encode()
_UPPER = string.ascii_uppercase.encode()
_NO_DIGITS = str.maketrans("", "", string.digits)


class AnswerFeatures(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Features of one answer. Shares are in [0, 1]; hashes are keyed and empty without a text."""

    hash: str = ""
    """Of the whole, in canonical form."""
    opening: str = ""
    """Hash of the first three words."""
    closing: str = ""
    """Hash of the last three words."""
    chars: int = 0
    words: int = 0
    lines: int = 0
    word_chars: float = 0.0
    """Mean length of a word."""
    distinct_share: float = 0.0
    """Different words of all words that were looked at."""
    digit_share: float = 0.0
    upper_share: float = 0.0
    """Capitals A to Z among the bytes."""
    mark_share: float = 0.0
    """ASCII punctuation among the bytes."""
    items: int = 0
    """List items."""
    emphases: int = 0
    """Headings and bold words."""
    fences: int = 0
    fence_first: bool = False
    layout: Layout = "empty"
    json: JsonState = ""
    language: str = ""
    refusal: bool = False
    apology: bool = False
    self_mention: bool = False
    asks_back: bool = False
    """Ends with a question."""
    verdict: str = ""
    """Class of the verdict, see `verdict.find_verdict`."""
    verdict_hash: str = ""
    verdict_place: Place = ""
    tools: tuple[str, ...] = ()
    """Names of the called tools, in order, each once (hashes where names are hidden)."""
    min_hash: bytes = b""
    vocabulary: bytes = b""
    embedding: bytes = b""
    """Sketch of its meaning, where one was made in the background."""


def read_answer(text: str, hasher: TextHasher, *, tools: Iterable[str] = ()) -> AnswerFeatures:
    """The features of an answer. Never raises for what stands in it; its cost has a bound."""
    seen = excerpt(text)
    size = len(seen) or 1
    data = seen.encode("utf-8", "replace")
    words = hasher.words(seen)
    different = set(words)
    plain_words = seen.split()
    start = plain_start(seen)
    facts = read_layout(seen, text)
    verdict = Verdict() if facts.layout in _NO_VERDICT else find_verdict(seen)
    scale = len(text) / size
    return AnswerFeatures(
        hash=hasher.text(canonical(text, plain_words if seen is text else None)),
        opening=_edge(plain_words[:_EDGE_WORDS], hasher),
        closing=_edge(plain_words[-_EDGE_WORDS:], hasher),
        chars=len(text),
        words=round(len(plain_words) * scale),
        lines=text.count("\n") + 1 if text else 0,
        word_chars=len("".join(plain_words)) / (len(plain_words) or 1),
        distinct_share=len(different) / (len(words) or 1),
        digit_share=_share(data, _DIGITS),
        upper_share=_share(data, _UPPER),
        mark_share=_share(data, _MARKS),
        items=facts.items,
        emphases=facts.headings + facts.bolds,
        fences=facts.fences,
        fence_first=facts.fence_first,
        layout=facts.layout,
        json=facts.json,
        language=find_language(seen),
        refusal=is_refusal(start),
        apology=apologizes(start),
        self_mention=speaks_of_itself(start),
        asks_back=seen.rstrip().endswith("?"),
        verdict=verdict.kind,
        verdict_hash=hasher.text(verdict.value),
        verdict_place=verdict.place,
        tools=tuple(dict.fromkeys(tools)),
        min_hash=min_hash(words),
        vocabulary=vocabulary(different),
    )


def _share(data: bytes, some: bytes) -> float:
    return 1 - len(data.translate(None, some)) / len(data) if data else 0.0


def _edge(words: list[str], hasher: TextHasher) -> str:
    return hasher.text(" ".join(words).lower().translate(_NO_DIGITS)) if words else ""
