"""Characters nobody sees: tag characters, variation selectors as bytes, bidi tricks, zero width.

Some have honest uses, which cost nothing here: joiners inside emoji and inside Indic, Arabic and
Persian words, marks of direction in texts that run from right to left, a byte order mark.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

_KINDS: Final = (
    ("tag_characters", re.compile("[\U000e0001-\U000e007f]{2,}"), 0.98),
    ("variation_selectors", re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}"), 0.95),
    ("bidi_override", re.compile("[\u202d\u202e][^\u202c]*\u202c?"), 0.9),
    ("bidi_isolate", re.compile("[\u202a\u202b\u2066-\u2068]"), 0.4),
    ("zero_width", re.compile("(?<=[!-~])[\u200b-\u200d\u2060\ufeff\u00ad]+(?=[!-~])"), 0.6),
    ("zero_width_run", re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]{3,}"), 0.85),
    ("filler", re.compile("[\u115f\u1160\u3164\uffa0\u2800]{4,}"), 0.6),
    ("control", re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]+"), 0.5),
)
_FLAGS: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{3,7}")
"""Flags of England, Scotland and Wales are written in tag characters."""


class InvisibleDetector:
    """Looks at the text as it is; the score is that of the worst kind, more for many."""

    name = "invisible"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def detect(self, subject: Subject) -> Detection:
        text = subject.text
        if text.isascii() and text.isprintable():
            return Detection()
        flags = [match.span() for match in _FLAGS.finditer(text)]
        found: list[Finding] = []
        for kind, pattern, score in _KINDS:
            for match in pattern.finditer(text):
                start, end = match.span()
                if any(flag <= start and end <= stop for flag, stop in flags):
                    continue
                found.append(
                    Finding(detector=self.name, kind=kind, score=score, start=start, end=end)
                )
        worst = max((finding.score for finding in found), default=0.0)
        many = min(0.05, 0.005 * max(0, len(found) - 1))
        return Detection(score=min(1.0, worst + many), findings=tuple(found))


def create(options: Mapping[str, Any]) -> InvisibleDetector:
    """No options."""
    return InvisibleDetector()
