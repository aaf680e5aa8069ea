"""A finding in its text, as far as that is kept."""

from typing import Any

import pytest

from tests.support.guarded_spans import MAIL, TEXT, guarded, hit
from tests.support.span_stores import DAY, NOW
from vedette.clock import FakeClock
from vedette.guard.excerpts import AROUND, Excerpt, Unseen, excerpt_of
from vedette.model.finding import FindingQuery, FindingRow
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore


def row_of(span: Span) -> FindingRow:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span])
    query = FindingQuery(project_id=span.project_id, from_ns=NOW - DAY, to_ns=NOW + DAY)
    return store.findings.list(query, after=None, limit=1)[0]


def seen(**changes: Any) -> Excerpt | Unseen:
    text = changes.pop("text", TEXT)
    fields = {name: changes.pop(name) for name in ("capture", "payload") if name in changes}
    span = guarded(1, hit(text, **changes), text=text, **fields)
    return excerpt_of(row_of(span), span)


def test_a_finding_is_found_in_its_text() -> None:
    found = seen()
    assert isinstance(found, Excerpt)
    assert found.text[found.start : found.end] == MAIL
    assert not found.is_cut_before


def test_long_texts_are_cut_around_it() -> None:
    found = seen(text="x" * 10_000 + f" {MAIL} " + "y" * 10_000)
    assert isinstance(found, Excerpt)
    assert found.text[found.start : found.end] == MAIL
    assert found.is_cut_before
    assert found.is_cut_after
    assert len(found.text) == 2 * AROUND + len(MAIL)


def test_a_stream_names_no_text_but_its_place() -> None:
    found = seen(place=-1)
    assert isinstance(found, Excerpt)
    assert found.text[found.start : found.end] == MAIL


def test_a_redacted_text_claims_no_range() -> None:
    found = seen(capture="redacted")
    assert isinstance(found, Excerpt)
    assert found.start == found.end


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"capture": "none"}, "no texts"), ({"capture": "hash"}, "hashes"),
        ({"place": -2}, "exchanged"), ({"place": 7}, "not in what was kept"),
        ({"start": 900, "end": 950}, "not in what was kept"),
        ({"where": "output"}, "not in what was kept"),
    ],
    ids=["none", "hash", "exchanged", "elsewhere", "shorter", "place"],
)  # fmt: skip
def test_why_there_is_no_text(changes: dict[str, Any], word: str) -> None:
    found = seen(**changes)
    assert isinstance(found, Unseen)
    assert word in found.reason


def test_a_call_that_is_gone_has_no_text() -> None:
    found = excerpt_of(row_of(guarded(1, hit())), None)
    assert isinstance(found, Unseen)
