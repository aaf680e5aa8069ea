"""Detectors that need neither network nor packages.

Personal data and secrets are found by what the capture mode `redacted` replaces, with its check
digits. The words of an injection are few and plain: this finds the crude ones; for the others ask
Vedette (`remote=True`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from vedette_sdk.errors import SettingsError
from vedette_sdk.redaction import redact_text

_MARK = re.compile(r"\[(email|card|iban|ssn|phone|ip|secret)\]")
_INVISIBLE = re.compile(
    "[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_INJECTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier"
    r"|system|all|your)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|directions?|guidelines?)\b"
    r"|\b(?:reveal|print|repeat|show|output)\b[^.\n]{0,30}\b(?:system|hidden|initial) prompt\b"
    r"|\byou are (?:now )?(?:dan|jailbroken|unrestricted|in developer mode)\b"
    r"|<\|(?:im_start|system|endoftext)\|>|\[/?INST\]",
    re.IGNORECASE,
)
MAX_CHARS = 1_000_000


class Found(NamedTuple):
    """`kinds` names what was found, each once; `text` is without it where it can be taken out."""

    kinds: tuple[str, ...]
    text: str


Detector = Callable[[str], Found]


def _marks(kinds: frozenset[str]) -> Detector:
    def detect(text: str) -> Found:
        masked = redact_text(text)
        if masked == text:
            return Found((), text)
        # What stood there before is no finding: marks are counted on both sides.
        found = Counter(_MARK.findall(masked)) - Counter(_MARK.findall(text))
        seen = tuple(kind for kind in found if kind in kinds)
        return Found(seen, masked if seen else text)

    return detect


def _invisible(text: str) -> Found:
    plain = _INVISIBLE.sub("", text)
    return Found((), text) if plain == text else Found(("invisible",), plain)


def _injection(text: str) -> Found:
    if _INJECTION.search(_INVISIBLE.sub("", text)) is None:
        return Found((), text)
    return Found(("injection",), _INJECTION.sub("[removed]", text))


DETECTORS: Mapping[str, Detector] = {
    "pii": _marks(frozenset(("email", "card", "iban", "ssn", "phone", "ip"))),
    "secrets": _marks(frozenset(("secret",))),
    "invisible": _invisible,
    "injection": _injection,
}


def find_detectors(names: Iterable[str]) -> tuple[Detector, ...]:
    """The detectors of these names; raises SettingsError for one that is not there."""
    names = tuple(names)
    if unknown := [name for name in names if name not in DETECTORS]:
        raise SettingsError(
            f"Unknown local detector {unknown[0]!r}. Known: {', '.join(DETECTORS)}; "
            "others with remote=True."
        )
    return tuple(DETECTORS[name] for name in names)


def evaluate(text: str, detectors: Iterable[Detector]) -> Found:
    """All of them, one after the other, each on what the one before left."""
    kinds: list[str] = []
    rest, tail = text[:MAX_CHARS], text[MAX_CHARS:]
    for detect in detectors:
        found = detect(rest)
        kinds += found.kinds
        rest = found.text
    return Found(tuple(dict.fromkeys(kinds)), rest + tail)
