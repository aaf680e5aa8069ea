"""Late facts in the shapes of the API: what may be said, and how it is shown."""

import hashlib
import math
from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.errors import BadRequest
from vedette.model.notes import Comment, Score, ScoreKind, ScoreSource, TraceNotes
from vedette.query.filters import check_span_id, check_trace_id
from vedette.query.shapes import Time
from vedette.query.times import format_time

MAX_SCORES = 1_000

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=10_000)]
Id = Annotated[str, Meta(max_length=200)]


class ScoreBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A score of a trace, of a span (with `trace_id`), or of a session."""

    name: Name
    value: Annotated[
        float | bool | str, Meta(description="A number, true or false, or a category.")
    ]
    trace_id: Id = ""
    span_id: Id = ""
    session_id: Annotated[str, Meta(max_length=1_000)] = ""
    source: ScoreSource = "code"
    author: Id = ""
    comment: Text = ""
    id: Annotated[
        str,
        Meta(
            max_length=200,
            description="The same id again replaces the score. Without one, the same name, "
            "target, source and author do.",
        ),
    ] = ""


class ScoreBodies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Scores to keep; all of them or none."""

    scores: Annotated[tuple[ScoreBody, ...], Meta(min_length=1, max_length=MAX_SCORES)]


class ScoresTaken(msgspec.Struct, frozen=True):
    """The ids of the scores, in the order of the request."""

    ids: tuple[str, ...]


class ScoreShape(msgspec.Struct, frozen=True, kw_only=True):
    """A score."""

    id: str
    name: str
    kind: ScoreKind
    value: float | bool | str
    trace_id: str | None
    span_id: str | None
    session_id: str | None
    source: ScoreSource
    author: str | None
    comment: str | None
    time: Time


class ScorePage(msgspec.Struct, frozen=True):
    """Scores, ordered by id."""

    items: tuple[ScoreShape, ...]
    next_cursor: str | None


class CommentBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words on a trace, or on one of its spans."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000)]
    span_id: Id = ""
    author: Id = ""


class CommentShape(msgspec.Struct, frozen=True, kw_only=True):
    """A comment."""

    id: str
    text: str
    span_id: str | None
    author: str | None
    time: Time


class NotesShape(msgspec.Struct, frozen=True, kw_only=True):
    """All that was said of a trace after it was recorded."""

    scores: tuple[ScoreShape, ...]
    tags: tuple[str, ...]
    comments: tuple[CommentShape, ...]
    bookmarked: bool


def read_score(body: ScoreBody, *, project_id: str, now_ns: int) -> Score:
    """The score; raises BadRequest where it is on nothing, on too much, or no number."""
    trace_id = _hex(body.trace_id, "trace_id")
    span_id = _hex(body.span_id, "span_id")
    if bool(trace_id) == bool(body.session_id) or (span_id and not trace_id):
        raise BadRequest(
            "A score is on a trace (`trace_id`), on a span (`trace_id` and `span_id`), or on a "
            "session (`session_id`)."
        )
    if isinstance(body.value, float) and not math.isfinite(body.value):
        raise BadRequest("The value of a score must be a finite number.")
    if isinstance(body.value, str) and not 0 < len(body.value) <= 1_000:
        raise BadRequest("A category has 1 to 1000 characters.")
    target = (trace_id, span_id, body.session_id)
    said = "\x00".join((body.name, *target, body.source, body.author))
    return Score(
        id=body.id or hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32],
        project_id=project_id,
        name=body.name,
        value=body.value,
        trace_id=trace_id,
        span_id=span_id,
        session_id=body.session_id,
        source=body.source,
        author=body.author,
        comment=body.comment,
        at_ns=now_ns,
    )


def _hex(text: str, name: str) -> str:
    if not text:
        return ""
    try:
        return check_trace_id(text) if name == "trace_id" else check_span_id(text)
    except ValueError as error:
        raise BadRequest(f"{name} is {text[:80]!r}: need {error}.") from None


def score_shape(score: Score) -> ScoreShape:
    return ScoreShape(
        id=score.id,
        name=score.name,
        kind=score.kind,
        value=score.value,
        trace_id=score.trace_id or None,
        span_id=score.span_id or None,
        session_id=score.session_id or None,
        source=score.source,
        author=score.author or None,
        comment=score.comment or None,
        time=format_time(score.at_ns),
    )


def comment_shape(comment: Comment) -> CommentShape:
    return CommentShape(
        id=comment.id,
        text=comment.text,
        span_id=comment.span_id or None,
        author=comment.author or None,
        time=format_time(comment.at_ns),
    )


def notes_shape(notes: TraceNotes) -> NotesShape:
    return NotesShape(
        scores=tuple(map(score_shape, notes.scores)),
        tags=notes.tags,
        comments=tuple(map(comment_shape, notes.comments)),
        bookmarked=notes.bookmarked,
    )
