"""OpenAI's moderation (`/v1/moderations`), at whatever provider offers it.

https://platform.openai.com/docs/api-reference/moderations
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from vedette.detectors.remote.asking import NoVerdict, Party, models_of, party_of, shown
from vedette.detectors.remote.memory import Memory, digest
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

_LEAST: Final = 0.05
"""Categories below are not worth a finding."""


class _Result(msgspec.Struct, frozen=True):
    category_scores: dict[str, float | None]
    flagged: bool = False
    categories: dict[str, bool | None] = {}


class _Answer(msgspec.Struct, frozen=True):
    results: tuple[_Result, ...]


class ModerationDetector:
    """The score is that of the likeliest category; one that OpenAI flags scores at least 0.5."""

    name = "openai_moderation"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = True
    is_remote = True

    def __init__(self, party: Party) -> None:
        self.party = f"openai_moderation:{party.model}"
        self._party = party
        self._memory: Memory[tuple[tuple[str, float], ...]] = Memory(party.cache_s)

    def detect(self, subject: Subject) -> Detection:
        party = self._party
        if not party.model or not subject.text.strip():
            return Detection()
        key = digest(subject.text)
        scores = self._memory.recall(key)
        if scores is None:
            body = {"model": party.model, "input": shown(subject.text)}
            answer = models_of(subject, party).post(
                party.model, "/v1/moderations", body, timeout_s=party.timeout_s
            )
            scores = _read(answer)
            self._memory.keep(key, scores)
        found = tuple(
            Finding(detector=self.name, kind=kind, score=score, start=0, end=len(subject.text))
            for kind, score in scores
            if score >= _LEAST
        )
        return Detection(score=max((score for _, score in scores), default=0.0), findings=found)


def _read(answer: bytes) -> tuple[tuple[str, float], ...]:
    """Scores by category. Raises NoVerdict."""
    try:
        results = msgspec.json.decode(answer, type=_Answer).results
    except msgspec.DecodeError:
        results = ()
    if not results:
        raise NoVerdict("The answer is none of a moderation.")
    scores: dict[str, float] = {}
    for result in results:
        for kind, score in result.category_scores.items():
            score = min(1.0, max(0.0, score or 0.0))
            if result.categories.get(kind):
                score = max(score, 0.5)
            scores[kind] = max(scores.get(kind, 0.0), score)
        if result.flagged and max(scores.values(), default=0.0) < 0.5:
            scores["flagged"] = 0.5
    return tuple(scores.items())


def create(options: Mapping[str, Any]) -> ModerationDetector:
    """`model`: a moderation model (openai/omni-moderation-latest); `timeout_s`, `cache_s`."""
    if unknown := set(options) - set(Party.__struct_fields__):
        raise ConfigError(f"openai_moderation: unknown options {sorted(unknown)}.")
    return ModerationDetector(party_of("openai_moderation", options))
