"""Random filters, and what they mean worked out the slow way."""

import re
from typing import Any

from hypothesis import strategies as st

from tests.support.naive_spans import holds_phrase, trace_row
from vedette.model.expression import (
    And,
    Compare,
    Exists,
    Expression,
    Field,
    Like,
    Not,
    OneOf,
    Or,
)
from vedette.model.fields import FIELDS, KEYED
from vedette.model.span import Span

WORDS = ("a", "b", "alpha", "Beta gamma", 'say "hi" \\ now', "发票", "x*y")
KEYS = ("http.status_code", "cached", "plan", "weird key", 'quote"d')


def _of(kind: str) -> st.SearchStrategy[Any]:
    return {
        "text": st.sampled_from(WORDS),
        "phrase": st.sampled_from(("alpha", "beta gamma", "发票", "one two")),
        "number": st.one_of(st.integers(-5, 30), st.sampled_from([0.5, 12.25, 1e-7])),
        "usd": st.sampled_from([0, 1, 1_000, 1_024, 10**9, 123_456_789]),
        "ms": st.sampled_from([0.0, 0.000999, 1.0, 250.0, 90_000.0, 12.5]),
        "time": st.integers(1_698_000_000_000_000_000, 1_700_000_000_000_000_000),
        "flag": st.booleans(),
        "any": st.one_of(st.sampled_from(WORDS), st.integers(-9, 600), st.booleans()),
    }[kind]


@st.composite
def leaves_drawn(draw: Any) -> Expression:
    """A condition on any field."""
    name = draw(st.sampled_from(sorted(FIELDS)))
    type_ = FIELDS[name]
    field = Field(name, draw(st.sampled_from(KEYS)) if name in KEYED else "")
    if name in ("trace", "span", "parent"):
        return Compare(field, "=", draw(st.sampled_from([f"{1:032x}", f"{2:016x}", "aa"])))
    values = st.sampled_from(type_.choices) if type_.kind == "choice" else _of(type_.kind)
    shape = draw(st.sampled_from(["=", "=", "<", "<=", ">", ">=", "in", "like", "exists"]))
    if shape == "exists":
        return Exists(field)
    if shape == "in":
        return OneOf(field, tuple(draw(st.lists(values, min_size=1, max_size=3))))
    if shape == "like" and type_.kind in ("text", "any"):
        return Like(field, draw(st.sampled_from(["*", "a*", "*ET*", "b", "*\\*y", "a*a", "**a"])))
    if shape in ("<", "<=", ">", ">=") and type_.kind in ("number", "usd", "ms", "time", "any"):
        return Compare(field, shape, draw(values))
    return Compare(field, "=", draw(values))


expressions: st.SearchStrategy[Expression] = st.recursive(
    leaves_drawn(),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
)


def holds(expression: Expression, span: Span, trace: list[Span]) -> bool:
    """Whether a span of this trace holds the filter."""
    if isinstance(expression, And):
        return all(holds(part, span, trace) for part in expression.parts)
    if isinstance(expression, Or):
        return any(holds(part, span, trace) for part in expression.parts)
    if isinstance(expression, Not):
        return not holds(expression.part, span, trace)
    field = expression.field
    if FIELDS[field.name].kind == "phrase":
        return _phrase(expression, span)
    values = _values(field, span, trace)
    if isinstance(expression, Exists):
        return bool(values)
    if isinstance(expression, OneOf):
        return any(_same(value, each) for value in values for each in expression.values)
    if isinstance(expression, Like):
        pattern = "".join(
            ".*" if piece == "*" else re.escape(piece[-1])
            for piece in re.findall(r"\\.|.", expression.pattern)
        )
        return any(
            re.fullmatch(pattern, _text(value), re.IGNORECASE | re.DOTALL) for value in values
        )
    wanted = expression.value
    if expression.sign == "=":
        return any(_same(value, wanted) for value in values)
    return any(_ordered(value, expression.sign, wanted) for value in values)


def _phrase(leaf: Compare | OneOf | Exists | Like, span: Span) -> bool:
    if isinstance(leaf, Compare):
        wanted = [leaf.value]
    elif isinstance(leaf, OneOf):
        wanted = list(leaf.values)
    else:
        return bool(_side(span, leaf.field.name))
    some = _only(span, leaf.field.name)
    return any(holds_phrase(some, str(each)) for each in wanted)


def _side(span: Span, name: str) -> bool:
    sides = {"input": [span.payload.input], "output": [span.payload.output]}
    return any(sides.get(name, [span.name, span.payload.input, span.payload.output]))


def _only(span: Span, name: str) -> Span:
    from msgspec.structs import replace

    if name == "text":
        return span
    other = "output" if name == "input" else "input"
    return replace(span, name="", payload=replace(span.payload, **{other: None}))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _same(value: Any, wanted: Any) -> bool:
    if _number(value) and _number(wanted):
        return bool(value == wanted)
    return _text(value) == _text(wanted)


def _ordered(value: Any, sign: str, wanted: Any) -> bool:
    if not _number(value) or not _number(wanted):
        return False
    found = {"<": value < wanted, "<=": value <= wanted, ">": value > wanted}
    return bool(found.get(sign, value >= wanted))


_PLAIN = {
    "session": "session_id",
    "user": "user_id",
    "cost": "cost_nano_usd",
    "start": "start_ns",
    "trace": "trace_id",
    "span": "span_id",
    "parent": "parent_span_id",
    "ttft": "ttft_ms",
    "duration": "duration_ms",
}


def _flat(value: Any) -> list[Any]:
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, str | int | float)]


def _values(field: Field, span: Span, trace: list[Span]) -> list[Any]:
    name, usage = field.name, span.usage
    if FIELDS[name].home == "notes":
        return [False] if name == "bookmarked" else []
    if name == "attributes":
        value = span.payload.attributes.get(field.key)
        return _flat(value)
    if name.startswith("trace."):
        row = trace_row(trace)
        found: Any = {
            "name": row.name,
            "status": row.status,
            "cost": row.cost_nano_usd,
            "duration": (row.end_ns - row.start_ns) / 1e6,
            "tokens": row.usage.input_total + row.usage.output_total,
            "spans": row.span_count,
            "model": list(row.models),
            "user": row.user_id,
            "session": row.session_id,
        }[name.partition(".")[2]]
    elif name.endswith(("tokens", "searches")):
        found = {
            "tokens": usage.input_total + usage.output_total,
            "input_tokens": usage.input_total,
            "output_tokens": usage.output_total,
            "cache_read_tokens": usage.cache_read_total,
            "reasoning_tokens": usage.reasoning,
            "web_searches": usage.web_searches,
        }[name]
    elif name == "tag":
        found = list(span.tags)
    elif name == "tool":
        found = [call.name for call in span.tool_calls]
    elif name == "event":
        found = [event.name for event in span.payload.events]
    elif name == "root":
        found = not span.parent_span_id
    elif name == "cost_source":
        found = span.cost_source or "unknown"
    else:
        found = getattr(span, _PLAIN.get(name, name))
    several = found if isinstance(found, list) else [found]
    return [each for each in several if each is not None and each != ""]
