"""How commands speak: plain text when piped, colour on a terminal unless NO_COLOR is set."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from vedette.config.load import Notice

_PIPED_WIDTH = 200
_MARKS = {"found": ("+", "green"), "missing": ("-", "dim"), "next": (">", "cyan")}


def console(*, stderr: bool = False) -> Console:
    """A console that takes text as it is: no markup, no highlighting, wide when piped."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def notices(out: Console, items: Iterable[Notice]) -> None:
    """What was found, what was not, and what to do next, one line each."""
    for notice in items:
        mark, style = _MARKS[notice.kind]
        out.print(f"  {mark} {notice.text}", style=style, soft_wrap=True)


def table(out: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under headings; columns whose heading ends with `>` are aligned to the right."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        right = column.endswith(">")
        shown.add_column(column.rstrip(">"), justify="right" if right else "left", no_wrap=True)
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    out.print(shown)


def printable(text: str) -> str:
    """Foreign text for a terminal: control characters are shown, never obeyed."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def printable_lines(text: str) -> str:
    """Like `printable`, with line breaks and tabs kept."""
    return "".join(char if char in "\n\t" else printable(char) for char in text)
