"""Alerts as they are told."""

from msgspec.structs import replace

from tests.support.alerting import alert
from vedette.api.alert_shapes import alert_shape
from vedette.model.alert import Told

S = 10**9


def test_times_are_text_and_the_state_is_a_word() -> None:
    told = Told(at_ns=1_700_000_001 * S, channel="hook", happening="opened", ok=False, detail="no")
    shape = alert_shape(replace(alert(), told=(told,), acknowledged_ns=1_700_000_002 * S))
    assert shape.state == "firing"
    assert shape.started_time == "2023-11-14T22:13:20.000000Z"
    assert shape.acknowledged_time == "2023-11-14T22:13:22.000000Z"
    assert shape.resolved_time is None
    assert (shape.told[0].channel, shape.told[0].ok) == ("hook", False)
    assert alert_shape(replace(alert(), resolved_ns=S)).state == "resolved"
