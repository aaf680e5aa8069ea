"""Times of assertions."""

import pytest

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.times import check_end, check_span, time_of


@pytest.mark.parametrize(
    "text",
    ["2023-11-14T22:13:20Z", "2023-11-14T22:13:20.000Z", "2023-11-14T23:13:20.0000000+01:00"],
)
def test_times_have_a_zone(text: str) -> None:
    assert time_of(text) == 1_700_000_000


@pytest.mark.parametrize(
    "text",
    ["", "2023-11-14T22:13:20", "2023-11-14", "2023-13-14T22:13:20Z", "0000-01-01T00:00:00Z",
     "2023-11-14T22:13:20Z\n", "٢023-11-14T22:13:20Z", "1700000000", "0001-01-01T00:00:00+23:59"],
    ids=["none", "no-zone", "day", "month-13", "year-0", "line", "digits", "seconds", "first"],
)  # fmt: skip
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(SignOnRefused):
        check_end(time_of(text), 1_700_000_000)


def test_a_minute_is_forgiven() -> None:
    check_span(60, 0, 0)
    check_span(0, 0, 59.9)
    with pytest.raises(SignOnRefused, match="too old"):
        check_span(0, 0, 60)
    with pytest.raises(SignOnRefused, match="to come"):
        check_span(60.1, 100, 0)
