"""pydantic-ai by its own spans, given to our tracer: without contents, but where texts are kept."""

from types import ModuleType
from typing import Any

from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.patching import Unpatchable


def install(module: ModuleType) -> list[str]:
    """Instrument all agents; `module` is `pydantic_ai`."""
    from importlib import import_module

    watch = CURRENT.watch
    agent: Any = getattr(module, "Agent", None)
    if watch is None or agent is None or not hasattr(agent, "instrument_all"):
        raise Unpatchable("no Agent.instrument_all")
    settings = import_module("pydantic_ai.models.instrumented").InstrumentationSettings
    agent.instrument_all(
        settings(tracer_provider=watch.provider, include_content=watch.keeper.keeps_texts)
    )
    return ["Agent"]
