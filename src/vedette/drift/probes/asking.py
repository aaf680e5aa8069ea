"""How a probe asks a model; whoever wires us sends it through the gateway."""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from vedette.drift.probes.expecting import Said
from vedette.features.fingerprint import read_fingerprint
from vedette.features.hashing import TextHasher
from vedette.model.drift import Observation
from vedette.model.probe import Probe


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a question."""

    said: Said | None = None
    """None where there was no answer."""
    error: str = ""
    cost_nano_usd: int | None = None
    """None where the price is not known."""
    version: str = ""
    finish_reason: str = ""


class Asks(Protocol):
    """Asks a model in the name of a project; blocks, never raises for what a model does."""

    def __call__(
        self, project_id: str, body: Mapping[str, Any], *, probe: str, trace_id: str,
        timeout_s: float,
    ) -> Asked: ...  # fmt: skip


def body_of(probe: Probe, model: str) -> dict[str, Any]:
    """The chat completion that a probe asks for."""
    return {**probe.parameters, "model": model, "messages": probe.said, "stream": False}


def content_of(probe: Probe, hasher: TextHasher) -> str:
    """Equal where the same is asked."""
    asked = msgspec.json.encode((probe.said, probe.parameters), order="deterministic")
    return hasher.text(asked.decode())


def observe(probe: Probe, model: str, asked: Asked, hasher: TextHasher) -> Observation:
    """What is kept of an answer: figures and hashes."""
    said = asked.said
    assert said is not None
    question = msgspec.json.encode(probe.said, order="deterministic").decode()
    return Observation(
        fingerprint=read_fingerprint(
            hasher=hasher, input=question, answer=said.text, tools=said.tools
        ),
        model=model, version=asked.version, latency_ms=said.latency_ms,
        output_tokens=said.output_tokens, finish_reason=asked.finish_reason,
    )  # fmt: skip
