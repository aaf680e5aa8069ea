"""Does an answer give away what it was told in confidence? Canaries and the system prompt.

A canary is a string that stands nowhere else: seeing it once, in any disguise, is proof, also
spelled backwards, letter by letter or encoded (`spellings`). The system prompt is compared by runs
of words: the score is the share of the prompt's runs of five words that come back, or what the
longest run that comes back deserves, whichever is more. Short runs that any text has ("you are a
helpful assistant") count for little.

With `dumps` also what a model says that falls into what it was trained on: one word over and over,
and the marks that stand between the turns of its training texts. Who explains such marks uses them,
too: so this is asked for, not given.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.matching.repeats import repeating, repeats
from vedette.detectors.matching.spellings import found_spelled, spelling_begun
from vedette.errors import ConfigError
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Evidence, Subject

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_RUN: Final = 5
_SURE_WORDS: Final = 16
"""A run of so many words of the prompt is no coincidence."""
_COMMON: Final = frozenset(
    {
        "you are a helpful assistant",
        "are a helpful assistant and",
        "as an ai language model",
    }
)
_MAX_WORDS: Final = 20_000
_MARK: Final = re.compile(
    r"<\|(?:endoftext|im_start|im_end|im_sep|begin_of_text|end_of_text|eot_id|start_header_id"
    r"|end_header_id|fim_prefix|fim_middle|fim_suffix)\|>|\[/?INST\]|<</?SYS>>"
    r"|<(?:start|end)_of_turn>"
)
_MOST_MARKS: Final = 50


class LeakDetector:
    """Compares with what `Evidence` knows; without evidence there is nothing to leak."""

    name = "leak"
    where: frozenset[Where] = frozenset({"output", "reasoning", "tool_arguments"})
    is_heavy = False
    reads: frozenset[str] = frozenset({"system_prompt", "canaries"})

    def __init__(self, *, dumps: bool = False) -> None:
        self._dumps = dumps
        self._last: tuple[str, frozenset[str]] = ("", frozenset())
        """The instructions that came last, and their runs: they are the same in call after call."""
        self._said: tuple[str, str] = ("", " ")
        """The same, and their words in one line."""

    def detect(self, subject: Subject) -> Detection:
        found = self._canaries(subject)
        score = 1.0 if found else 0.0
        if runs := self._runs(subject.evidence.system_prompt):
            for view in subject.views:
                if not view.folded:
                    continue
                share, at = _overlap(view.text, runs)
                score = max(score, share)
                if at is not None and share >= 0.3:
                    start, end = view.origin(*at)
                    found.append(
                        Finding(
                            detector=self.name, kind="system_prompt", score=share, start=start,
                            end=end, view=view.name,
                        )
                    )  # fmt: skip
        if self._dumps and (dumped := self._dumped(subject.text)):
            found += dumped
            score = max(score, *(finding.score for finding in dumped))
        return Detection(score=score, findings=tuple(found))

    def _dumped(self, text: str) -> list[Finding]:
        places = [("repetition", 0.8, place) for place in repeats(text)]
        marks = list(_MARK.finditer(text))[:_MOST_MARKS]
        places += [("training_mark", 0.6, match.span()) for match in marks]
        return [
            Finding(detector=self.name, kind=kind, score=score, start=start, end=end)
            for kind, score, (start, end) in places
        ]

    def begun(self, end: str, evidence: Evidence, least: float) -> int:
        """See `Detector`. What ends as the prompt goes on somewhere, or as a canary begins."""
        first = repeating(end) if self._dumps else len(end)
        for canary in evidence.canaries:
            wanted = canary.lower()
            size = next((n for n in range(len(wanted), 0, -1) if end.endswith(wanted[:n])), 0)
            first = min(first, len(end) - size, spelling_begun(end, canary))
        if evidence.system_prompt:
            first = min(first, self._repeated(end, evidence.system_prompt))
        return first

    def _repeated(self, end: str, prompt: str) -> int:
        """From where on a text ends in words that stand one behind the other in the prompt."""
        last, words = self._said
        if prompt != last:
            words = f" {' '.join(_words(prompt))} "
            self._said = (prompt, words)
        first, run = len(end), ""
        for match in reversed(list(_WORD.finditer(end))):
            run = f" {match[0]}{run}"
            if run not in words:
                break
            first = match.start()
        return first

    def _runs(self, prompt: str) -> frozenset[str]:
        last, runs = self._last
        if prompt != last:
            runs = _runs(_words(prompt))
            self._last = (prompt, runs)
        return runs

    def _canaries(self, subject: Subject) -> list[Finding]:
        found: list[Finding] = []
        for canary in subject.evidence.canaries:
            for view in subject.views:
                wanted = canary.lower() if view.folded else canary
                at = view.text.find(wanted) if wanted else -1
                if at >= 0:
                    start, end = view.origin(at, at + len(wanted))
                    found.append(
                        Finding(
                            detector=self.name, kind="canary", score=1.0, start=start, end=end,
                            view=view.name,
                        )
                    )  # fmt: skip
                    break
            else:
                found += self._spelled(subject.text, canary)
        return found

    def _spelled(self, text: str, canary: str) -> list[Finding]:
        place = found_spelled(text, canary)
        if place is None:
            return []
        start, end = place
        return [
            Finding(
                detector=self.name, kind="canary", score=1.0, start=start, end=end, view="spelled"
            )
        ]  # fmt: skip


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())[:_MAX_WORDS]


def _runs(words: list[str]) -> frozenset[str]:
    runs = (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return frozenset(runs) - _COMMON


def _overlap(text: str, runs: frozenset[str]) -> tuple[float, tuple[int, int] | None]:
    """Score and range of the longest stretch of `text` that is made of `runs`."""
    matches = list(_WORD.finditer(text.lower()))[:_MAX_WORDS]
    words = [match[0] for match in matches]
    best, best_at, length = 0, 0, 0
    seen: set[str] = set()
    for at in range(len(words) - _RUN + 1):
        run = " ".join(words[at : at + _RUN])
        if run not in runs:
            length = 0
            continue
        seen.add(run)
        length += 1
        if length > best:
            best, best_at = length, at
    if not best or not runs:
        return 0.0, None
    size = best + _RUN - 1
    first = matches[best_at - best + 1].start()
    last = matches[best_at + _RUN - 1].end()
    share = max(len(seen) / len(runs), min(1.0, size / _SURE_WORDS))
    return min(1.0, share), (first, last)


def create(options: Mapping[str, Any]) -> LeakDetector:
    """`dumps`: whether it looks for training texts; all else comes with each text."""
    dumps = options.get("dumps", False)
    if set(options) - {"dumps"} or not isinstance(dumps, bool):
        raise ConfigError("leak: the only option is `dumps`, true or false.")
    return LeakDetector(dumps=dumps)
