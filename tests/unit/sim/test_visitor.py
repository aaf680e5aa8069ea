"""The visitor plays against the real sim provider."""

from collections.abc import Iterator

import pytest

from tests.support.sim import running_sim
from tests.support.upstream import closed_port
from vedette.clock import SystemClock
from vedette.sim.traffic import COMPLETIONS, EMBEDDINGS, TOOLS, Turn, Visit
from vedette.sim.visitor import Outcome, Visitor


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_sim() as found:
        yield found


def play(url: str, *turns: Turn, may_go_on: bool = True) -> list[Outcome]:
    visitor = Visitor(url, key="sk", clock=SystemClock(), wait_turn=lambda: may_go_on)
    visit = Visit(
        kind="test", user="ada", session="s", tags=("a", "b"), system="Be nice.", turns=turns
    )
    try:
        return list(visitor.play(visit))
    finally:
        visitor.close()


def test_a_conversation_grows(url: str) -> None:
    outcomes = play(
        url, Turn(prompt="one two", fields={"max_tokens": 5}), Turn(prompt="three"), Turn(prompt="")
    )
    assert [outcome.status for outcome in outcomes] == [200, 200, 200]
    assert [outcome.input_tokens for outcome in outcomes] == [4, 4 + 5 + 1, 10 + 40]
    assert outcomes[0].output_tokens == 5


@pytest.mark.parametrize("stream", [True, False])
def test_tools_are_answered_in_a_second_request(url: str, stream: bool) -> None:
    fields = {
        "tools": TOOLS,
        "stream": stream,
        "metadata": {"sim_tool_calls": "2"},
        **({"stream_options": {"include_usage": True}} if stream else {}),
    }
    turn = Turn(prompt="Weather?", calls_tools=True, fields=fields)
    first, second = play(url, turn)
    assert (first.status, second.status) == (200, 200)
    assert first.streamed is stream
    assert (first.first_token_s is not None) is stream
    assert second.output_tokens == 40


def test_other_endpoints_are_visited_too(url: str) -> None:
    outcomes = play(
        url,
        Turn(path=EMBEDDINGS, prompt="a b"),
        Turn(path=COMPLETIONS, prompt="Once", fields={"stream": True}),
    )
    assert [outcome.went_well for outcome in outcomes] == [True, True]


@pytest.mark.parametrize("how", ["429", "500", "cut", "error_event"])
@pytest.mark.parametrize("stream", [True, False])
def test_a_failure_is_reported_and_ends_the_visit(url: str, how: str, stream: bool) -> None:
    failing = Turn(prompt="x", fields={"stream": stream, "metadata": {"sim_error": how}})
    (outcome,) = play(url, failing, Turn(prompt="never asked"))
    assert not outcome.went_well
    if how.isdigit():
        assert outcome.status == int(how)


def test_a_gateway_that_is_gone_is_a_failed_request() -> None:
    (outcome,) = play(f"http://127.0.0.1:{closed_port()}/v1", Turn(prompt="x"))
    assert outcome.status == 0


def test_a_show_that_is_over_sends_nothing(url: str) -> None:
    assert play(url, Turn(prompt="x"), Turn(path=EMBEDDINGS, prompt="x"), may_go_on=False) == []
