"""Length and token limits."""

from collections.abc import Mapping
from typing import Any, Final

from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

DEFAULT_MAX_CHARS: Final = 200_000
_CHARS_PER_TOKEN: Final = 4.0
_BELOW: Final = 0.49


class LengthDetector:
    """The score grows with the length and passes 0.5 where a limit is passed."""

    name = "length"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, *, max_chars: int, max_tokens: int, min_chars: int) -> None:
        self._max_chars = max_chars
        self._max_tokens = max_tokens
        self._min_chars = min_chars

    def detect(self, subject: Subject) -> Detection:
        size = len(subject.text)
        if size < self._min_chars:
            return Detection(score=1.0, findings=(self._finding("too_short", 0, size),))
        tokens = estimate_tokens(subject.text)
        share = max(
            size / self._max_chars if self._max_chars else 0.0,
            tokens / self._max_tokens if self._max_tokens else 0.0,
        )
        if share <= 1.0:
            return Detection(score=_BELOW * share)
        kind = "too_long" if self._max_chars and size > self._max_chars else "too_many_tokens"
        start = int(size / share)
        return Detection(score=1.0, findings=(self._finding(kind, start, size),))

    def _finding(self, kind: str, start: int, end: int) -> Finding:
        return Finding(detector=self.name, kind=kind, score=1.0, start=start, end=end)


def estimate_tokens(text: str) -> int:
    """About how many tokens a model will count: a quarter of the bytes, one a CJK character."""
    if text.isascii():
        return int(len(text) / _CHARS_PER_TOKEN + 0.5)
    wide = sum(ch >= "\u2e80" for ch in text)
    return wide + int(len(text[: len(text)].encode("utf-8", "replace")) / _CHARS_PER_TOKEN + 0.5)


def create(options: Mapping[str, Any]) -> LengthDetector:
    """`max_chars`, `max_tokens`, `min_chars`; 0 is no limit."""
    limits = {name: options.get(name, 0) for name in ("max_chars", "max_tokens", "min_chars")}
    if not all(isinstance(limit, int) and limit >= 0 for limit in limits.values()):
        raise ConfigError(f"length: limits must be whole numbers of 0 or more: {limits!r}.")
    if not any(limits.values()):
        limits["max_chars"] = DEFAULT_MAX_CHARS
    return LengthDetector(**limits)
