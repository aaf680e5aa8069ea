"""Background work is done in steps, and ends."""

from pathlib import Path

from tests.support.span_stores import NOW, settle, span
from vedette.clock import FakeClock
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.files import read_stat
from vedette.stores.spans.sqlite.sums import summed_up_to


def test_words_and_sums_follow_the_writes_and_nothing_is_left_to_do(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    store.write_batch([span(n, usage=Usage(1)) for n in range(2_001)])
    assert store.maintain() is True
    settle(store)
    (file,) = store._months.newest_first()
    with file.reading() as conn:
        assert read_stat(conn).text_id == 2_001
        assert summed_up_to(conn) == 2_001
    assert store.maintain() is False
    store.close()


def test_without_a_text_index_sums_follow_all_the_same(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW), text_index=False)
    store.write_batch([span(n, usage=Usage(1)) for n in range(2_001)])
    settle(store)
    (file,) = store._months.newest_first()
    with file.reading() as conn:
        assert (read_stat(conn).text_id, summed_up_to(conn)) == (0, 2_001)
    store.close()
