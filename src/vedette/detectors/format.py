"""Whether an output has the form that was asked for: an address, a number, a date, JSON."""

import ipaddress
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from vedette.detectors.matching.patterns import compile_pattern
from vedette.errors import ConfigError
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_EMAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]\w{1,23}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?")


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text


def _accepts(read: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether `read` takes the text without ValueError."""

    def accepts(text: str) -> bool:
        try:
            read(text)
        except (ValueError, RecursionError):
            return False
        return True

    return accepts


FORMATS: Final[dict[str, Callable[[str], bool]]] = {
    "email": lambda text: _EMAIL.fullmatch(text) is not None,
    "url": _is_url,
    "json": _accepts(json.loads),
    "number": lambda text: bool(text) and _NUMBER.fullmatch(text) is not None,
    "integer": lambda text: re.fullmatch(r"[-+]?\d+", text) is not None,
    "date": _accepts(date.fromisoformat),
    "datetime": _accepts(datetime.fromisoformat),
    "uuid": lambda text: _UUID.fullmatch(text) is not None,
    "ip": _accepts(ipaddress.ip_address),
    "one_line": lambda text: "\n" not in text,
    "one_word": lambda text: len(text.split()) == 1,
}


class FormatDetector:
    """The score is 1 where the whole text, trimmed, has not the form."""

    name = "format"
    where: frozenset[Where] = frozenset({"output", "tool_arguments"})
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, name: str, accepts: Callable[[str], bool] | None) -> None:
        self._kind = f"not_{name}"
        self._accepts = accepts

    def detect(self, subject: Subject) -> Detection:
        text = subject.text.strip()
        if self._accepts is None or self._accepts(text):
            return Detection()
        whole = Finding(
            detector=self.name, kind=self._kind, score=1.0, start=0, end=len(subject.text)
        )
        return Detection(score=1.0, findings=(whole,))


def create(options: Mapping[str, Any]) -> FormatDetector:
    """`options["format"]`: a name of `FORMATS`; or `options["pattern"]`, for the whole text."""
    if "pattern" in options:
        pattern = compile_pattern(str(options["pattern"]))
        return FormatDetector("pattern", lambda text: pattern.fullmatch(text) is not None)
    name = options.get("format", "")
    if not name:
        return FormatDetector("any", None)
    if name not in FORMATS:
        raise ConfigError(f"format: unknown format {name!r}. Known: {', '.join(FORMATS)}.")
    return FormatDetector(str(name), FORMATS[name])
