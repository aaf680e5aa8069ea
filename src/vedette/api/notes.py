"""`/scores` and the notes of a trace: what is said of calls after they were recorded."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.bodies import read_body
from vedette.api.context import context_of
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import BadRequest, NotFound
from vedette.model.notes import NO_NOTES, SOURCES, Comment, ScoreQuery
from vedette.model.query import TraceRow
from vedette.ports.notes import Notes
from vedette.ports.stores import SpanStore
from vedette.query.filters import MAX_LIMIT, TRACE_ID_PARAMETER, check_span_id, check_trace_id
from vedette.query.notes import (
    CommentBody,
    CommentShape,
    NotesShape,
    ScoreBodies,
    ScorePage,
    ScoresTaken,
    comment_shape,
    notes_shape,
    read_score,
    score_shape,
)
from vedette.query.parameters import Parameter, ParameterError

MAX_TAG = 200


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["notes"])
    add_route(api, "POST", "/scores", post_scores, _POST_SCORES)
    add_route(api, "GET", "/scores", list_scores, _LIST_SCORES)
    add_route(api, "DELETE", "/scores/{score_id:path}", delete_score, _DELETE_SCORE)
    add_route(api, "GET", "/traces/{trace_id}/notes", show_notes, _SHOW)
    add_route(api, "PUT", "/traces/{trace_id}/bookmark", set_bookmark, _SWITCH)
    add_route(api, "DELETE", "/traces/{trace_id}/bookmark", clear_bookmark, _SWITCH)
    add_route(api, "PUT", "/traces/{trace_id}/tags/{tag:path}", set_tag, _SWITCH)
    add_route(api, "DELETE", "/traces/{trace_id}/tags/{tag:path}", clear_tag, _SWITCH)
    add_route(api, "POST", "/traces/{trace_id}/comments", post_comment, _POST_COMMENT)
    add_route(
        api, "DELETE", "/traces/{trace_id}/comments/{comment_id}", delete_comment, _DELETE_COMMENT
    )
    return api


async def post_scores(request: Request) -> Response:
    context = context_of(request)
    project_id = await project_of(request, read_parameters(request, _POST_SCORES.parameters))
    body = await read_body(request, ScoreBodies)
    services = context.services
    now_ns = services.clock.now_ns()
    scores = [read_score(each, project_id=project_id, now_ns=now_ns) for each in body.scores]
    await context.threads.run(services.store.notes.put_scores, scores)
    return json_response(ScoresTaken(tuple(score.id for score in scores)), status=201)


async def list_scores(request: Request) -> Response:
    context = context_of(request)
    parameters = read_parameters(request, _LIST_SCORES.parameters)
    limit = parameters.integer("limit", low=1, high=MAX_LIMIT, default=100)
    query = ScoreQuery(
        project_id=await project_of(request, parameters),
        name=parameters.text("name"),
        trace_id=parameters.parse("trace_id", check_trace_id) or "",
        session_id=parameters.text("session"),
        source=parameters.choice("source", SOURCES) or "",
        after_id=parameters.text("cursor"),
        limit=limit + 1,
    )
    found = await context.threads.run(context.services.store.notes.list_scores, query)
    shown = found[:limit]
    return json_response(
        ScorePage(tuple(map(score_shape, shown)), shown[-1].id if len(found) > limit else None)
    )


async def delete_score(request: Request, score_id: str) -> Response:
    context = context_of(request)
    project_id = await project_of(request, read_parameters(request, _DELETE_SCORE.parameters))
    notes = context.services.store.notes
    if not await context.threads.run(notes.delete_score, project_id, score_id):
        raise NotFound(f"There is no score {score_id!r}.")
    return Response(status_code=204)


class _Place(NamedTuple):
    """A trace that is there."""

    notes: Notes
    project_id: str
    row: TraceRow


async def _trace(request: Request, trace_id: str) -> _Place:
    """Raises NotFound where the project has no such trace."""
    context = context_of(request)
    project_id = await project_of(request, read_parameters(request, (PROJECT_PARAMETER,)))
    try:
        trace_id = check_trace_id(trace_id)
    except ValueError as error:
        raise ParameterError("trace_id", trace_id, str(error)) from None
    store: SpanStore = context.services.store
    row = await context.threads.run(store.trace, project_id, trace_id)
    if row is None:
        raise NotFound(f"There is no trace {trace_id!r}.")
    return _Place(store.notes, project_id, row)


async def show_notes(request: Request, trace_id: str) -> Response:
    place = await _trace(request, trace_id)
    found = await context_of(request).threads.run(_notes, place)
    return json_response(found)


def _notes(place: _Place) -> NotesShape:
    trace_id, session_id = place.row.trace_id, place.row.session_id
    sessions = {trace_id: session_id} if session_id else {}
    found = place.notes.of_traces(place.project_id, (trace_id,), sessions)
    return notes_shape(found.get(trace_id, NO_NOTES))


async def set_bookmark(request: Request, trace_id: str) -> Response:
    return await _bookmark(request, trace_id, is_on=True)


async def clear_bookmark(request: Request, trace_id: str) -> Response:
    return await _bookmark(request, trace_id, is_on=False)


async def _bookmark(request: Request, trace_id: str, *, is_on: bool) -> Response:
    notes, project_id, row = await _trace(request, trace_id)
    threads = context_of(request).threads
    await threads.run(notes.set_bookmark, project_id, row.trace_id, is_on=is_on)
    return Response(status_code=204)


async def set_tag(request: Request, trace_id: str, tag: str) -> Response:
    return await _tag(request, trace_id, tag, is_on=True)


async def clear_tag(request: Request, trace_id: str, tag: str) -> Response:
    return await _tag(request, trace_id, tag, is_on=False)


async def _tag(request: Request, trace_id: str, tag: str, *, is_on: bool) -> Response:
    notes, project_id, row = await _trace(request, trace_id)
    if not 0 < len(tag) <= MAX_TAG or not tag.isprintable():
        raise ParameterError("tag", tag, f"1 to {MAX_TAG} printable characters")
    threads = context_of(request).threads
    await threads.run(notes.set_tag, project_id, row.trace_id, tag, is_on=is_on)
    return Response(status_code=204)


async def post_comment(request: Request, trace_id: str) -> Response:
    notes, project_id, row = await _trace(request, trace_id)
    body = await read_body(request, CommentBody)
    clock = context_of(request).services.clock
    try:
        span_id = check_span_id(body.span_id) if body.span_id else ""
    except ValueError as error:
        raise BadRequest(f"span_id is {body.span_id[:80]!r}: need {error}.") from None
    comment = Comment(
        id=clock.span_id(), text=body.text, span_id=span_id, author=body.author,
        at_ns=clock.now_ns(),
    )  # fmt: skip
    await context_of(request).threads.run(notes.put_comment, project_id, row.trace_id, comment)
    return json_response(comment_shape(comment), status=201)


async def delete_comment(request: Request, trace_id: str, comment_id: str) -> Response:
    notes, project_id, row = await _trace(request, trace_id)
    threads = context_of(request).threads
    if not await threads.run(notes.delete_comment, project_id, row.trace_id, comment_id):
        raise NotFound(f"There is no comment {comment_id!r} on this trace.")
    return Response(status_code=204)


_TEXT = {"type": "string"}
_POST_SCORES = Operation(
    summary="Score traces, spans or sessions",
    description="Sending a score with the same id again replaces it, so a retry is safe. What is "
    "scored need not have arrived yet.",
    parameters=(PROJECT_PARAMETER,),
    body=ScoreBodies,
    answers={201: ScoresTaken},
)
_LIST_SCORES = Operation(
    summary="List scores",
    parameters=(
        PROJECT_PARAMETER,
        TRACE_ID_PARAMETER,
        Parameter(name="name", description="Name of the score, exact.", schema=_TEXT),
        Parameter(name="session", description="Scores on this session.", schema=_TEXT),
        Parameter(
            name="source", description="Who judged.", schema={**_TEXT, "enum": list(SOURCES)}
        ),
        Parameter(name="cursor", description="`next_cursor` of the page before.", schema=_TEXT),
        Parameter(
            name="limit",
            description="Rows of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 100},
        ),
    ),
    answers={200: ScorePage},
)
_DELETE_SCORE = Operation(
    summary="Delete a score",
    parameters=(PROJECT_PARAMETER,),
    answers={204: None},
    refusals=(404,),
)
_SHOW = Operation(
    summary="Show what was said of a trace later",
    parameters=(PROJECT_PARAMETER,),
    answers={200: NotesShape},
    refusals=(404,),
)
_SWITCH = Operation(
    summary="Set or clear a mark of a trace",
    parameters=(PROJECT_PARAMETER,),
    answers={204: None},
    refusals=(404,),
)
_POST_COMMENT = Operation(
    summary="Comment on a trace",
    parameters=(PROJECT_PARAMETER,),
    body=CommentBody,
    answers={201: CommentShape},
    refusals=(404,),
)
_DELETE_COMMENT = Operation(
    summary="Delete a comment",
    parameters=(PROJECT_PARAMETER,),
    answers={204: None},
    refusals=(404,),
)
