"""All instruments, and what becomes of each when the program starts to be watched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata
from types import ModuleType
from typing import Any, NamedTuple

from vedette_sdk.current import CURRENT
from vedette_sdk.errors import SettingsError
from vedette_sdk.instruments import (
    bedrock,
    google_genai,
    langchain,
    llama_index,
    ollama,
    pydantic_ai,
    stainless,
)
from vedette_sdk.instruments.importing import FINDER
from vedette_sdk.instruments.patching import Unpatchable, patch_methods, patch_object


class Instrument(NamedTuple):
    """A client or framework: its distribution, the module that brings what is patched, and how."""

    name: str
    distribution: str
    modules: tuple[str, ...]
    install: Callable[[ModuleType], list[str]]


def _patch(methods: Callable[[], Any], module: ModuleType) -> list[str]:
    return patch_methods(module, methods())


def _stainless(part: str, apis: stainless.Apis, module: ModuleType) -> list[str]:
    return patch_methods(module, stainless.methods(part, apis))


INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument("openai", "openai", ("openai._base_client",),
               partial(_stainless, "openai", stainless.OPENAI)),
    Instrument("anthropic", "anthropic", ("anthropic._base_client",),
               partial(_stainless, "anthropic", stainless.ANTHROPIC)),
    Instrument("google_genai", "google-genai", ("google.genai._api_client",),
               partial(_patch, google_genai.methods)),
    Instrument("bedrock", "botocore", ("botocore.client",), partial(_patch, bedrock.methods)),
    Instrument("ollama", "ollama", ("ollama._client",), partial(_patch, ollama.methods)),
    Instrument("langchain", "langchain-core", ("langchain_core.callbacks.manager",),
               langchain.install),
    Instrument("llama_index", "llama-index-instrumentation", ("llama_index_instrumentation",),
               llama_index.install),
    Instrument("pydantic_ai", "pydantic-ai-slim", ("pydantic_ai",), pydantic_ai.install),
)  # fmt: skip


@dataclass
class State:
    """What became of an instrument: `watched`, `waits` (for its import), `absent`, `off` or
    `unknown` with the reason."""

    name: str
    version: str = ""
    state: str = "off"
    reason: str = ""
    methods: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        version = f" {self.version}" if self.version else ""
        return f"{self.name}{version}" + (f" ({self.reason})" if self.reason else "")


class Instruments:
    """The instruments of this process: each is installed once and asks the running watch."""

    def __init__(self) -> None:
        self.states: dict[str, State] = {each.name: State(each.name) for each in INSTRUMENTS}

    def install(self, wanted: bool | Iterable[str]) -> list[State]:
        """Install what is wanted; the states of all. Raises SettingsError for unknown names."""
        names = self.states.keys() if wanted is True else set() if wanted is False else set(wanted)
        if unknown := set(names) - self.states.keys():
            raise SettingsError(
                f"Unknown client {sorted(unknown)[0]!r}. Known: {', '.join(self.states)}."
            )
        for instrument in INSTRUMENTS:
            if instrument.name in names:
                self._install(instrument)
        return list(self.states.values())

    def _install(self, instrument: Instrument) -> None:
        state = self.states[instrument.name]
        if state.state in ("watched", "waits"):
            return
        try:
            state.version = metadata.version(instrument.distribution)
        except metadata.PackageNotFoundError:
            state.state = "absent"
            return
        state.state = "waits"
        for module in instrument.modules:
            FINDER.when_imported(module, partial(self._installed, instrument))

    def _installed(self, instrument: Instrument, module: ModuleType) -> None:
        state = self.states[instrument.name]
        try:
            state.methods = instrument.install(module)
            state.state = "watched"
        except Unpatchable as error:
            state.state, state.reason = "unknown", str(error)
        except Exception as error:
            state.state, state.reason = "unknown", type(error).__name__
            CURRENT.faults.note(f"instrument {instrument.name}", error)
        if state.state == "unknown":
            from vedette_sdk.rims import log

            log.warning("vedette_sdk does not see %s: %s", instrument.distribution, state)


def wrap_client(client: Any) -> bool:
    """Watch one client alone; False where it is watched already. Raises SettingsError for what is
    none that we know."""
    packages = {base.__module__.partition(".")[0] for base in type(client).__mro__}
    if "openai" in packages and hasattr(client, "base_url"):
        wrapper = stainless.wrapper_of(client, "openai", stainless.OPENAI)
        return patch_object(client, "request", wrapper)
    if "anthropic" in packages and hasattr(client, "base_url"):
        wrapper = stainless.wrapper_of(client, "anthropic", stainless.ANTHROPIC)
        return patch_object(client, "request", wrapper)
    if "botocore" in packages:
        return patch_object(client, "_make_api_call", bedrock.wrap_call)
    if "ollama" in packages:
        is_async = type(client).__name__.startswith("Async")
        wrapper = ollama.wrap_async_request if is_async else ollama.wrap_request
        return patch_object(client, "_request", wrapper)
    inner = getattr(client, "_api_client", None)
    if inner is not None and "google" in packages:
        done = [patch_object(inner, name, each) for name, each in google_genai.WRAPPERS.items()]
        return any(done)
    raise SettingsError(
        f"{type(client).__module__}.{type(client).__qualname__} is no client that can be watched: "
        "OpenAI, Anthropic, google-genai, boto3 and Ollama are."
    )
