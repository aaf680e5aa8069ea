"""The page of providers."""

from collections import Counter

from vedette.app.board import MOST_TARGETS, ProviderBoard, worst
from vedette.app.reports import Reported
from vedette.app.states import TargetStates
from vedette.app.watch import ProviderWatch
from vedette.clock import FakeClock
from vedette.model.exchange import Attempt, ExchangeRecord
from vedette.model.settings import ProviderSummary

CONFIGURED = (
    ProviderSummary(
        name="a", kind="openai", base_url="https://a.example/v1", has_key=True,
        dialects=("openai_chat",),
    ),
    ProviderSummary(name="sim", kind="sim", base_url="sim:", has_key=False),
)  # fmt: skip


class Room:
    """A board and what it is made of."""

    def __init__(self, **routed: list[str]) -> None:
        self.clock = FakeClock()
        self.watch = ProviderWatch()
        self.reported = Reported()
        self.states = TargetStates("", self.clock)
        self.board = ProviderBoard(
            self.watch, self.states, reported=lambda: self.reported,
            routed=lambda: {("a", model): names for model, names in routed.items()},
            clock=self.clock,
        )  # fmt: skip

    def called(self, model: str, error: str = "") -> None:
        now_ns = self.clock.now_ns()
        attempt = Attempt("a", model, now_ns, 20.0, 503 if error else 200, error)
        self.watch.note(
            ExchangeRecord(
                trace_id="1" * 32, span_id="2" * 16, request_id="r", start_ns=now_ns,
                end_ns=now_ns, method="POST", path="/", operation="chat", provider="a", model=model,
                attempts=(attempt,),
            )
        )  # fmt: skip


def test_what_is_configured_is_listed_in_its_order() -> None:
    first, second = Room().board.statuses(CONFIGURED)
    assert (first.name, first.state, first.requests) == ("a", "unknown", 0)
    assert (first.simulated, second.simulated) == (False, True)
    assert first.dialects == ("openai_chat",)


def test_targets_of_routes_come_first_then_those_that_were_asked() -> None:
    room = Room(m1=["fast"], m2=["fast", "smart"])
    room.called("seen")
    status = room.board.statuses(CONFIGURED)[0]
    assert [(one.model, one.routes) for one in status.targets] == [
        ("m1", ("fast",)), ("m2", ("fast", "smart")), ("seen", ()),
    ]  # fmt: skip
    assert status.targets[2].requests == 1


def test_the_worst_target_that_was_asked_counts() -> None:
    room = Room(m1=["fast"], idle=["fast"])
    room.called("m1", "http_503")
    room.reported = Reported(
        states={("a", "m1"): Counter({"open": 1}), ("a", "idle"): Counter({"closed": 1})},
        in_flight=Counter({("a", "m1"): 2}),
        places=Counter({"a": 8}),
        waiting=Counter({"a": 1}),
    )
    status = room.board.statuses(CONFIGURED)[0]
    assert (status.state, status.in_flight, status.places, status.waiting) == ("open", 2, 8, 1)
    assert status.last_error == "http_503"
    assert worst([]) == "unknown"


def test_a_target_that_a_probe_found_dead_counts_unasked() -> None:
    room = Room(m1=["fast"], idle=["fast"])
    room.reported = Reported(
        states={("a", "m1"): Counter({"open": 1}), ("a", "idle"): Counter({"closed": 1})}
    )
    assert room.board.statuses(CONFIGURED)[0].state == "open"
    room.reported = Reported(states={("a", "idle"): Counter({"closed": 1})})
    assert room.board.statuses(CONFIGURED)[0].state == "unknown"


def test_the_detail_has_the_last_hour_and_the_states_over_time() -> None:
    room = Room(m1=["fast"])
    room.called("m1")
    room.board.look()
    room.clock.advance(5)
    room.reported = Reported(states={("a", "m1"): Counter({"open": 1})})
    room.board.look()
    room.clock.advance(5)
    detail = room.board.detail(CONFIGURED[0])
    assert [span.state for span in detail.provider.targets[0].timeline] == ["unknown", "open"]
    assert [point.attempts for point in detail.history] == [1]
    assert detail.start_time < detail.history[0].time < detail.end_time
    assert room.board.target(("a", "m1")).routes == ("fast",)
    assert room.board.target(("a", "m1")).timeline == ()


def test_the_list_of_targets_is_bounded() -> None:
    room = Room()
    for number in range(MOST_TARGETS + 5):
        room.called(f"m{number}")
    targets = room.board.statuses(CONFIGURED)[0].targets
    assert len(targets) == MOST_TARGETS
    assert targets[0].model == f"m{MOST_TARGETS + 4}"
