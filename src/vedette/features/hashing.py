"""Keyed hashes: equal texts can be told, and without the key none can be guessed."""

import re
from hashlib import blake2b

_CACHED_WORDS = 65_536
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+|\d")
_DIGITS = "0123456789"
_BLANKS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})


class TextHasher:
    """Hashes texts and words with the key of a project (16 bytes or more; without one, guessable).

    Words are remembered, for most come again: at most 65,536, then the memory starts anew.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) > 64:
            key = blake2b(key, digest_size=64).digest()
        self._key = key
        self._words = _Words(key)

    def text(self, text: str) -> str:
        """32 hex digits; the empty text has the empty hash."""
        if not text:
            return ""
        return blake2b(_bytes(text), digest_size=16, key=self._key).hexdigest()

    def words(self, text: str) -> list[int]:
        """The words of a text in order, each as a number of 64 bits; digits stand for numbers.

        Where words are not parted by blanks (Chinese, Japanese, Korean) each sign is one.
        """
        found = _ascii_words(text) if text.isascii() else _WORD.findall(text.lower())
        return list(map(self._words.__getitem__, found))


def _ascii_words(text: str) -> list[str]:
    """What `_WORD` finds, in plain ASCII: four times as fast."""
    text = text.lower().translate(_BLANKS)
    for digit in _DIGITS:
        if digit in text:
            text = text.replace(digit, f" {digit} ")
    return text.split()


class _Words(dict[str, int]):
    """The number of each word, worked out when it is first asked for."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __missing__(self, word: str) -> int:
        if len(self) >= _CACHED_WORDS:
            self.clear()
        digest = blake2b(_bytes(word), digest_size=8, key=self._key).digest()
        number = self[word] = int.from_bytes(digest, "little")
        return number


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
