"""What of a span can be found by text, and how text is cut into words.

One rule for index and query, in Python, so that the answer never depends on the Unicode tables of
the SQLite at hand: text is folded here to lower-case words parted by spaces and FTS5 gets its
`ascii` tokenizer, which splits at ASCII non-alphanumerics only. The rule: case, accents and width
do not matter (NFKD, marks dropped, casefold); letters and digits make words; scripts that are
written without spaces (Chinese, Japanese, Thai, ...), Hangul and pictographs are one word per
character, so that any part of a sentence is a phrase. `_BREAK` stands between parts so that no
phrase runs over a border.

Why not FTS5's trigram tokenizer: five times the tokens, 1.5 times the disk and no match below
three characters. Why not unicode61: a Chinese sentence is one word to it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from vedette.model.chat import (
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from vedette.model.span import Payload

FIELD_CHARS = 8_192
"""Of a longer input or output the first quarter and the last three quarters of this are found."""
_BREAK = " \ue000 "
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[a-z0-9\x80-\U0010ffff]+")
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
# Written without spaces between words: Thai to Myanmar, Khmer, kana to Hangul, CJK planes.
_SINGLE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3100-\u9fff"
    r"\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)


def searchable(name: str, payload: Payload) -> str:
    """The text of a span as the index wants it: name, input and output."""
    pieces = _clip([name, *_texts(payload.input)]) + _clip(_texts(payload.output))
    return _BREAK.join([piece if piece.isascii() else fold(piece) for piece in pieces if piece])


def words(text: str) -> list[str]:
    """The words of a query, cut as the index cuts."""
    return _WORD.findall(fold(text).translate(_ASCII_LOWER))


def phrase(text: str) -> str:
    """An FTS5 query for the words in this order; empty where the text has no word.

    Words hold no quote, so nothing of FTS5's query language can come through.
    """
    found = words(text)
    return f'"{" ".join(found)}"' if found else ""


def holds(name: str, payload: Payload, side: str, text: str) -> bool:
    """Whether a span holds the phrase as the index sees it, in `text`, `input` or `output`."""
    wanted = words(text)
    if not wanted:
        return False
    if side == "text":
        body = searchable(name, payload)
    else:
        pieces = _texts(payload.input if side == "input" else payload.output)
        body = _BREAK.join(fold(piece) for piece in _clip(pieces) if piece)
    have = _WORD.findall(body.translate(_ASCII_LOWER))
    return f" {' '.join(wanted)} " in f" {' '.join(have)} "


def fold(text: str) -> str:
    """Replace what is not ASCII by its folded form; ASCII is left to the tokenizer."""
    return text if text.isascii() else _NON_ASCII.sub(lambda run: _fold_run(run[0]), text)


def _fold_run(run: str) -> str:
    return _fold_short(run) if len(run) <= 16 else _fold_any(run)


def _fold_any(run: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", run) if not unicodedata.combining(c))
    return "".join(map(_fold_char, unicodedata.normalize("NFC", bare).casefold()))


_fold_short = lru_cache(maxsize=16_384)(_fold_any)


def _fold_char(char: str) -> str:
    if _SINGLE.match(char):
        return f" {char} "
    if char.isalnum():
        return char
    category = unicodedata.category(char)
    if category == "So" or category == "Sk":
        return f" {char} "
    return char if category in ("Mc", "Mn") else " "


def _clip(pieces: list[str]) -> list[str]:
    """The pieces of one field, those in the middle left out or cut where they are too long."""
    if sum(map(len, pieces)) <= FIELD_CHARS:
        return pieces
    head = _take(pieces, FIELD_CHARS // 4)
    tail = _take([piece[::-1] for piece in reversed(pieces)], FIELD_CHARS * 3 // 4)
    return [*head, *(piece[::-1] for piece in reversed(tail))]


def _take(pieces: Sequence[str], chars: int) -> list[str]:
    taken = []
    for piece in pieces:
        taken.append(piece[:chars])
        chars -= len(piece)
        if chars <= 0:
            break
    return taken


def _texts(side: tuple[Message, ...] | str | None) -> list[str]:
    if isinstance(side, str):
        return [side]
    found: list[str] = []
    for message in side or ():
        for part in message.parts:
            # Nearly all parts are texts.
            if type(part) is TextPart:
                found.append(part.content)
            else:
                found += _part_texts(part)
    return found


def _part_texts(part: Part) -> Iterator[str]:
    match part:
        case TextPart() | ReasoningPart() | RefusalPart():
            yield part.content
        case ToolCallPart():
            yield part.name
            yield _any_text(part.arguments)
        case ToolResultPart():
            yield _any_text(part.result)
        case RawPart():
            yield _any_text(part.content)
        case _:
            return


def _any_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else msgspec.json.encode(value).decode()
