"""How many tokens a text has: exactly for models of OpenAI where `bpe-openai` is installed.

`pip install 'vedette[tokens]'` brings the tables as files; nothing is downloaded. About a
millisecond for 16,000 characters, so of long texts the beginning is counted and the rest taken to
be like it. For all others an estimate from the characters: English prose has about 4 to a token,
code and JSON 3, Chinese, Japanese and Korean about one to a character. Good to about a fifth.
"""

import re
import warnings
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module, util
from typing import Any

PROSE = 4.0
JSON = 3.0
"""Characters to a token."""
MOST_COUNTED = 65_536
"""Characters of one request."""
_PACKAGE = "bpe_openai"
_ENCODINGS = (
    (re.compile(r"gpt-4o|gpt-4\.|gpt-[5-9]|o\d|chatgpt-|gpt-oss|gpt-audio"), "o200k_base"),
    (re.compile(r"gpt-4|gpt-3\.?5|text-embedding-"), "cl100k_base"),
)
Count = Callable[[str], int]


def find_tokenizer(model: str) -> Count | None:
    """What counts the tokens of a model; None where nobody knows, or the extra is missing."""
    name = model.rpartition("/")[2]
    for pattern, encoding in _ENCODINGS:
        if pattern.match(name):
            return _load(encoding)
    return None


@lru_cache(maxsize=4)
def _load(encoding: str) -> Count | None:
    if util.find_spec(_PACKAGE) is None:
        return None
    with warnings.catch_warnings():
        # It reads its tables in a way that Python would have otherwise.
        warnings.simplefilter("ignore", DeprecationWarning)
        library: Any = import_module(_PACKAGE)
        encode: Callable[[str], list[int]] = library.get_encoding(encoding).encode_ordinary
    return lambda text: len(encode(text))


class TokenCount:
    """Adds up the tokens of one request."""

    def __init__(self, tokenizer: Count | None = None) -> None:
        self.tokens = 0.0
        self._tokenizer = tokenizer
        self._left = MOST_COUNTED
        self._counted = self._guessed = 0.0

    def add(self, text: str, characters: float) -> None:
        """`characters` to a token, as far as it is estimated."""
        if self._tokenizer is None or not text:
            self.tokens += guess(text, characters)
            return
        begin, rest = text[: self._left], text[self._left :]
        if begin:
            self._left -= len(begin)
            counted = self._tokenizer(begin)
            self._counted += counted
            self._guessed += guess(begin, characters)
            self.tokens += counted
        if rest:
            self.tokens += guess(rest, characters) * self._counted / (self._guessed or 1)


def guess(text: str, characters: float) -> float:
    """Tokens of a text by its characters."""
    if text.isascii():
        return len(text) / characters
    wide = sum("\u2e80" <= c <= "\uffdc" for c in text)
    return wide + (len(text) - wide) / characters
