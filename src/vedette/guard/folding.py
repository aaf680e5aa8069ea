"""Fold a text to what a reader takes it for: compatibility forms, look-alikes, nothing invisible.

NFKC alone leaves Cyrillic and Greek letters that look Latin, small capitals, circled letters and
upside-down letters; and it keeps zero-width and bidi characters. Look-alikes are folded only where
the text (or the word) is Latin otherwise: a Russian sentence stays Russian.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from typing import Final

INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Default-ignorable and bidi control characters."""
COMBINING: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Marks that decorate a letter; vowel signs of other scripts are not among them."""


def _pairs(text: str) -> dict[str, str]:
    """`"аa вb"` as a table: each word is a character and what it looks like."""
    return {pair[0]: pair[1:] for pair in text.split()}


_LOOKALIKES: Final = _pairs(
    "аa бb вb гr еe ёe з3 иn кk мm нh оo рp сc тt уy хx шw ьb яr ѕs іi їi јj ԁd ԛq ԝw һh ӏl үy ґr "
    "АA ВB ЕE З3 ИN КK МM НH ОO РP СC ТT УY ХX ШW ЬB ЯR ЅS ІI ЇI ЈJ ԌG ԚQ ԜW ҺH ӀI ҮY Ѵv "
    "αa βb γy εe ηn ιi κk μu νv οo πn ρp σo τt υu χx ωw ϲc ϳj "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΛA ΜM ΝN ΟO ΡP ΣE ΤT ΥY ΧX ϹC"
)
"""Cyrillic and Greek letters, which are themselves in a text of their script."""
_ALWAYS: Final = _pairs(
    "ɑa ɡg ɩi ıi ȷj ʋv ʏy ɢg ɪi ʀr ʙb ʜh ʟl ɴn ᴀa ʙb ᴄc ᴅd ᴇe ғf ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ᴛt ᴜu ᴠv "
    "ᴡw ᴢz ꜰf ꜱs ǫq ǃ! ∣l │| ∂d øo đd ħh łl ŧt ƒf ƄB ɓb ɖd ɗd ɠg ɦh ɨi ɫl ɱm ɲn ɵo ʂs ʈt ʉu ʐz "
    "հh օo ոn սu ցg ᎪA ᏴB ᏟC ᎠD ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏒR ᏚS ᎢT ᏙV ᎳW ᏃZ "
    "ɐa ɔc ǝe ɟf ƃg ɥh ᴉi ɾj ʞk ɯm ɹr ʇt ʌv ʍw ʎy ¡! ¿? "
    "‘' ’' ‚' ‛' ′' `' ´' “\" ”\" „\" ‟\" ″\" «\" »\" ‐- ‑- ‒- –- —- ―- −- ⁃- ∙• 〜~ ∼~ ⁄/ ∕/"
)
"""Signs read as Latin anywhere: small capitals, upside-down letters, quotes."""
_CIRCLED: Final = (
    (0x1F150, "A"), (0x1F170, "A"), (0x1F1E6, "A"), (0x24B6, "A"), (0x24D0, "a"),
)  # fmt: skip

_JUDGED: Final = 4_096
_MOSTLY: Final = 0.7
_LATIN: Final = re.compile(r"[A-Za-z]")
_WORD: Final = re.compile(r"[^\W_]+")


class Folded:
    """A folded text with its origins; `starts` is None where each character stayed in place."""

    __slots__ = ("ends", "starts", "text")

    def __init__(
        self, text: str, starts: Sequence[int] | None = None, ends: Sequence[int] | None = None
    ) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends


def fold(text: str) -> Folded:
    """Lower-case `text` with look-alikes made Latin and invisible characters taken out."""
    if text.isascii():
        return Folded(text.lower())
    alphabet = set(text)
    table = {ch: _fold_char(ch) for ch in alphabet if ch > "\x7f"}
    if is_latin(text):
        table.update({ch: _LOOKALIKES[ch] for ch in alphabet if ch in _LOOKALIKES})
    elif _LATIN.search(text) is not None:
        text = _WORD.sub(_fold_word, text)
    if all(len(to) == 1 for to in table.values()):
        places = {ord(ch): to for ch, to in table.items()}
        return Folded(text.translate(places).lower())
    return _fold_slowly(text, table)


def is_latin(text: str) -> bool:
    """Whether more than half of the letters are Latin, judged by the beginning of a long text."""
    text = text[:_JUDGED]
    if len(text.encode("ascii", "ignore")) > _MOSTLY * len(text):
        return True
    letters = sum(map(str.isalpha, text))
    return 2 * len(_LATIN.findall(unicodedata.normalize("NFKC", text))) > letters


def _fold_word(match: re.Match[str]) -> str:
    """Look-alikes within a word that has Latin letters too; same length."""
    if _LATIN.search(match[0]) is None:
        return match[0]
    return "".join(_LOOKALIKES.get(ch, ch) for ch in match[0])


def _fold_char(ch: str) -> str:
    """What one character is read as: none, one or several characters."""
    if ch in _ALWAYS:
        return _ALWAYS[ch]
    if INVISIBLE.match(ch) or COMBINING.match(ch):
        return ""
    code = ord(ch)
    for first, letter in _CIRCLED:
        if first <= code < first + 26:
            return chr(ord(letter) + code - first)
    if unicodedata.category(ch) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKD", ch)
    if not plain[0].isascii():
        # A letter of another script keeps its marks: й is no и.
        return unicodedata.normalize("NFKC", ch)
    return "".join(_ALWAYS.get(part, part) for part in COMBINING.sub("", plain))


def _fold_slowly(text: str, table: dict[str, str]) -> Folded:
    pieces: list[str] = []
    starts, ends = array("i"), array("i")
    get = table.get
    for index, ch in enumerate(text):
        to = get(ch, ch)
        for part in to.lower() if to else ():
            pieces.append(part)
            starts.append(index)
            ends.append(index + 1)
    return Folded("".join(pieces), starts, ends)
