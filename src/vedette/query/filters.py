"""The filters of lists: which traces, which spans, which page of them."""

import functools
import re
from collections.abc import Iterable

import msgspec

from vedette.model.expression import Expression
from vedette.model.fields import FIELDS, KEYED
from vedette.model.query import Filter, Position
from vedette.model.span import KINDS, StatusCode
from vedette.query import money, times
from vedette.query.cursors import decode_cursor
from vedette.query.grammar import parse_filter
from vedette.query.parameters import Parameter, ParameterError, Parameters
from vedette.query.shapes import FilterField, FilterFields

MAX_LIMIT = 1_000
DEFAULT_LIMIT = 50

_STATUSES: tuple[StatusCode, ...] = ("ok", "error", "unset")
_TRACE_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SPAN_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_TEXT = {"type": "string"}

RANGE_PARAMETERS = (
    Parameter(
        name="from",
        description=f"Start time at or after this: {times.EXPECTED}.",
        schema=_TEXT,
    ),
    Parameter(name="to", description="Start time before this; written like `from`.", schema=_TEXT),
)
FILTER_PARAMETERS = (
    *RANGE_PARAMETERS,
    Parameter(name="model", description="Model name, exact.", schema=_TEXT),
    Parameter(name="provider", description="Provider name, exact.", schema=_TEXT),
    Parameter(
        name="status",
        description="How it ended.",
        schema={"type": "string", "enum": list(_STATUSES)},
    ),
    Parameter(
        name="kind",
        description="Kind of span; a trace matches when one of its spans does.",
        schema={"type": "string", "enum": list(KINDS)},
    ),
    Parameter(name="session", description="Session id, exact.", schema=_TEXT),
    Parameter(name="user", description="User id, exact.", schema=_TEXT),
    Parameter(name="tag", description="A tag, exact.", schema=_TEXT),
    Parameter(
        name="min_cost",
        description="Cost in USD at or above this, such as 0.001250. Unpriced rows never match.",
        schema=_TEXT,
    ),
    Parameter(
        name="min_latency_ms",
        description="Duration in milliseconds at or above this.",
        schema={"type": "number", "minimum": 0},
    ),
    Parameter(name="q", description="A phrase in the inputs or outputs.", schema=_TEXT),
    Parameter(
        name="filter",
        description='Any conditions, such as `cost > 0.01 and not tag in (test, "load test")`; '
        "see the guide to filters.",
        schema=_TEXT,
    ),
)
PAGE_PARAMETERS = (
    Parameter(
        name="cursor",
        description="Where to go on: `next_cursor` of the page before.",
        schema=_TEXT,
    ),
    Parameter(
        name="limit",
        description="Rows of a page.",
        schema={
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_LIMIT,
            "default": DEFAULT_LIMIT,
        },
    ),
)
TRACE_ID_PARAMETER = Parameter(
    name="trace_id",
    description="Only spans of this trace.",
    schema={"type": "string", "pattern": "^[0-9a-f]{32}$"},
)


class PageQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a filtered list."""

    filter: Filter
    after: Position | None = None
    limit: int = DEFAULT_LIMIT


def read_filter(parameters: Parameters, *, project_id: str, now_ns: int) -> Filter:
    """The conditions that were given; raises ParameterError."""
    from_ns, to_ns = read_range(parameters, now_ns=now_ns)
    return Filter(
        project_id=project_id,
        from_ns=from_ns,
        to_ns=to_ns,
        model=parameters.text("model"),
        provider=parameters.text("provider"),
        status=parameters.choice("status", _STATUSES) or "",
        kind=parameters.choice("kind", KINDS) or "",
        session_id=parameters.text("session"),
        user_id=parameters.text("user"),
        tag=parameters.text("tag"),
        trace_id=parameters.parse("trace_id", check_trace_id) or "",
        min_cost_nano_usd=parameters.parse("min_cost", money.parse_usd),
        min_latency_ms=parameters.number("min_latency_ms"),
        text=parameters.text("q").strip(),
        where=read_where(parameters, now_ns=now_ns),
    )


def read_where(parameters: Parameters, *, now_ns: int) -> Expression | None:
    """The tree of `filter`, None where none was given. Raises FilterError."""
    text = parameters.text("filter")
    return parse_filter(text, now_ns=now_ns) if text.strip() else None


def read_range(parameters: Parameters, *, now_ns: int) -> tuple[int | None, int | None]:
    """`from` and `to` in nanoseconds; a range that ends before it starts is an error."""
    parse = functools.partial(times.parse_time, now_ns=now_ns)
    from_ns, to_ns = parameters.parse("from", parse), parameters.parse("to", parse)
    if from_ns is not None and to_ns is not None and to_ns <= from_ns:
        raise ParameterError("to", parameters.text("to"), "a time after `from`")
    return from_ns, to_ns


def read_page(parameters: Parameters, *, project_id: str, now_ns: int) -> PageQuery:
    """Filter, cursor and limit of a list."""
    return PageQuery(
        filter=read_filter(parameters, project_id=project_id, now_ns=now_ns),
        after=parameters.parse("cursor", decode_cursor),
        limit=parameters.integer("limit", low=1, high=MAX_LIMIT, default=DEFAULT_LIMIT),
    )


def page_query(
    pairs: Iterable[tuple[str, str]], *, now_ns: int, project_id: str = "default"
) -> PageQuery:
    """A page from loose names and values, as the command line has them."""
    known = (TRACE_ID_PARAMETER, *FILTER_PARAMETERS, *PAGE_PARAMETERS)
    return read_page(Parameters(pairs, known), project_id=project_id, now_ns=now_ns)


def filter_fields() -> FilterFields:
    """What filters can name."""
    return FilterFields(
        tuple(
            FilterField(
                name=name,
                kind=type_.kind,
                help=type_.help,
                choices=type_.choices,
                keyed=name in KEYED,
            )
            for name, type_ in FIELDS.items()
        )
    )


def check_trace_id(text: str) -> str:
    """The id in lower case; raises ValueError unless it is 32 hex digits."""
    if _TRACE_ID.fullmatch(text.lower()) is None:
        raise ValueError("32 hex digits")
    return text.lower()


def check_span_id(text: str) -> str:
    """The id in lower case; raises ValueError unless it is 16 hex digits."""
    if _SPAN_ID.fullmatch(text.lower()) is None:
        raise ValueError("16 hex digits")
    return text.lower()
