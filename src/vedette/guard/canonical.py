"""Decode before you look: the readings of a text that detectors see.

A text is read as it is (`plain`) and folded (see folding.py). Whatever looks encoded in it is
decoded and read in the same two ways, and again, down to `max_depth`: base64 in a leet text in
tag characters. The cost is bounded: at most `max_views` decodings, and at most `max_chars` decoded
characters; beyond that a text is simply not decoded further. A decoding is a guess: a detector
must find something in what it gives, the mere presence of base64 means nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import re2

from vedette.guard import ciphers
from vedette.guard.blocks import DECODERS, decode_blocks
from vedette.guard.disguises import (
    APART_SIGN,
    ESCAPE_SIGN,
    LEET_SIGN,
    invisible,
    set_together,
    unescaped,
    without_leet,
)
from vedette.guard.folding import Folded, fold
from vedette.ports.detector import View

MAX_CIPHER_CHARS: Final = 20_000
"""Letter ciphers are looked for in the beginning of a text only."""

_BLOCKS: Final = 8
"""Blocks decoded by one decoder in one view."""
_MATCHER_BYTES: Final = 64 << 20
_SIGNS: Final = (APART_SIGN, ESCAPE_SIGN, LEET_SIGN, *ciphers.SIGNS)
_APART, _ESCAPED, _LEET, *_CIPHERS = range(len(_SIGNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class CanonicalSettings:
    """How far decoding goes."""

    max_depth: int = 3
    max_views: int = 24
    max_chars: int = 65_536


class Canonicalizer:
    """Makes the views of texts; stateless but for compiled patterns.

    One pass over a text says which decoders may find something: ordinary prose costs that pass.
    """

    def __init__(self, settings: CanonicalSettings = CanonicalSettings()) -> None:
        self._settings = settings
        options = re2.Options()
        options.max_mem = _MATCHER_BYTES
        self._signs = re2.Set.SearchSet(options)
        for pattern in (*_SIGNS, *(pattern for _, pattern, _ in DECODERS)):
            self._signs.Add(pattern)
        self._signs.Compile()

    def views(self, text: str) -> tuple[View, ...]:
        """The text, its folded reading, then what was decoded, each with its folded reading."""
        found = [View(name="plain", text=text)]
        found.append(_folded(found[0]))
        seen = {text, found[1].text}
        left = self._settings.max_chars
        waiting = [(found[0], found[1])]
        while waiting:
            exact, folded = waiting.pop(0)
            if exact.depth >= self._settings.max_depth:
                continue
            for view in self._undo(exact, folded):
                left -= len(view.text)
                if left < 0 or len(found) >= 2 * self._settings.max_views:
                    return tuple(found)
                if view.text in seen or not view.text.strip():
                    continue
                reading = _folded(view)
                seen |= {view.text, reading.text}
                found += view, reading
                waiting.append((view, reading))
        return tuple(found)

    def _undo(self, exact: View, folded: View) -> Iterator[View]:
        """The decodings of one view, as views of the original text."""
        text = exact.text
        signs = set(self._signs.Match(text) or ())
        if not text.isascii():
            signs.update(self._signs.Match(folded.text) or ())
            for start, end, plain in invisible(text):
                yield _block(exact, "invisible", (start, end), plain)
        if not signs:
            return
        yield from self._disguises(exact, folded, signs)
        for index in sorted(signs):
            if index >= len(_SIGNS):
                name, _, _ = DECODERS[index - len(_SIGNS)]
                for start, end, plain in decode_blocks(text, index - len(_SIGNS), limit=_BLOCKS):
                    yield _block(exact, name, (start, end), plain)
        if not signs.isdisjoint(_CIPHERS):
            for name, start, end, plain in ciphers.hidden(folded.text[:MAX_CIPHER_CHARS]):
                yield _block(folded, name, (start, end), plain)

    @staticmethod
    def _disguises(exact: View, folded: View, signs: set[int]) -> Iterator[View]:
        text = exact.text
        if _APART in signs and (together := set_together(text)):
            yield _derived(exact, "spaced", together)
        if _ESCAPED in signs and (meant := unescaped(text)):
            yield _derived(exact, "escaped", meant)
        if _LEET in signs and (read := without_leet(folded.text)):
            yield _derived(folded, "leet", read)


def _folded(view: View) -> View:
    reading = fold(view.text)
    return _derived(view, view.name, reading, folded=True, depth=view.depth)


def _block(parent: View, name: str, at: tuple[int, int], plain: str) -> View:
    return View(name=name, text=plain, whole=parent.origin(*at), depth=parent.depth + 1)


def _derived(
    parent: View, name: str, undone: Folded, *, folded: bool = False, depth: int | None = None
) -> View:
    """`undone` was made from the text of `parent`: compose the two ways back."""
    depth = parent.depth + 1 if depth is None else depth
    starts, ends = undone.starts, undone.ends
    if starts is None or ends is None:
        starts, ends = parent.starts, parent.ends
    elif parent.starts is not None and parent.ends is not None:
        starts = [parent.starts[index] for index in starts]
        ends = [parent.ends[index - 1] for index in ends]
    return View(
        name=name, text=undone.text, starts=starts, ends=ends, whole=parent.whole, depth=depth,
        folded=folded,
    )  # fmt: skip
