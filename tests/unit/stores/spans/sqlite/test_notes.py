"""What is said of traces later, and filters that look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.span_stores import NOW, settle, span, span_numbers, trace_numbers
from vedette.clock import FakeClock
from vedette.model.notes import Comment, Score, ScoreQuery
from vedette.model.query import Filter
from vedette.query.grammar import parse_filter
from vedette.stores.spans.sqlite import SqliteSpanStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteSpanStore]:
    opened = SqliteSpanStore(tmp_path, FakeClock(NOW))
    opened.write_batch([
        span(1, tags=("early",)),
        span(2, session_id="s"),
        span(3, trace=30),
        span(4, trace=30),
        span(5, project_id="other"),
    ])  # fmt: skip
    settle(opened)
    yield opened
    opened.close()


def trace(number: int) -> str:
    return f"{number:032x}"


def score(id: str, value: float | bool | str, **fields: str) -> Score:
    where = fields or {"trace_id": trace(1)}
    return Score(id=id, project_id="default", name="good", value=value, at_ns=1, **where)  # type: ignore[arg-type]


def found(store: SqliteSpanStore, text: str, **others: str) -> list[int]:
    where = parse_filter(text, now_ns=NOW)
    return trace_numbers(store, Filter(where=where, **others))  # type: ignore[arg-type]


def test_scores_are_written_once_listed_and_deleted(store: SqliteSpanStore) -> None:
    notes = store.notes
    notes.put_scores([score("b", 0.2), score("a", 0.1)])
    notes.put_scores([score("b", 0.9)])
    query = ScoreQuery(project_id="default", name="good")
    assert [(s.id, s.value) for s in notes.list_scores(query)] == [("a", 0.1), ("b", 0.9)]
    after = ScoreQuery(project_id="default", after_id="a", source="code", limit=1)
    assert [s.id for s in notes.list_scores(after)] == ["b"]
    assert notes.list_scores(ScoreQuery(project_id="other")) == ()
    assert not notes.delete_score("other", "b")
    assert notes.delete_score("default", "b")


def test_filters_see_scores_of_spans_traces_and_sessions(store: SqliteSpanStore) -> None:
    store.notes.put_scores([
        score("t", 0.9),
        score("p", "fine", trace_id=trace(30), span_id=f"{4:016x}"),
    ])  # fmt: skip
    assert found(store, "score.good > 0.5") == [1]
    assert found(store, 'score.good = fine or score."good" > 2') == [30]
    assert span_numbers(store, Filter(where=parse_filter("score.good:fine", now_ns=NOW))) == [4]
    assert found(store, "score.good exists") == [30, 1]
    assert found(store, "score.other exists") == []
    assert found(store, "score.good > 0.5", project_id="other") == []
    store.notes.put_scores([score("s", True, session_id="s")])
    assert found(store, "score.good:true") == [2]
    assert span_numbers(store, Filter(where=parse_filter("-score.good exists", now_ns=NOW))) == [3]


def test_late_tags_are_tags(store: SqliteSpanStore) -> None:
    store.notes.set_tag("default", trace(30), "late", is_on=True)
    assert found(store, "tag:late") == [30]
    assert found(store, "tag:l* or tag:early") == [30, 1]
    assert trace_numbers(store, Filter(tag="late")) == [30]
    assert trace_numbers(store, Filter(tag="early")) == [1]
    store.notes.set_tag("default", trace(30), "late", is_on=False)
    assert found(store, "tag:late") == []


def test_bookmarks_and_comments(store: SqliteSpanStore) -> None:
    store.notes.set_bookmark("default", trace(2), is_on=True)
    store.notes.put_comment("default", trace(1), Comment(id="c", text="Look at this", at_ns=2))
    assert found(store, "bookmarked:true") == [2]
    assert found(store, "bookmarked:false") == [30, 1]
    assert found(store, "comment ~ look") == [1]
    notes = store.notes.of_traces("default", [trace(1), trace(2)])
    assert [comment.text for comment in notes[trace(1)].comments] == ["Look at this"]
    assert notes[trace(2)].bookmarked
    assert not store.notes.delete_comment("default", trace(2), "c")
    assert store.notes.delete_comment("default", trace(1), "c")


def test_forgetting_counts_what_is_gone(store: SqliteSpanStore, tmp_path: Path) -> None:
    store.notes.put_scores([score("t", "a secret word"), score("s", True, session_id="s")])
    store.notes.set_bookmark("default", trace(1), is_on=True)
    assert store.notes.count("default", [trace(1)], ["s"]) == 3
    assert store.notes.forget_traces("default", [trace(1)]) == 2
    assert store.notes.forget_sessions("default", ["s"]) == 1
    assert store.notes.count("default", [trace(1)], ["s"]) == 0
    assert not any(b"secret word" in path.read_bytes() for path in tmp_path.glob("notes*"))


def test_notes_survive_and_are_read_beside_the_writer(
    store: SqliteSpanStore, tmp_path: Path
) -> None:
    store.notes.set_bookmark("default", trace(1), is_on=True)
    beside = SqliteSpanStore(tmp_path, FakeClock(NOW), readonly=True)
    assert beside.notes.of_traces("default", [trace(1)])[trace(1)].bookmarked
    beside.close()
