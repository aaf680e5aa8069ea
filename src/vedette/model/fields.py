"""The fields a filter can name: how their values are written and where they are found.

`home` says what must be loaded to see them: the light half of a span (`head`), its payload
(`body`), the roll-up of its trace (`trace`), or what was said of it later (`notes`).
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from vedette.model.span import KINDS

FieldKind = Literal["text", "choice", "number", "usd", "ms", "time", "phrase", "flag", "any"]
Home = Literal["head", "body", "trace", "notes"]
STATUSES = ("ok", "error", "unset")


class FieldType(NamedTuple):
    """A field as the grammar knows it."""

    kind: FieldKind
    home: Home
    help: str
    choices: tuple[str, ...] = ()


FIELDS: Mapping[str, FieldType] = {
    "name": FieldType("text", "head", "Name of the span."),
    "kind": FieldType("choice", "head", "Kind of span.", KINDS),
    "status": FieldType("choice", "head", "How the span ended.", STATUSES),
    "status_message": FieldType("text", "head", "What an error said."),
    "provider": FieldType("text", "head", "Provider."),
    "model": FieldType("text", "head", "Model asked for."),
    "response_model": FieldType("text", "head", "Model that answered."),
    "route": FieldType("text", "head", "Route of the gateway."),
    "session": FieldType("text", "head", "Session id."),
    "user": FieldType("text", "head", "User id."),
    "tag": FieldType("text", "head", "A tag, given at once or later."),
    "environment": FieldType("text", "head", "Deployment environment."),
    "release": FieldType("text", "head", "Release of the application."),
    "finish_reason": FieldType("text", "head", "Why the answer ended."),
    "tool": FieldType("text", "head", "Name of a tool the model called."),
    "cost": FieldType("usd", "head", "Cost in USD."),
    "cost_source": FieldType(
        "choice", "head", "Where the cost is from.", ("priced", "partial", "reported", "unknown")
    ),
    "duration": FieldType("ms", "head", "Duration: 1500, 1500ms, 1.5s, 2m."),
    "ttft": FieldType("ms", "head", "Time to the first token."),
    "tokens": FieldType("number", "head", "Input and output tokens."),
    "input_tokens": FieldType("number", "head", "Input tokens."),
    "output_tokens": FieldType("number", "head", "Output tokens."),
    "cache_read_tokens": FieldType("number", "head", "Input tokens read from a cache."),
    "reasoning_tokens": FieldType("number", "head", "Output tokens spent on reasoning."),
    "web_searches": FieldType("number", "head", "Searches of the web that the provider ran."),
    "start": FieldType("time", "head", "Start: RFC 3339, or now-15m."),
    "trace": FieldType("text", "head", "Trace id."),
    "span": FieldType("text", "head", "Span id."),
    "parent": FieldType("text", "head", "Span id of the parent."),
    "root": FieldType("flag", "head", "Whether it has no parent: true or false."),
    "text": FieldType("phrase", "body", "A phrase in name, input or output."),
    "input": FieldType("phrase", "body", "A phrase in the input."),
    "output": FieldType("phrase", "body", "A phrase in the output."),
    "event": FieldType("text", "body", "Name of an event of the span."),
    "score": FieldType("any", "notes", "A score: score.helpfulness > 0.5."),
    "comment": FieldType("text", "notes", "A comment on the trace."),
    "bookmarked": FieldType("flag", "notes", "Whether the trace is bookmarked: true or false."),
    "attributes": FieldType("any", "body", 'An attribute: attributes."http.status_code".'),
    "trace.name": FieldType("text", "trace", "Name of the trace."),
    "trace.status": FieldType("choice", "trace", "`error` where any span failed.", STATUSES),
    "trace.cost": FieldType("usd", "trace", "Cost of the trace."),
    "trace.duration": FieldType("ms", "trace", "Duration of the trace."),
    "trace.tokens": FieldType("number", "trace", "Tokens of all its calls."),
    "trace.spans": FieldType("number", "trace", "How many spans it has."),
    "trace.model": FieldType("text", "trace", "A model that was used anywhere in the trace."),
    "trace.user": FieldType("text", "trace", "User of the trace."),
    "trace.session": FieldType("text", "trace", "Session of the trace."),
}
"""By name. Those in `KEYED` take a key."""
KEYED = frozenset({"attributes", "score"})


def field_type(name: str) -> FieldType:
    """Raises KeyError for a name nobody knows."""
    return FIELDS[name]
