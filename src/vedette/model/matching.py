"""Whether a span holds what a filter says, decided on the span itself.

This is what a filter means. Stores find candidates by their indexes and ask here, so no index
can change an answer.
"""

import functools
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

import msgspec

from vedette.model.expression import (
    And,
    Compare,
    Comparison,
    Exists,
    Expression,
    Field,
    Leaf,
    Like,
    Not,
    OneOf,
    Or,
    Value,
    leaves,
)
from vedette.model.fields import FIELDS
from vedette.model.notes import NO_NOTES, TraceNotes
from vedette.model.query import TraceRow
from vedette.model.span import Payload, SpanFacts

Said = Callable[[str, Payload, str, str], bool]
"""(name, payload, field, phrase): whether `text`, `input` or `output` holds the phrase."""


class Subject(msgspec.Struct, frozen=True):
    """A span and what else is known of it. `trace` may be missing where no field asks for it."""

    span: SpanFacts
    said: Said
    trace: TraceRow | None = None
    notes: TraceNotes = NO_NOTES


def homes(expression: Expression) -> frozenset[str]:
    """What has to be loaded to decide it; see `model.fields`."""
    return frozenset(FIELDS[leaf.field.name].home for leaf in leaves(expression))


def matches(expression: Expression, subject: Subject) -> bool:
    """Whether the span holds it."""
    match expression:
        case And(parts):
            return all(matches(part, subject) for part in parts)
        case Or(parts):
            return any(matches(part, subject) for part in parts)
        case Not(part):
            return not matches(part, subject)
        case _:
            return _leaf(expression, subject)


def _leaf(leaf: Leaf, subject: Subject) -> bool:
    if FIELDS[leaf.field.name].kind == "phrase":
        return _phrase(leaf, subject)
    values = values_of(leaf.field, subject)
    match leaf:
        case Exists():
            return any(True for _ in values)
        case Compare(_, sign, wanted):
            return any(_stands(value, sign, wanted) for value in values)
        case OneOf(_, several):
            return any(_stands(value, "=", wanted) for value in values for wanted in several)
        case Like(_, pattern):
            fits = like(pattern)
            return any(fits(as_text(value)) for value in values)
        case _:
            assert_never(leaf)


def _phrase(leaf: Leaf, subject: Subject) -> bool:
    span, name = subject.span, leaf.field.name
    match leaf:
        case Compare(_, _, wanted):
            return subject.said(span.name, span.payload, name, str(wanted))
        case OneOf(_, several):
            return any(subject.said(span.name, span.payload, name, str(each)) for each in several)
        case _:
            return _has_side(span, name)


def _has_side(span: SpanFacts, name: str) -> bool:
    sides = {"input": (span.payload.input,), "output": (span.payload.output,)}
    return any(sides.get(name, (span.name, span.payload.input, span.payload.output)))


def values_of(field: Field, subject: Subject) -> Iterable[Value]:
    """The values a span has for a field: none, one, or several."""
    if field.name == "attributes":
        return _flat(subject.span.payload.attributes.get(field.key))
    if field.name in _OF_NOTES:
        return _OF_NOTES[field.name](field, subject)
    if field.name.startswith("trace."):
        row = subject.trace
        return () if row is None else _known(_OF_TRACE[field.name](row))
    return _known(_OF_SPAN[field.name](subject.span))


