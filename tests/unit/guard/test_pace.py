"""How often streams are looked at."""

from vedette.guard.pace import MANY, PAUSE_S, Pace


def test_many_streams_are_looked_at_less_often_each() -> None:
    pace = Pace()
    assert pace.pause_s == PAUSE_S
    pace.streams = MANY
    assert pace.pause_s == 2 * PAUSE_S
    pace.streams = 40 * MANY
    assert pace.streams / pace.pause_s < MANY / PAUSE_S
