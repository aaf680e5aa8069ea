"""Which month a trace belongs to."""

from pathlib import Path

import pytest

from tests.support.span_stores import DAY, NOW, S
from vedette.clock import FakeClock
from vedette.stores.spans.sqlite.months import Months, month_of
from vedette.stores.spans.sqlite.schema import Opening


@pytest.mark.parametrize(
    ("start_ns", "month"),
    [
        (NOW, "2023-11"),
        (1_698_796_800 * S, "2023-11"),
        (1_698_796_800 * S - 1, "2023-10"),
        (NOW + 30 * DAY, "2023-12"),
        (NOW + 400 * DAY, "2023-12"),
        (2**63 - 1, "2023-12"),
        (10**30, "2023-12"),
        (0, "2020-11"),
    ],
)
def test_month_of_a_start(start_ns: int, month: str) -> None:
    assert month_of(start_ns, NOW) == month


def test_files_are_made_when_needed_and_found_again(tmp_path: Path) -> None:
    months = Months(tmp_path, FakeClock(NOW), Opening())
    assert months.newest_first() == []
    assert months.known_home(NOW) is None
    late, early = months.home(NOW), months.home(NOW - 60 * DAY)
    assert months.home(NOW + S) is late
    assert months.newest_first() == [late, early]
    months.close()
    again = Months(tmp_path, FakeClock(NOW), Opening())
    assert [file.name for file in again.newest_first()] == [late.name, early.name]
    again.drop(again.newest_first()[0])
    again.close()
    assert [path.name for path in tmp_path.glob("*.db*")] == [early.name]


def test_strange_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.db", "spans-2023-11.db.corrupt-1", "spans-2023-11.db-journal.bak"):
        (tmp_path / name).write_text("mine")
    months = Months(tmp_path, FakeClock(NOW), Opening())
    assert months.newest_first() == []
    months.close()
    assert (tmp_path / "notes.db").read_text() == "mine"


def test_a_new_directory_is_for_its_owner_only(tmp_path: Path) -> None:
    Months(tmp_path / "new", FakeClock(NOW), Opening()).close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
