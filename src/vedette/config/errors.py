"""Everything that is wrong with a configuration, told at once."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vedette.errors import ConfigError

_SHOWN_CHARACTERS = 60
_SHOWN_NAMES = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands and what was expected; never holds a secret."""

    place: str
    """`file:line`, `environment VARIABLE` or a file name."""
    key: str
    """Path of the setting, such as `providers[0].base_url`; empty for the whole file."""
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.key, self.message) if part)


class ConfigProblems(ConfigError):
    """All problems of one configuration, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def unknown(noun: str, name: str, known: Iterable[str]) -> str:
    """Say that a name is unknown, which one was probably meant, and which there are."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    listed = ", ".join(names[:_SHOWN_NAMES]) or "none"
    if len(names) > _SHOWN_NAMES:
        listed += f" and {len(names) - _SHOWN_NAMES} more"
    return f"Unknown {noun} {name!r}.{hint} Known: {listed}."


def shown(value: object) -> str:
    """A value as an error may print it: short, and only the kind of thing for lists and mappings.

    The caller keeps secrets away; a list or mapping may hold one, so it is never printed.
    """
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            text = repr(value)
            return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "..."
