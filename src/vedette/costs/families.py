"""Which models are of one family: by their names, the only thing that says it for all of them.

A name is cut into words. Versions (`5`, `4o`, `2.5`, `4-1`) say the generation, words such as
`mini` or `opus` the size, dates and words such as `latest` nothing; what is left (`gpt`, `claude`,
`audio`, `codex`) is the family. A successor is of the same family and size and not older; a smaller
one is of the same family, of a smaller size, and not older. A name with a word that nobody knows
stands alone: rather no advice than a wrong one.
"""

import re
from typing import NamedTuple

_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)*[a-z]?(?![a-z0-9])|[a-z0-9]+")
_VERSION = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)o?")
_DATE = re.compile(r"\d{3,8}")
_BILLIONS = re.compile(r"(\d+)b")
_SIZES = {
    "ultra": 2, "premier": 2,
    "pro": 1, "opus": 1, "large": 1, "max": 1,
    "sonnet": 0, "medium": 0,
    "small": -1, "haiku": -1, "flash": -1, "mini": -1, "lite": -1, "fast": -1,
    "nano": -2, "tiny": -2, "micro": -2,
}  # fmt: skip
"""`flash-lite` is smaller than `flash`: they add up."""
_SILENT = frozenset((
    "latest", "global", "regional", "instruct", "chat", "it", "v", "us", "eu", "apac", "turbo",
))  # fmt: skip
_TRIALS = frozenset(("preview", "exp", "experimental"))


class Family(NamedTuple):
    """What a name says."""

    words: frozenset[str]
    size: int
    billions: int
    """Of parameters; 0 where the name does not say it."""
    version: tuple[int, ...]
    is_trial: bool
    """Whether it is called a preview."""


def family_of(model: str) -> Family | None:
    """None for a name that is of no family: a fine-tuned model, a pattern, a variant."""
    name = model.lower()
    if not name or set(name) & set(":/*?~"):
        return None
    words, size, billions, is_trial = set(), 0, 0, False
    version: tuple[int, ...] = ()
    for word in _WORD.findall(name):
        if word in _SIZES:
            size += _SIZES[word]
        elif (counted := _BILLIONS.fullmatch(word)) is not None:
            billions = int(counted[1])
        elif (found := _VERSION.fullmatch(word)) is not None:
            version += tuple(map(int, found[1].split(".")))
        elif word in _TRIALS:
            is_trial = True
        elif not _DATE.fullmatch(word) and word not in _SILENT:
            words.add(word)
    return Family(frozenset(words), size, billions, version, is_trial) if words else None


def is_successor(own: Family, other: Family) -> bool:
    """Of the same family and size, and not older."""
    same = (own.size, own.billions) == (other.size, other.billions)
    return same and _may_follow(own, other)


def is_smaller(own: Family, other: Family) -> bool:
    """Of the same family, smaller, and not older."""
    if bool(own.billions) != bool(other.billions):
        return False
    smaller = (other.size, other.billions) < (own.size, own.billions)
    return smaller and _may_follow(own, other)


def _may_follow(own: Family, other: Family) -> bool:
    is_trial = other.is_trial and not own.is_trial
    return own.words == other.words and other.version >= own.version and not is_trial
