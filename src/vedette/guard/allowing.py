"""Allow-lists: what is no finding, though a detector sees it.

An entry names a whole text by its hash, a value that was found, or a pattern that what was found
matches from end to end; for one project or all, for one detector or all, until it expires. Patterns
are compiled by re2 alone, so that none can make matching slow.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import msgspec
import re2

from vedette.clock import Clock
from vedette.errors import ConfigError
from vedette.model.governance import AllowEntry
from vedette.model.policy import Finding, Rule
from vedette.ports.detector import Detection

PATTERN_CHARS = 1_000
_MEMORY = 1 << 20


class Sieve:
    """The entries that hold for one project."""

    def __init__(
        self, entries: Sequence[AllowEntry], clock: Clock, *, exempt: frozenset[str] = frozenset()
    ) -> None:
        """`exempt` are names of rules that allow no exception."""
        self._clock = clock
        self._exempt = exempt
        self._texts = [entry for entry in entries if entry.kind == "text"]
        self._others = [
            (entry, compiled(entry.value) if entry.kind == "pattern" else None)
            for entry in entries
            if entry.kind != "text"
        ]

    def __bool__(self) -> bool:
        return bool(self._texts or self._others)

    def sift(
        self, rule: Rule, text: str, detection: Detection
    ) -> tuple[Detection, tuple[str, ...]]:
        """What is left of a detection for this rule, and the entries that took from it."""
        if rule.name in self._exempt:
            return detection, ()
        now_ns = self._clock.now_ns()
        if self._texts:
            digest = text_hash(text)
            for entry in self._texts:
                if entry.value == digest and _holds(entry, rule.detector, now_ns):
                    return Detection(), (entry.id,)
        kept: list[Finding] = []
        used: list[str] = []
        for finding in detection.findings:
            entry_id = self._allowing(finding, text, now_ns)
            if entry_id:
                used.append(entry_id)
            else:
                kept.append(finding)
        if not used:
            return detection, ()
        score = max((finding.score for finding in kept), default=0.0)
        return Detection(score=score, findings=tuple(kept)), tuple(used)

    def _allowing(self, finding: Finding, text: str, now_ns: int) -> str:
        """The entry that allows a finding; empty where none does."""
        value = text[finding.start : finding.end]
        for entry, pattern in self._others:
            if not _holds(entry, finding.detector, now_ns):
                continue
            if entry.finding_kind and entry.finding_kind != finding.kind:
                continue
            if pattern is None:
                if entry.value.strip().casefold() == value.strip().casefold():
                    return entry.id
            elif pattern.fullmatch(value):
                return entry.id
        return ""


class AllowBook:
    """All entries, ready to be asked for by project."""

    def __init__(self, entries: Iterable[AllowEntry], clock: Clock) -> None:
        self._entries = tuple(entries)
        self._clock = clock

    def of(self, project_id: str, *, exempt: frozenset[str] = frozenset()) -> Sieve | None:
        """The sieve of a project; None where it has no entries."""
        mine = [entry for entry in self._entries if entry.project_id in ("", project_id)]
        return Sieve(mine, self._clock, exempt=exempt) if mine else None


def text_hash(text: str) -> str:
    """The hash by which a whole text is named, blanks around it left out."""
    return sha256(text.strip().encode("utf-8", "replace")).hexdigest()


def compiled(pattern: str) -> Any:
    """The pattern, by re2; raises ConfigError that says what is wrong with it."""
    if len(pattern) > PATTERN_CHARS:
        raise ConfigError(f"The pattern has {len(pattern)} characters; at most {PATTERN_CHARS}.")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "no pattern"
        said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ConfigError(f"{pattern[:80]!r} is no pattern of RE2: {said}.") from None


def check_entry(entry: AllowEntry) -> AllowEntry:
    """The entry as it is kept; raises ConfigError for what is no pattern."""
    if entry.kind == "pattern":
        compiled(entry.value)
    return msgspec.structs.replace(entry, value=entry.value.strip())


def _holds(entry: AllowEntry, detector: str, now_ns: int) -> bool:
    is_over = entry.expires_ns is not None and now_ns >= entry.expires_ns
    return not is_over and entry.detector in ("", detector)
