"""Notices in words."""

from tests.support.alerting import alert, notice
from vedette.channels.wording import fields_of, text_of, time_of, title_of, worst_of


def test_a_title_says_how_many_and_how_bad() -> None:
    one = notice()
    many = notice(alert(), alert(severity="critical"), left_out=3)
    assert title_of(one) == "New: errors (warning)"
    assert title_of(many) == "New: errors and 4 more (critical)"
    assert worst_of(many) == "critical"


def test_a_line_says_what_happened() -> None:
    (line,) = notice(happening="resolved").lines
    assert text_of(line) == "Over: errors: error_rate is 12.5 %"


def test_fields_are_for_programs() -> None:
    (line,) = notice().lines
    fields = fields_of(line)
    assert fields["started_time"] == "2023-11-14T22:13:20Z" == time_of(1_700_000_000 * 10**9)
    assert fields["resolved_time"] is None
    assert fields["value"] == 12.5
