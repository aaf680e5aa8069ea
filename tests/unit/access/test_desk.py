"""Ids that are taken are not given again."""

from vedette.access.desk import AccessDesk
from vedette.access.keys import KeySettings
from vedette.clock import FakeClock
from vedette.stores.records.sql import SqlRecords


def test_chance_that_repeats_itself_makes_no_two_keys_of_an_id() -> None:
    drawn = iter([b"\1" * 6, b"a" * 24, b"\1" * 6, b"b" * 24, b"\2" * 6, b"c" * 24])
    clock = FakeClock()
    desk = AccessDesk(SqlRecords(None, clock), clock, chance=lambda _: next(drawn))
    first, _ = desk.keys.create("default", KeySettings(name="one"))
    second, issued = desk.keys.create("default", KeySettings(name="two"))
    assert (first.value.id, second.value.id) == ("01" * 6, "02" * 6)
    assert issued.text.endswith((b"c" * 24).hex())
