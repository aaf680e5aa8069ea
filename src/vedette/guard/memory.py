"""Texts that were looked at before, and what was seen.

A client sends its whole conversation with every turn, and the same instructions with every call:
what was looked at once need not be looked at again. A text is remembered with the place where it
stood, and what each detector saw in it, beside the same of what else it reads (`Detector.reads`),
as long as there was no model to ask. So an
answer is looked at when it is given, and known when it comes back in the conversation. What is
remembered is bounded, and never leaves the process.
"""

from itertools import count
from typing import Any, Final

import msgspec

from vedette.guard.canonical import Canonicalizer
from vedette.guard.prepared import told_beside
from vedette.model.policy import Where
from vedette.ports.detector import Detection, Evidence, Subject

REMEMBERED_CHARS: Final = 400_000
"""Of all readings of all texts together."""
_MOST_BESIDES: Final = 32
_LONGEST: Final = REMEMBERED_CHARS // 8


class Look(msgspec.Struct, frozen=True):
    """What a detector said of one passage; with `bypass`, why it could not be asked."""

    detection: Detection
    bypass: str = ""


class Known(msgspec.Struct, frozen=True):
    """A text and what was seen in it by itself."""

    subject: Subject
    """Without evidence."""
    looks: dict[tuple[int, int], Look] = {}
    """By the `id` of the detector, which lives as long as the memory, and `Memory.beside`."""
    quiet: dict[tuple[int, int], dict[str, float]] = {}
    """Scores by detector under policies none of whose rules fires here; by the number of the policy
    and `Memory.beside`."""
    lasts: bool = True
    """Whether `looks` may be used again for the same text."""


class Memory:
    """Two halves: what was not asked for while the newer one filled up is forgotten.

    Safe to use from several threads: at worst a text is looked at twice.
    """

    def __init__(self, canonical: Canonicalizer) -> None:
        self._canonical = canonical
        self._newer: dict[tuple[str, Where], Known] = {}
        self._older: dict[tuple[str, Where], Known] = {}
        self._chars = 0
        self._besides: dict[tuple[Any, ...], int] = {}
        self._numbers = count(1)

    def beside(self, evidence: Evidence, reads: frozenset[str] | None) -> int | None:
        """A number for what is known beside a text and read: 0 where there is nothing of it, None
        where what is seen must not be used again. Instructions are the same in call after call; a
        number that is forgotten is given to nothing else."""
        if reads is None:
            return None
        if not reads or not (told := told_beside(evidence, reads)):
            return 0
        try:
            number = self._besides.get(told)
        except TypeError:
            return None
        if number is None:
            if len(self._besides) >= _MOST_BESIDES:
                self._besides.clear()
            number = self._besides[told] = next(self._numbers)
        return number

    def known(self, text: str, where: Where, *, is_part: bool = False) -> Known:
        """A text with its views, and what was seen in it before; a part is not remembered.

        Half of a surrogate pair, which no encoding has, is read `?`: that keeps every place where
        it is.
        """
        known = self.recall(text, where)
        if known is None:
            text = _readable(text)
            views = self._canonical.views(text)
            subject = Subject(text=text, where=where, views=views, shared={})
            lasts = not is_part and _size(subject) <= _LONGEST
            known = Known(subject=subject, looks={}, quiet={}, lasts=lasts)
            if lasts:
                self._add(known)
        return known

    def subject(self, text: str, where: Where, evidence: Evidence) -> Subject:
        """A text with its views, which is not remembered."""
        text = _readable(text)
        views = self._canonical.views(text)
        return Subject(text=text, where=where, views=views, evidence=evidence, shared={})

    def recall(self, text: str, where: Where) -> Known | None:
        """What is known of this text at this place, if anything is."""
        key = (text if text.isascii() else _readable(text), where)
        known = self._newer.get(key)
        if known is None:
            known = self._older.pop(key, None)
            if known is not None:
                self._add(known)
        return known

    def _add(self, known: Known) -> None:
        self._chars += _size(known.subject)
        if self._chars > REMEMBERED_CHARS // 2:
            self._older, self._newer = self._newer, {}
            self._chars = _size(known.subject)
        self._newer[known.subject.text, known.subject.where] = known


def _readable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _size(subject: Subject) -> int:
    return sum(len(view.text) for view in subject.views)
