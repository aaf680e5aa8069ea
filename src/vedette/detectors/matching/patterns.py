"""Many patterns in one pass, in linear time whatever the text: google-re2, or Hyperscan before it.

One pass says which patterns match somewhere; only those are then run one by one for their places.
There are two kinds of pass. A set is one automaton of all patterns: right for patterns of digits,
where it grows no further; with long patterns of words it gains states with every text. There the
literals that patterns cannot do without (`by_literals`) are looked for first, and a pattern is
tried where its literals are.
Hyperscan may stand before either: it may say yes too often, never too seldom (its prefilter mode),
and re2 has the last word, so that the findings are the same with and without it.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any, Final, Literal, Protocol

import re2

from vedette.errors import ConfigError

Engine = Literal["re2", "hyperscan", "auto"]
"""`auto`: re2, which is the faster one on whole texts (docs/guard.md)."""

_SET_BYTES: Final = 32 << 20
"""Bound of a set's automaton, which grows with what it has seen; beyond it states are dropped."""
_PATTERN_BYTES: Final = 16 << 20
_BYTE: Final = re2.compile(r"^(?:[^\\]|\\[^C])*\\C")
MOST_GROUPS: Final = 64
_LITERAL: Final = 3
"""Letters of a word that is worth looking for before its pattern is."""


class Match(Protocol):
    """What is used of a match of re2."""

    def start(self, group: int = 0) -> int: ...

    def end(self, group: int = 0) -> int: ...

    def group(self, group: int = 0) -> str: ...


class PatternSet:
    """Compiled patterns; matching is safe from several threads.

    Raises ConfigError, naming it, for a pattern that re2 does not take (look-around, back
    references): such patterns can take exponential time elsewhere.
    """

    def __init__(
        self, patterns: Sequence[str], *, by_literals: bool = False, engine: Engine = "auto",
        words: Sequence[Sequence[str]] = (),
    ) -> None:  # fmt: skip
        """`words`, for each pattern: where none of them stands in the text, in any case, its
        matches do not count (no words: they do). So without literals it need not be tried there."""
        self._patterns = tuple(patterns)
        self._compiled: dict[int, Any] = {}
        self._pass = self._compile(self._patterns, by_literals=by_literals)
        self._by_words: dict[int, str] = {}
        if any(words):
            without_literals = self._pass.Match("", potential=True) or ()
            self._by_words = {
                at: "(?i)" + "|".join(map(re2.escape, words[at]))
                for at in without_literals
                if words[at] and min(map(len, words[at])) >= _LITERAL
            }
            passed = [self._by_words.get(at, one) for at, one in enumerate(self._patterns)]
            self._pass = self._compile(passed, by_literals=True)
        self._fast = _Hyperscan(self._patterns) if engine == "hyperscan" else None

    def __len__(self) -> int:
        return len(self._patterns)

    def hits(self, text: str) -> list[int]:
        """Indices of the patterns that match somewhere, in order."""
        if not self._patterns:
            return []
        if self._fast is not None and not self._fast.may_match(text):
            return []
        found = sorted(self._pass.Match(text) or ())
        if found and self._by_words:
            return [at for at in found if at not in self._by_words or any(self.find(at, text))]
        return found

    @staticmethod
    def _compile(patterns: Sequence[str], *, by_literals: bool) -> Any:
        made = re2.Filter() if by_literals else re2.Set.SearchSet(_options(_SET_BYTES))
        for pattern in patterns:
            try:
                if by_literals:
                    made.Add(pattern, _options(_PATTERN_BYTES))
                else:
                    made.Add(pattern)
            except re2.error:
                raise ConfigError(_refusal(pattern)) from None
        try:
            if patterns:
                made.Compile()
        except re2.error:
            raise ConfigError(
                f"The patterns are too large together, from {patterns[0][:80]!r} on. "
                "Repetitions of classes like \\pL grow most."
            ) from None
        return made

    def find(self, index: int, text: str) -> Iterator[Match]:
        """The matches of one pattern, from left to right."""
        compiled = self._compiled.get(index)
        if compiled is None:
            compiled = self._compiled[index] = compile_pattern(self._patterns[index])
        matches: Iterator[Match] = compiled.finditer(text)
        return matches


def compile_pattern(pattern: str) -> Any:
    """One pattern, compiled by re2; raises ConfigError."""
    try:
        return re2.compile(pattern, _options(_PATTERN_BYTES))
    except re2.error:
        raise ConfigError(_refusal(pattern)) from None


def check_pattern(pattern: str) -> None:
    """Raises ConfigError for a pattern that re2 does not take, and for one that it takes but that
    makes every match dear (groups) or finds parts of characters (`\\C`)."""
    if compile_pattern(pattern).groups > MOST_GROUPS:
        raise ConfigError(
            f"Pattern {pattern[:200]!r} has more than {MOST_GROUPS} groups. Where a group only "
            "holds something together, write (?:...)."
        )
    if _BYTE.search(pattern) is not None:
        raise ConfigError(f"Pattern {pattern[:200]!r} has \\C, which is no character: take (?s:.).")


def _options(max_bytes: int) -> Any:
    options = re2.Options()
    options.max_mem = max_bytes
    options.log_errors = False
    return options


def _refusal(pattern: str) -> str:
    return (
        f"Pattern {pattern[:200]!r} is not in the syntax of RE2, or too large. It has no "
        "look-around and no back references: see https://github.com/google/re2/wiki/Syntax."
    )


class _Hyperscan:
    """Says whether any of the patterns may match; scratch space is one a thread."""

    def __init__(self, patterns: Sequence[str]) -> None:
        if find_spec("hyperscan") is None:
            raise ConfigError("Hyperscan is not installed: pip install 'vedette[hyperscan]'.")
        import hyperscan

        flags = (
            hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_UTF8
            | hyperscan.HS_FLAG_ALLOWEMPTY
        )  # fmt: skip
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[_as_pcre(pattern).encode() for pattern in patterns],
            ids=list(range(len(patterns))),
            elements=len(patterns),
            flags=[flags] * len(patterns),
        )
        self._scratch = threading.local()
        self._new_scratch: Callable[[], Any] = lambda: hyperscan.Scratch(self._database)

    def may_match(self, text: str) -> bool:
        found: list[int] = []
        scratch = getattr(self._scratch, "own", None)
        if scratch is None:
            scratch = self._scratch.own = self._new_scratch()

        def seen(pattern: int, _start: int, _end: int, _flags: int, _context: object) -> None:
            found.append(pattern)

        scan: Any = self._database.scan
        scan(text.encode(), match_event_handler=seen, scratch=scratch)
        return bool(found)


def _as_pcre(pattern: str) -> str:
    """What re2 writes in other words than PCRE does."""
    return pattern.replace(r"\z", r"\Z")
