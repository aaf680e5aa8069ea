"""What a worker that died had still to say of a call: said by the core, of what was recorded."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.app.sinks import place_of
from vedette.gateway.hits import Hits
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Passage
from vedette.guard.reading import passages_of
from vedette.guard.stacking import Origin
from vedette.ingest.collector import SpanWriter
from vedette.ingest.pending import Heirs, Spans
from vedette.model.governance import HITS, MOST_HITS, Hit
from vedette.model.pending import STATE, Pending
from vedette.model.policy import Verdict
from vedette.model.span import Span

LOST = "afterwards:no_text"
TEXTS_KEPT = frozenset({"full", "redacted"})
"""Capture modes."""
_MOST_CHARS = 2_000
_Attributes = Mapping[str, Any]


def open_heirs(spill_dir: str, spans: Spans, writer: SpanWriter, desk: GuardDesk) -> Heirs:
    """Whoever goes on with the calls of workers that died."""
    return Heirs(place_of(spill_dir), spans=spans, writer=writer, look=Heir(desk))


class Heir:
    """Looks at a call in the place of its worker."""

    def __init__(self, desk: GuardDesk) -> None:
        self._desk = desk

    def __call__(self, pending: Pending) -> Span:
        """The span with what its rules say of what was recorded; without texts, with the word that
        this is lost. Blocks."""
        span = pending.span
        passages = [
            *passages_of(span.payload.input, default="input"),
            *passages_of(span.payload.output, default="output"),
        ]
        if span.capture not in TEXTS_KEPT or not passages:
            said: dict[str, Any] = {STATE: "lost"}
            said["vedette.guard.bypassed"] = _joined(span, "vedette.guard.bypassed", [LOST])
            return _with(span, said)
        exempt = frozenset(name for name, one in pending.origins.items() if one.is_exempt)
        verdict = self._desk.go_on(passages, pending.policy, project=span.project_id, exempt=exempt)
        return _with(span, _told(pending, verdict, passages))


def _told(pending: Pending, verdict: Verdict, passages: list[Passage]) -> dict[str, Any]:
    """The attributes that the worker would have written."""
    span, note = pending.span, "vedette.guard."
    rules = dict.fromkeys(
        fired.rule + ("" if fired.mode == "enforce" else " (shadow)") for fired in verdict.fired
    )
    kinds = dict.fromkeys(f"{one.detector}:{one.kind}" for one in verdict.findings)
    counts = [
        f"{kind} x{sum(f'{f.detector}:{f.kind}' == kind for f in verdict.findings)}"
        for kind in sorted(kinds)
    ]
    bypassed = dict.fromkeys(f"{one.detector}:{one.reason}" for one in verdict.bypassed)
    lists = {
        "rules": rules, "findings": counts, "bypassed": bypassed, "alerts": verdict.alerts,
        "allowed": verdict.allowed,
    }  # fmt: skip
    said: dict[str, Any] = {
        note + name: _joined(span, note + name, list(values))
        for name, values in lists.items()
        if values
    }
    said[STATE] = verdict.action
    if hits := _hits(pending, verdict, passages):
        said[HITS] = hits
    return said


def _hits(pending: Pending, verdict: Verdict, passages: list[Passage]) -> str:
    origins = {
        name: Origin(one.policy, one.version, one.rule) for name, one in pending.origins.items()
    }
    found = Hits(pending.policy, origins)
    found.add(verdict, passages, None, is_stream=True)
    before = pending.span.payload.attributes.get(HITS) or "[]"
    hits = msgspec.json.decode(before, type=list[Hit])
    hits += msgspec.json.decode(found.encoded() or "[]", type=list[Hit])
    return msgspec.json.encode(hits[:MOST_HITS]).decode() if hits else ""


def _joined(span: Span, name: str, more: list[str]) -> str:
    before = span.payload.attributes.get(name)
    parts = [before] if isinstance(before, str) and before else []
    return ", ".join([*parts, *more])[:_MOST_CHARS]


def _with(span: Span, said: _Attributes) -> Span:
    payload = replace(span.payload, attributes={**span.payload.attributes, **said})
    return replace(span, payload=payload)
