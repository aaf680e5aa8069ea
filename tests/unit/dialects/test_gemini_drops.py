from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_drops import Drops
from vedette.model.chat import ChatRequest


def drops(dialect: str, **fields: Any) -> Drops:
    return Drops(ChatRequest(model="m", dialect=dialect, **fields))


def test_what_gemini_does_not_know_is_named_once_in_order() -> None:
    made = drops(
        "openai_chat",
        user="ann",
        metadata={"a": "1"},
        parallel_tools=False,
        unknown={"logit_bias": {"1": 2}, "store": True},
    )
    made.note("store")
    assert made.names == ("logit_bias", "store", "user", "metadata", "parallel_tool_calls")


def test_the_user_of_an_anthropic_client_by_its_own_name() -> None:
    assert drops("anthropic", user="ann", metadata={"user_id": "ann"}).names == (
        "metadata.user_id",
    )


def test_what_the_answer_depends_on_is_refused() -> None:
    with pytest.raises(Unsupported) as refused:
        drops("openai_chat", unknown={"logprobs": True})
    assert refused.value.param == "logprobs"


def test_nothing_is_dropped_from_a_request_of_its_own() -> None:
    own = drops("gemini", user="ann", unknown={"cachedContent": "cachedContents/1"})
    assert own.names == ()
    assert own.extras({"a": 1}) == {"a": 1}
    assert drops("anthropic").extras({"cache_control": {}}) == {}
