"""One log format for all processes: lines for people or JSON for machines.

Lines carry what the caller wrote and nothing else: no prompt, header or body is ever added, and
exceptions are reduced to their type and the place that raised them, because their text may quote
what a client sent.
"""

import io
import json
import logging
import os
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from typing import TextIO

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "process_name"}
_LIBRARIES = (
    "alembic", "asyncio", "httpx2", "multipart", "signxml", "uvicorn", "uvicorn.error",
)  # fmt: skip
_COLOURS = {"WARNING": "\x1b[33m", "ERROR": "\x1b[31m", "CRITICAL": "\x1b[31m"}


def setup(level: str, format: str, *, process: str, stream: TextIO | None = None) -> None:
    """Send the log of this process to `stream` (stderr); a second call replaces the first.

    `process` is the role shown in each line: `supervisor`, `core`, `w0`, ...
    """
    target = sys.stderr if stream is None else stream
    handler = logging.StreamHandler(target)
    colour = target.isatty() and not os.environ.get("NO_COLOR")
    handler.setFormatter(JsonLines(process) if format == "json" else Lines(process, colour=colour))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(LEVELS.get(level, logging.INFO))
    # Libraries narrate requests at INFO, for which we have spans, and documents at DEBUG.
    for library in _LIBRARIES:
        logging.getLogger(library).setLevel(max(LEVELS.get(level, logging.INFO), logging.WARNING))


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, process, logger, message, and what `extra` added."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": _time(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if error := _error(record):
            line["error"] = error
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """`12:30:01 WARNING core  message`, one line each; control characters are escaped."""

    def __init__(self, process: str, *, colour: bool) -> None:
        super().__init__()
        self._process = process
        self._colour = colour

    def format(self, record: logging.LogRecord) -> str:
        text = _one_line(record.getMessage())
        if error := _error(record):
            text = f"{text} ({error})"
        level = f"{record.levelname:<7}"
        if self._colour and record.levelname in _COLOURS:
            level = f"{_COLOURS[record.levelname]}{level}\x1b[0m"
        return f"{_time(record).astimezone():%H:%M:%S} {level} {self._process:<10} {text}"


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _error(record: logging.LogRecord) -> str:
    """Type and origin of the exception; never its text."""
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    error = record.exc_info[1]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


class Unbreakable(io.TextIOBase):
    """Prints where somebody listens, and goes on where nobody does: a server does not end because
    the reader of its output has, or the disk behind it is full."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        # At the end of a program Python flushes what is closed already.
        with suppress(OSError, ValueError):
            self._stream.flush()
