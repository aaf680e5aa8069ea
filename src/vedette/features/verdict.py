"""The verdict of an answer: the short thing it comes to, where it comes to one.

Yes or no, true or false, a letter of a choice, a number: searched first in the marks that prompts
ask for (`[Yes]`, `(B)`, `Answer: 42`, a boxed formula), then in a short last line, then at the
start. Free answers have none.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Place = Literal["", "whole", "first", "last"]

_WHOLE = 60
"""An answer of at most so many characters may be nothing but its verdict."""
_END = 600
_LINE = 80

_NUMBER = r"[-+]?[$€£]? ?\d[\d,. ]*%?"
_WORD = rf"yes|no|true|false|none|unknown|unsure|[a-j]|{_NUMBER}"
_SQUARE = re.compile(rf"\[\[?\s*(?P<found>{_WORD})\s*\]?\]", re.IGNORECASE)
_BOXED = re.compile(
    r"\\boxed\s*\{\s*(?:\\text\s*\{)?\s*(?P<found>[^{}]{1,40}?)\s*\}", re.IGNORECASE
)
_SAID = re.compile(
    r"(?:answer|verdict|choice|option|result|conclusion|label|class)(?:\s+is|\s*[:=]|\s+would be)"
    r"\s*:?[\s*_\"'`(\[]{0,6}(?P<found>yes|no|true|false|none|unknown|unsure|[a-j]"
    rf"|{_NUMBER}(?=[\s*_\"'`)\].]*(?:\n|$)))(?![\w-])",
    re.IGNORECASE,
)
_MARKS = (
    (_SQUARE, ("[",)),
    (_BOXED, ("\\boxed",)),
    (
        _SAID,
        ("answer", "verdict", "choice", "option", "result", "conclusion", "label", "class"),
    ),
)
"""How prompts ask for verdicts, each with what must be in the text (in lower case) for it."""
_LETTER = re.compile(r"\(\s*(?P<letter>[a-j])\s*\)", re.IGNORECASE)
_LONE = re.compile(rf"[\s*_\"'`(\[#>-]*(?P<lone>{_WORD})[\s*_\"'`)\].!:]*", re.IGNORECASE)
_LEADING = re.compile(
    r"[\s*_\"'`(\[]{0,12}(?:answer\s{0,3}:\s{0,3})?[*_\"'`(\[]{0,6}"
    r"(?:(?P<word>yes|no|true|false)\b|(?P<letter>[a-j])[).:\]])",
    re.IGNORECASE,
)


class Verdict(NamedTuple):
    """`kind` is `yes`, `no`, `true`, `false`, a letter, `number` or another short word.

    `value` is what was found in lower case (for a number its digits); both empty for none.
    """

    kind: str = ""
    value: str = ""
    place: Place = ""


def find_verdict(text: str) -> Verdict:
    """The verdict of an answer; the last marked one counts."""
    text = text.strip()
    if len(text) <= _WHOLE and (lone := _LONE.fullmatch(text)):
        return _verdict(lone["lone"], "whole")
    if marked := _last_marked(text[-_END:]):
        return _verdict(marked, "last")
    last_line = text[-_END:].rstrip().rpartition("\n")[2]
    if len(last_line) <= _LINE and (lone := _LONE.fullmatch(last_line)):
        return _verdict(lone["lone"], "last")
    if leading := _LEADING.match(text):
        return _verdict(leading["word"] or leading["letter"], "first")
    if "(" not in last_line:
        return Verdict()
    letters = [found["letter"] for found in _LETTER.finditer(last_line)]
    return _verdict(letters[0], "last") if len(set(letters)) == 1 else Verdict()


def _last_marked(text: str) -> str:
    found, place = "", -1
    folded = text.lower()
    for pattern, hints in _MARKS:
        for match in _matches(pattern, hints, text, folded):
            if match.start() >= place:
                found, place = match["found"], match.start()
    return found


def _matches(
    pattern: re.Pattern[str], hints: tuple[str, ...], text: str, folded: str
) -> Iterator[re.Match[str]]:
    """All matches; each begins with one of the hints, which are found faster than a pattern is.

    Beyond ASCII a hint may be written otherwise (`ſ` is an `s`) and folding moves places: there
    the pattern itself looks everywhere.
    """
    if not any(hint in folded for hint in hints):
        return
    if not text.isascii():
        yield from pattern.finditer(text)
        return
    at = 0
    while (at := _first(folded, hints, at)) >= 0:
        match = pattern.match(text, at)
        if match is None:
            at += 1
        else:
            yield match
            at = match.end()


def _first(text: str, hints: tuple[str, ...], start: int) -> int:
    """Where the first of the hints begins; less than 0 where there is none."""
    places = [place for hint in hints if (place := text.find(hint, start)) >= 0]
    return min(places, default=-1)


def _verdict(found: str, place: Place) -> Verdict:
    value = found.strip().strip(".").lower()
    digits = re.sub(r"[^\d.%-]", "", value).rstrip(".") if re.search(r"\d", value) else ""
    if digits and re.fullmatch(_NUMBER, value):
        return Verdict("number", digits, place)
    return Verdict(value if len(value) <= 8 else "other", value, place)
