"""The fingerprint of a call: what was asked and what came back, as hashes, figures and sketches."""

from collections.abc import Iterable

import msgspec

from .answer import AnswerFeatures, read_answer
from .hashing import TextHasher
from .language import find_language
from .layout import Layout, read_layout
from .normalize import canonical, excerpt, normalize, skeleton
from .sketch import vocabulary

_EDGE_WORDS = 6


class PromptFeatures(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is kept of an input: enough to find the same one again, and its like."""

    hash: str = ""
    skeleton: str = ""
    """Hash of the input with numbers, quotations and addresses masked."""
    head: str = ""
    """Hash of the first six words of the skeleton."""
    tail: str = ""
    """Hash of the last six."""
    chars: int = 0
    language: str = ""
    layout: Layout = "empty"
    vocabulary: bytes = b""


class Fingerprint(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Input and answer of one call; None where there was none or it was not captured."""

    template: str = ""
    """Hash of the prompt template, where its name or text is known."""
    input: PromptFeatures | None = None
    answer: AnswerFeatures | None = None


def read_prompt(text: str, hasher: TextHasher) -> PromptFeatures:
    """The features of an input. Never raises for what stands in it; its cost has a bound."""
    masked, seen = skeleton(text), excerpt(text)
    words = masked.split()
    return PromptFeatures(
        hash=hasher.text(canonical(text)),
        skeleton=hasher.text(masked),
        head=hasher.text(" ".join(words[:_EDGE_WORDS])),
        tail=hasher.text(" ".join(words[-_EDGE_WORDS:])),
        chars=len(text),
        language=find_language(seen),
        layout=read_layout(seen, text).layout,
        vocabulary=vocabulary(hasher.words(seen)),
    )


def read_fingerprint(
    *,
    hasher: TextHasher,
    template: str | None = None,
    input: str | None = None,
    answer: str | None = None,
    tools: Iterable[str] = (),
) -> Fingerprint:
    """The fingerprint of a call from what is known of it."""
    tools = tuple(tools)
    is_answered = answer is not None or bool(tools)
    return Fingerprint(
        template=hasher.text(normalize(template)) if template else "",
        input=None if input is None else read_prompt(input, hasher),
        answer=read_answer(answer or "", hasher, tools=tools) if is_answered else None,
    )
