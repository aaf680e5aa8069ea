import pytest

from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.errors import VedetteError
from vedette.gateway.exchange import Exchange
from vedette.gateway.meters import Meters
from vedette.gateway.stages import Labels, Metering, Recording, Stages, Step
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import GatewaySettings


class Noting:
    """A stage that writes down when it runs, and fails on demand."""

    def __init__(self, name: str, log: list[str], error: Exception | None = None) -> None:
        self.name = name
        self._log = log
        self._error = error
        self.enter: Step | None = lambda _: self._note("enter")
        self.leave: Step | None = lambda _: self._note("leave")

    def _note(self, side: str) -> None:
        self._log.append(f"{side} {self.name}")
        if self._error is not None:
            raise self._error


def test_stages_are_left_in_reverse() -> None:
    log: list[str] = []
    stages = Stages([Noting("a", log), Noting("b", log)], FakeClock())
    stages.enter(exchange())
    stages.leave(exchange())
    assert log == ["enter a", "enter b", "leave b", "leave a"]


def test_a_stage_that_fails_stops_nobody_else() -> None:
    log: list[str] = []
    stages = Stages([Noting("a", log, OSError()), Noting("b", log)], FakeClock())
    stages.enter(exchange())
    assert log == ["enter a", "enter b"]
    assert [breaker.failures for breaker in stages.breakers] == [1, 0]


def test_an_answer_of_a_stage_is_no_failure() -> None:
    stages = Stages([Noting("a", [], VedetteError("Not today."))], FakeClock())
    with pytest.raises(VedetteError):
        stages.enter(exchange())
    assert stages.breakers[0].failures == 0


def entered(*headers: tuple[bytes, bytes]) -> Exchange:
    one = exchange(headers)
    Stages([Labels(FakeClock())], FakeClock()).enter(one)
    return one


def test_labels_are_read_on_entering() -> None:
    assert entered((b"x-vedette-user", b"ann")).caller.user_id == "ann"


def test_what_a_call_does_not_say_the_settings_say() -> None:
    labels = Labels(FakeClock(), GatewaySettings(version=1, environment="live", release="v1"))
    one = exchange([(b"x-vedette-release", b"v2")])
    Stages([labels], FakeClock()).enter(one)
    assert (one.caller.environment, one.caller.release) == ("live", "v2")


def test_the_end_is_counted_and_recorded() -> None:
    clock, meters, kept = FakeClock(), Meters(), list[ExchangeRecord]()
    one = entered()
    one.started, one.started_ns, one.status = clock.monotonic(), clock.now_ns(), 200
    clock.advance(1.5)
    recording = Recording(kept.append, clock, max_body_bytes=10)
    Stages([Metering(meters, clock), recording], clock).leave(one)
    assert kept[0].end_ns - kept[0].start_ns == 1_500_000_000
    assert [sample.value for sample in meters.duration.samples()] == [1.5]