def as_text(value: Value) -> str:
    """A value as patterns see it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@functools.lru_cache(maxsize=256)
def like(pattern: str) -> Callable[[str], bool]:
    """Whether a text fits the pattern of `Like`, in one walk over the text."""
    pieces = re.findall(r"\\.|\*|[^*]", pattern.casefold(), re.DOTALL)
    runs = [""]
    for piece in pieces:
        if piece == "*":
            runs.append("")
        else:
            runs[-1] += piece[-1]
    return functools.partial(_fits, tuple(runs))


def _fits(runs: tuple[str, ...], text: str) -> bool:
    """Whether the text is these runs with anything in between."""
    text = text.casefold()
    if len(runs) == 1:
        return text == runs[0]
    first, *middle, last = runs
    if not text.startswith(first):
        return False
    at = len(first)
    for run in middle:
        found = text.find(run, at)
        if found < 0:
            return False
        at = found + len(run)
    return len(text) - len(last) >= at and text.endswith(last)


_SIGNS: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _stands(value: Value, sign: Comparison, wanted: Value) -> bool:
    """Numbers compare with numbers, texts by equality; `true` is no number."""
    if _is_number(value) and _is_number(wanted):
        return _SIGNS[sign](value, wanted)
    return sign == "=" and (
        value == wanted if type(value) is type(wanted) else as_text(value) == as_text(wanted)
    )


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _flat(value: Any) -> Iterable[Value]:
    """An attribute's value, or the values of its list; what is nested deeper has none."""
    if isinstance(value, str | int | float | bool):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(each for each in value if isinstance(each, str | int | float | bool))
    return ()


def _known(value: Value | tuple[Value, ...] | None) -> tuple[Value, ...]:
    """Empty texts and None are no values."""
    if isinstance(value, tuple):
        return value
    return () if value is None or (value == "" and isinstance(value, str)) else (value,)


_Got = Value | tuple[Value, ...] | None
_OF_SPAN: Mapping[str, Callable[[SpanFacts], _Got]] = {
    "name": lambda span: span.name,
    "kind": lambda span: span.kind,
    "status": lambda span: span.status,
    "status_message": lambda span: span.status_message,
    "provider": lambda span: span.provider,
    "model": lambda span: span.model,
    "response_model": lambda span: span.response_model,
    "route": lambda span: span.route,
    "session": lambda span: span.session_id,
    "user": lambda span: span.user_id,
    "tag": lambda span: span.tags,
    "environment": lambda span: span.environment,
    "release": lambda span: span.release,
    "finish_reason": lambda span: span.finish_reason,
    "tool": lambda span: tuple(call.name for call in span.tool_calls),
    "cost": lambda span: span.cost_nano_usd,
    "cost_source": lambda span: span.cost_source or "unknown",
    "duration": lambda span: span.duration_ms,
    "ttft": lambda span: span.ttft_ms,
    "tokens": lambda span: span.usage.input_total + span.usage.output_total,
    "input_tokens": lambda span: span.usage.input_total,
    "output_tokens": lambda span: span.usage.output_total,
    "cache_read_tokens": lambda span: span.usage.cache_read_total,
    "reasoning_tokens": lambda span: span.usage.reasoning,
    "web_searches": lambda span: span.usage.web_searches,
    "start": lambda span: span.start_ns,
    "trace": lambda span: span.trace_id,
    "span": lambda span: span.span_id,
    "parent": lambda span: span.parent_span_id,
    "root": lambda span: not span.parent_span_id,
    "event": lambda span: tuple(event.name for event in span.payload.events),
}
_OF_TRACE: Mapping[str, Callable[[TraceRow], _Got]] = {
    "trace.name": lambda row: row.name,
    "trace.status": lambda row: row.status,
    "trace.cost": lambda row: row.cost_nano_usd,
    "trace.duration": lambda row: (row.end_ns - row.start_ns) / 1e6,
    "trace.tokens": lambda row: row.usage.input_total + row.usage.output_total,
    "trace.spans": lambda row: row.span_count,
    "trace.model": lambda row: row.models,
    "trace.user": lambda row: row.user_id,
    "trace.session": lambda row: row.session_id,
}


def _scores(field: Field, subject: Subject) -> Iterable[Value]:
    """Of the span itself, of its trace and of its session."""
    mine = ("", subject.span.span_id)
    return tuple(
        score.value
        for score in subject.notes.scores
        if score.name == field.key and score.span_id in mine
    )


_OF_NOTES: Mapping[str, Callable[[Field, Subject], Iterable[Value]]] = {
    "score": _scores,
    "comment": lambda _field, subject: tuple(each.text for each in subject.notes.comments),
    "bookmarked": lambda _field, subject: (subject.notes.bookmarked,),
    "tag": lambda _field, subject: (*subject.span.tags, *subject.notes.tags),
}
