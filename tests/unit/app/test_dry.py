"""Exchanges that nobody makes."""

from typing import get_args

import pytest

from vedette.api.route_shapes import Capability, Client, ExplainBody
from vedette.app.dry import dry_exchange
from vedette.clock import FakeClock
from vedette.gateway.conditions import asked, why_not
from vedette.model.settings import WhenSettings


@pytest.mark.parametrize("client", get_args(Client))
def test_each_client_comes_in_through_its_own_door(client: Client) -> None:
    exchange = dry_exchange(ExplainBody(model="org/m", client=client), FakeClock())
    assert exchange.endpoint.dialect == client
    assert exchange.requested_model == "org/m"
    assert (asked(exchange) is None) == (client == "openai_embeddings")


@pytest.mark.parametrize("capability", get_args(Capability))
def test_a_call_uses_what_is_asked_for_and_nothing_else(capability: Capability) -> None:
    when = WhenSettings(capabilities=(capability,))
    question = ExplainBody(model="m", client="anthropic", capabilities=(capability,))
    assert why_not(when, dry_exchange(question, FakeClock())) == ""
    assert why_not(when, dry_exchange(ExplainBody(model="m"), FakeClock())) != ""


def test_caller_and_size_are_those_of_the_question() -> None:
    question = ExplainBody(
        model="m", session="s 1", user="ünn", tags=("a", "b"), input_tokens=5_000,
        priority="batch", stream=True,
    )  # fmt: skip
    exchange = dry_exchange(question, FakeClock())
    caller = exchange.caller
    assert (caller.session_id, caller.user_id, caller.tags) == ("s 1", "ünn", ("a", "b"))
    assert exchange.stream
    assert exchange.request.header(b"x-vedette-priority") == b"batch"
    assert why_not(WhenSettings(min_input_tokens=5_001), exchange) != ""
    assert why_not(WhenSettings(min_input_tokens=5_000), exchange) == ""
