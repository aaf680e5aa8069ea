import pytest

from vedette.dialects.otlp_shape import MAX_ITEMS, OtlpBatch, OtlpSpan
from vedette.dialects.otlp_wire import TooMany


def test_a_batch_counts_what_it_holds_and_what_was_refused() -> None:
    batch = OtlpBatch([OtlpSpan()], [], rejected=MAX_ITEMS - 2)
    batch.check_size()
    batch.rejected += 1
    with pytest.raises(TooMany, match=str(MAX_ITEMS)):
        batch.check_size()


def test_spans_do_not_share_what_they_hold() -> None:
    assert OtlpSpan().scope is not OtlpSpan().scope
