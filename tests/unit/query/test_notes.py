"""Scores as they are sent."""

import pytest

from vedette.errors import BadRequest
from vedette.query.notes import ScoreBody, read_score, score_shape

TRACE, SPAN = "ab" * 16, "cd" * 8


def read(**fields: object) -> str:
    body = ScoreBody(name="good", value=1.0, **fields)  # type: ignore[arg-type]
    return read_score(body, project_id="p", now_ns=1).id


def test_the_id_follows_from_what_is_scored_by_whom() -> None:
    assert read(trace_id=TRACE) == read(trace_id=TRACE.upper())
    assert len({read(trace_id=TRACE), read(trace_id=TRACE, span_id=SPAN),
                read(trace_id=TRACE, author="ada"), read(session_id="s")}) == 4  # fmt: skip
    assert read(trace_id=TRACE, id="mine") == "mine"


@pytest.mark.parametrize(
    "fields",
    [{}, {"span_id": SPAN}, {"trace_id": TRACE, "session_id": "s"}, {"trace_id": "xyz"}],
    ids=["nothing", "span alone", "two things", "no id"],
)
def test_a_score_is_on_one_thing(fields: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        read(**fields)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "", "x" * 1001], ids=str)
def test_values_that_mean_nothing_are_refused(value: float | str) -> None:
    with pytest.raises(BadRequest):
        read_score(ScoreBody(name="n", value=value, trace_id=TRACE), project_id="p", now_ns=1)


def test_a_score_shows_its_kind() -> None:
    score = read_score(ScoreBody(name="n", value=True, session_id="s"), project_id="p", now_ns=1)
    shape = score_shape(score)
    assert (shape.kind, shape.trace_id, shape.session_id) == ("boolean", None, "s")
