"""Exceptions: who asked for them, how long they hold, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.errors import ConfigError, NotFound
from vedette.guard.book import PolicyBook
from vedette.guard.compiling import PolicyRefused
from vedette.model.governance import AllowEntry
from vedette.stores.records.sql import SqlRecords


class Made:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.book = PolicyBook(
            SqlRecords(None, self.clock), self.clock, make_detector, file=None,
            write=lambda _path, _content: None, resolve=lambda _tenant, entry: entry,
        )  # fmt: skip
        self.exceptions = self.book.exceptions

    def allow(self, **changes: Any) -> AllowEntry:
        fields: dict[str, Any] = {"id": "", "kind": "value", "value": "help@acme.org", **changes}
        return self.exceptions.allow(AllowEntry(**fields))


def test_entries_are_in_force_until_they_expire_or_go() -> None:
    made = Made()
    first = made.allow(project_id="p")
    made.clock.advance(1)
    soon = made.allow(expires_ns=made.clock.now_ns() + 10**9)
    assert [e.id for e in made.book.snapshot().allowed] == [soon.id, first.id]
    made.clock.advance(2)
    assert [e.id for e in made.book.snapshot().allowed] == [first.id]
    assert [e.id for e in made.exceptions.allowed("other")] == [soon.id]
    made.exceptions.disallow(first.id)
    assert made.book.snapshot().allowed == ()
    with pytest.raises(NotFound):
        made.exceptions.disallow(first.id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "  "}, "value"),
        ({"value": "x" * 1_001}, "value"),
        ({"expires_ns": 1}, "expires_at"),
        ({"note": "x" * 501}, "note"),
        ({"kind": "other"}, "kind"),
        ({"detector": "pij"}, "detector"),
    ],
    ids=["blank", "long", "past", "note", "kind", "detector"],
)
def test_what_is_no_entry_is_refused(changes: dict[str, Any], field: str) -> None:
    made = Made()
    with pytest.raises(PolicyRefused) as refused:
        made.allow(**changes)
    assert [one.name for one in refused.value.faults] == [field]
    with pytest.raises(ConfigError):
        made.allow(kind="pattern", value="(?=x)")
    assert made.exceptions.allowed() == ()


def test_thresholds_are_applied_and_taken_back() -> None:
    made = Made()
    made.exceptions.calibrate("p", "injection", 0.7)
    made.exceptions.calibrate("p", "injection", 0.8)
    made.exceptions.calibrate("q" * 190, "pii", 0.9)
    assert [one.threshold for one in made.exceptions.thresholds("p")] == [0.8]
    assert len(made.book.snapshot().thresholds) == 2
    made.exceptions.calibrate("p", "injection", None)
    assert made.exceptions.thresholds("p") == ()
    with pytest.raises(PolicyRefused):
        made.exceptions.calibrate("p", "injection", 1.5)
    with pytest.raises(PolicyRefused, match="pij"):
        made.exceptions.calibrate("p", "pij", 0.7)
    made.exceptions.calibrate("p", "pij", None)


def test_a_file_is_not_needed(tmp_path: Path) -> None:
    assert Made().book.snapshot().policies == ()
