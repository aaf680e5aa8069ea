"""Where two answers meet: what of the second one the client has not read yet.

A stream broke off and another model goes on (`Continued`) or answers anew (`Restarted`). Both hold
the beginning of what comes back until it is clear how it joins what was delivered.

How a continuation begins, seen in practice:

* exactly where the text stopped, in the middle of a word or with the blank before the next one;
* with the last words once more, since it was told to, or because its tokens begin there (`wor` is
  followed by `world`);
* with the whole answer from its start;
* (after an instruction rather than a prefill) with the next word, but without the blank before it:
  a message never begins with one.

A repetition counts only from the beginning of a word: `bana` + `na` is a banana. In scripts without
blanks every character begins a word, so there more of them are asked for.
"""

from typing import Protocol

_WINDOW = 160
"""Characters in which a repetition is looked for."""
_EXACT_LEAST = 3
_CJK_LEAST = 4


class Seam(Protocol):
    """Takes the text of the second answer, gives what is new of it."""

    diverged: bool
    """True where the second answer said something else than what was delivered."""

    def feed(self, text: str) -> str: ...

    def flush(self) -> str:
        """The second answer has no more text."""
        ...


class Continued:
    """The second answer goes on from the delivered one.

    `exact`: the provider was given the text as the beginning of its own answer.
    """

    def __init__(self, delivered: str, *, exact: bool) -> None:
        self.diverged = False
        self._delivered = delivered
        self._exact = exact
        self._held = ""
        self._open = False

    def feed(self, text: str) -> str:
        if self._open:
            return text
        self._held += text
        return "" if self._is_undecided() else self._decide()

    def flush(self) -> str:
        return "" if self._open else self._decide()

    def _is_undecided(self) -> bool:
        held = self._held
        if len(held) <= len(self._delivered) and self._delivered.startswith(held):
            # It may be the whole answer once more.
            return True
        tail = self._delivered[-_WINDOW:]
        if len(held) >= len(tail):
            return False
        # While some end of what was delivered begins with all that came, it may be a repetition.
        return held in tail and any(tail.startswith(held, at) for at in _word_starts(tail))

    def _decide(self) -> str:
        self._open = True
        held, self._held = self._held, ""
        repeated = overlap(self._delivered, held, exact=self._exact) if held else 0
        new = held[repeated:]
        return new if repeated or self._exact else glue(self._delivered, new) + new


class Restarted:
    """The second answer begins anew; what equals the delivered one is withheld."""

    def __init__(self, delivered: str) -> None:
        self.diverged = False
        self._delivered = delivered
        self._held = ""
        self._open = False

    def feed(self, text: str) -> str:
        if self._open:
            return text
        self._held += text
        if len(self._held) < len(self._delivered):
            return ""
        return self._decide()

    def flush(self) -> str:
        return "" if self._open else self._decide()

    def _decide(self) -> str:
        self._open = True
        held, delivered = self._held, self._delivered
        self._held = ""
        if held.startswith(delivered):
            return held[len(delivered) :]
        if delivered.startswith(held):
            # The new answer is shorter: all of it has been read.
            return ""
        self.diverged = True
        anchor = delivered[-40:]
        at = held.rfind(anchor)
        if at >= 0:
            return held[at + len(anchor) :]
        rest = held[len(delivered) :]
        # Of the word that is cut there the client would read the end only.
        blank = rest.find(" ")
        return rest[blank:] if 0 <= blank < _WINDOW else ""


def overlap(delivered: str, following: str, *, exact: bool) -> int:
    """How many characters of `following` repeat the end of `delivered`.

    Negative never; without `exact` a missing blank is the caller's business (`glue`).
    """
    if following.startswith(delivered) and _is_enough(delivered, exact=exact):
        return len(delivered)
    blanks = len(delivered) - len(delivered.rstrip())
    if blanks and (exact or following[:1].isspace()):
        # A prefill is sent without the blanks at its end: the model writes them once more.
        return _common_blanks(delivered[-blanks:], following)
    tail = delivered[-_WINDOW:]
    for start in _word_starts(tail):
        repeated = tail[start:]
        if following.startswith(repeated) and _is_enough(repeated, exact=exact):
            return len(repeated)
        bare = repeated.rstrip()
        if bare != repeated and following == bare:
            return len(bare)
    return 0


def glue(delivered: str, following: str) -> str:
    """The blank that is missing between two words, where the second is a message of its own."""
    if not delivered or not following:
        return ""
    last, first = delivered[-1], following[0]
    if _is_cjk(last) or _is_cjk(first):
        return ""
    ends_word = last.isalnum() or last in ",.;:!?)]}\"'"
    return " " if ends_word and (first.isalnum() or first in "([{\"'") else ""


def _is_enough(repeated: str, *, exact: bool) -> bool:
    bare = repeated.strip()
    if not bare:
        return False
    if any(map(_is_cjk, bare)):
        return len(bare) >= _CJK_LEAST
    return len(bare) >= _EXACT_LEAST if exact else True


def _word_starts(text: str) -> list[int]:
    """Where words begin, the first one first: a longer repetition is preferred."""
    return [
        at
        for at, character in enumerate(text)
        if not character.isspace()
        and (at == 0 or text[at - 1].isspace() or _is_cjk(character) or not text[at - 1].isalnum())
        and (character.isalnum() or at == 0 or not text[at - 1].isalnum())
    ]


def _common_blanks(written: str, following: str) -> int:
    count = 0
    for one, other in zip(written, following, strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_cjk(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"
