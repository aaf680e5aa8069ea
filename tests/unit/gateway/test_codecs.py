"""Which dialect a provider is asked in."""

import pytest

from vedette.dialects.contract import Unsupported
from vedette.gateway.codecs import provider_dialect


def test_a_provider_is_asked_in_the_clients_dialect_where_it_speaks_it() -> None:
    assert provider_dialect("openai_chat", ("anthropic", "openai_chat")) == "openai_chat"


def test_else_in_its_own_best() -> None:
    assert provider_dialect("openai_chat", ("openai_completions", "anthropic")) == "anthropic"


def test_vectors_are_not_asked_of_a_provider_that_only_talks() -> None:
    with pytest.raises(Unsupported, match="not translated"):
        provider_dialect("openai_embeddings", ("anthropic",))
