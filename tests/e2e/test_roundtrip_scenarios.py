"""Every official client asks every provider: what it is told is what the model said."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.clients import TALKS
from tests.support.provided import SCENARIOS, Provided
from tests.support.providers import KINDS, answering, provider_of
from tests.support.told import Told

pytestmark = pytest.mark.slow

TEXT_ONLY = frozenset({"openai_completions", "ollama_generate"})
WITHOUT_IDS = frozenset({"ollama_chat"})
"""Clients that keep no ids of calls."""
WITHOUT_CACHE = frozenset({"openai_completions", "ollama_chat", "ollama_generate"})
"""Clients that read no figure of cached tokens; and Ollama is the provider that tells none."""
WITHOUT_FILTER = frozenset({"ollama_chat"})
"""Providers that have no word for it."""


def expected(client: str, dialect: str, told: Told) -> Told:
    """The same, less what this client cannot tell or this provider does not say."""
    if client in WITHOUT_IDS:
        told = replace(told, calls=tuple(("", *call[1:]) for call in told.calls))
    if client in WITHOUT_CACHE or dialect == "ollama_chat":
        told = replace(told, cached_tokens=0)
    if client == "openai_completions":
        told = replace(told, thoughts="")
    if told.stop == "filter" and dialect in WITHOUT_FILTER:
        told = replace(told, stop="stop")
    return told


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("client", TALKS)
async def test_what_a_client_is_told(tmp_path: Path, client: str, dialect: str) -> None:
    wrong: dict[str, tuple[Told, Told]] = {}
    asked: list[Provided] = []
    async with provider_of(tmp_path, dialect) as (upstream, gateway, root):
        for name, said in SCENARIOS.items():
            if said.calls and client in TEXT_ONLY:
                continue
            upstream.respond = answering(dialect, said)
            for stream in (False, True):
                told = await TALKS[client](root).ask(stream=stream)
                asked.append(said)
                if told != (wanted := expected(client, dialect, said.told)):
                    wrong[f"{name}, {'streamed' if stream else 'whole'}"] = (told, wanted)
        spans = await gateway.spans.count(len(asked))
    assert not wrong
    assert {span.status for span in spans} == {"ok"}
    assert [(span.usage.input_total, span.usage.output_total) for span in spans] == [
        (said.input_tokens, said.output_tokens) for said in asked
    ]
    assert not any(span.usage.estimated for span in spans)
