"""The history of one input: every answer to it, each beside the first and the one before."""

from collections.abc import Sequence

import msgspec

from vedette.drift.comparison import Comparison, compare
from vedette.drift.consistency import Consistency, consistency
from vedette.drift.reporting import Call
from vedette.features.answer import AnswerFeatures


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One answer."""

    start_ns: int
    trace_id: str
    span_id: str
    model: str
    version: str
    answer: AnswerFeatures
    latency_ms: float | None
    output_tokens: int | None
    finish_reason: str
    to_first: Comparison | None = None
    to_previous: Comparison | None = None


class History(msgspec.Struct, frozen=True, kw_only=True):
    """All answers to one input, oldest first."""

    input_hash: str
    consistency: Consistency | None
    """None for a single answer."""
    verdicts: dict[str, int]
    models: tuple[str, ...]
    entries: tuple[HistoryEntry, ...]


def find_inputs(calls: Sequence[Call], prefix: str) -> list[str]:
    """The hashes of inputs that begin like this, in order of appearance."""
    hashes = (prompt.hash for call in calls if (prompt := call.observation.fingerprint.input))
    return [name for name in dict.fromkeys(hashes) if name.startswith(prefix)]


def read_history(calls: Sequence[Call], input_hash: str) -> History:
    """What was answered to an input; `calls` in order of time."""
    own = [
        call
        for call in calls
        if (prompt := call.observation.fingerprint.input) and prompt.hash == input_hash
    ]
    entries: list[HistoryEntry] = []
    for call in own:
        answer = call.observation.fingerprint.answer
        if answer is not None:
            entries.append(_entry(call, answer, entries))
    scores = consistency(call.observation for call in own)
    verdicts = [entry.answer.verdict or "none" for entry in entries]
    return History(
        input_hash=input_hash,
        consistency=scores[0] if scores else None,
        verdicts={name: verdicts.count(name) for name in dict.fromkeys(verdicts)},
        models=tuple(dict.fromkeys(entry.version or entry.model for entry in entries)),
        entries=tuple(entries),
    )


def _entry(call: Call, answer: AnswerFeatures, earlier: Sequence[HistoryEntry]) -> HistoryEntry:
    seen = call.observation
    return HistoryEntry(
        start_ns=call.start_ns,
        trace_id=call.trace_id,
        span_id=call.span_id,
        model=seen.model,
        version=seen.version,
        answer=answer,
        latency_ms=seen.latency_ms,
        output_tokens=seen.output_tokens,
        finish_reason=seen.finish_reason,
        to_first=compare(earlier[0].answer, answer) if earlier else None,
        to_previous=compare(earlier[-1].answer, answer) if earlier else None,
    )
