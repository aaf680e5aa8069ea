"""How commands speak: plain text when piped, colour on a terminal unless NO_COLOR is set."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO
from unicodedata import category

if TYPE_CHECKING:
    from rich.console import Console

    from vedette.config.load import Notice

_PIPED_WIDTH = 200
_GAP = 2
_JOINERS = "\u200c\u200d"
_MARKS = {"found": ("+", "green"), "missing": ("-", "dim"), "next": (">", "cyan")}


def console(*, stderr: bool = False, stream: TextIO | None = None) -> Console:
    """A console that takes text as it is: no markup, no highlighting, wide when piped."""
    from rich.console import Console

    stream = stream or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() else _PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def notices(out: Console, items: Iterable[Notice]) -> None:
    """What was found, what was not, and what to do next, one line each."""
    for notice in items:
        mark, style = _MARKS[notice.kind]
        out.print(f"  {mark} {notice.text}", style=style, soft_wrap=True)


def table(
    out: Console,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    less: Sequence[str] = (),
) -> None:
    """Rows under headings; columns whose heading ends with `>` are aligned to the right.

    `less` names the columns that a narrow terminal goes without, the first of them first. What is
    too wide still is left to the terminal to break: an id that is cut off is worth nothing.
    """
    from rich.table import Table
    from rich.text import Text

    lines = [columns, *([printable(cell) for cell in row] for row in rows)]
    shown = _fitting(lines, less, out.width)
    made = Table(box=None, pad_edge=False, header_style="bold")
    for at in shown:
        right = columns[at].endswith(">")
        heading = columns[at].rstrip(">")
        made.add_column(heading, justify="right" if right else "left", no_wrap=True)
    for line in lines[1:]:
        made.add_row(*(Text(line[at]) for at in shown))
    width, out.width = out.width, max(out.width, _width(lines, shown))
    out.print(made)
    out.width = width


def _fitting(lines: Sequence[Sequence[str]], less: Sequence[str], width: int) -> list[int]:
    """Positions of the columns that are shown."""
    shown = list(range(len(lines[0])))
    for name in less:
        if _width(lines, shown) <= width:
            break
        shown = [at for at in shown if lines[0][at].rstrip(">") != name]
    return shown


def _width(lines: Sequence[Sequence[str]], shown: Sequence[int]) -> int:
    from rich.cells import cell_len

    columns = (max(cell_len(line[at].rstrip(">")) for line in lines) for at in shown)
    return sum(columns) + _GAP * (len(shown) - 1)


def printable(text: str) -> str:
    """Foreign text for a terminal: control characters are shown, never obeyed."""
    return "".join(char if _is_harmless(char) else repr(char)[1:-1] for char in text)


def _is_harmless(char: str) -> bool:
    """Spaces of any script are, and what joins letters and emoji."""
    return char.isprintable() or char in _JOINERS or category(char) == "Zs"


def printable_lines(text: str) -> str:
    """Like `printable`, with line breaks and tabs kept."""
    return "".join(char if char in "\n\t" else printable(char) for char in text)


def prepare_streams() -> None:
    """Have all three streams, whatever the caller closed, and none that a character can break.

    A file opened later would else get the number of a closed one, and with it what others print.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush() -> None:
    """Have everything written. Raises OSError where nobody takes it, and only once: what is left
    goes nowhere, so that the end of the program does not stumble over it again."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
