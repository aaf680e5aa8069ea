"""Fenced code blocks of a Markdown page.

An HTML comment on the line before a block (blank lines may stand between) is its mark: `test`
runs it, `fragment` says that a piece of configuration does not stand alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_OPEN = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<language>[A-Za-z0-9_+-]*)")
_MARK = re.compile(r"^\s*<!--\s*(?P<mark>[a-z]+)\s*-->\s*$")


@dataclass(frozen=True)
class Fence:
    page: Path
    line: int
    """Of the first line of the code, from 1."""
    language: str
    mark: str
    code: str

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}"


def read_fences(path: Path) -> Iterator[Fence]:
    """The blocks of a page from top to bottom; an unclosed one runs to the end."""
    lines = path.read_text(encoding="utf-8").splitlines()
    number, mark = 0, ""
    while number < len(lines):
        line = lines[number]
        number += 1
        if opened := _OPEN.match(line):
            first = number
            while number < len(lines) and lines[number].strip() != opened["fence"]:
                number += 1
            indent = len(opened["indent"])
            code = "".join(f"{text[indent:]}\n" for text in lines[first:number])
            yield Fence(path, first + 1, opened["language"], mark, code)
            number, mark = number + 1, ""
        elif marked := _MARK.match(line):
            mark = marked["mark"]
        elif line.strip():
            mark = ""
