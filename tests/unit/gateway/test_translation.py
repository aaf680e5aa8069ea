"""Which dialect a provider is asked in, and what becomes of answers."""

import pytest

from vedette.dialects.contract import Unsupported
from vedette.gateway.codecs import provider_dialect
from vedette.gateway.translation import neutral
from vedette.model.chat import Answer, Message, ToolCallPart


def test_a_provider_is_asked_in_the_clients_dialect_where_it_speaks_it() -> None:
    assert provider_dialect("openai_chat", ("anthropic", "openai_chat")) == "openai_chat"


def test_else_in_its_own_best() -> None:
    assert provider_dialect("openai_chat", ("openai_completions", "anthropic")) == "anthropic"


def test_vectors_are_not_asked_of_a_provider_that_only_talks() -> None:
    with pytest.raises(Unsupported, match="cannot answer"):
        provider_dialect("openai_embeddings", ("anthropic",))


def test_reasons_become_neutral() -> None:
    message = Message("assistant", (ToolCallPart(name="f"),), finish_reason="end_turn")
    answer = neutral(Answer(messages=(message,), finish_reasons=("end_turn",)), "anthropic")
    assert answer.finish_reasons == ("tool_call",)
    assert answer.messages[0].finish_reason == "tool_call"
