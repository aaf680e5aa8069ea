"""What is wrong with an answer, measured against what was expected of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from vedette.drift.comparison import structure
from vedette.errors import ConfigError
from vedette.features.answer import AnswerFeatures
from vedette.features.refusal import is_refusal, plain_start
from vedette.features.sketch import similarity
from vedette.model.probe import Expectations

_SHOWN = 60
_FENCE = "```"


class Judges(msgspec.Struct, frozen=True, kw_only=True):
    """Checks that live with the detectors; whoever wires us hands them in."""

    schema_problems: Callable[[Any, Any], Sequence[str]]
    """Of a schema and a value; may raise ConfigError."""
    formats: Mapping[str, Callable[[str], bool]]
    finds: Callable[[str, str], bool]
    """Whether a pattern is found in a text; raises ConfigError for what is no pattern of RE2."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An answer, before anything of it is forgotten."""

    text: str
    refused: bool = False
    """The provider itself says that it is a refusal."""
    tools: tuple[str, ...] = ()
    latency_ms: float
    output_tokens: int | None = None


def problems(
    expect: Expectations, said: Said, judges: Judges, *, answer: AnswerFeatures,
    baseline: Sequence[AnswerFeatures] = (),
) -> tuple[str, ...]:  # fmt: skip
    """One sentence for each expectation that is not met. `baseline` is empty until it is full."""
    return (
        *_of_text(expect, said, judges), *_of_figures(expect, said),
        *_of_baseline(expect, answer, baseline),
    )  # fmt: skip


def nearest(answer: AnswerFeatures, baseline: Sequence[AnswerFeatures]) -> float | None:
    """The lexical similarity to the nearest answer of the baseline; None without one."""
    return max((similarity(answer.min_hash, one.min_hash) for one in baseline), default=None)


def _of_text(expect: Expectations, said: Said, judges: Judges) -> Iterator[str]:
    text = said.text.strip()
    if expect.exact and text != expect.exact.strip():
        yield f"is not {_shown(expect.exact)}"
    yield from (f"does not contain {_shown(one)}" for one in expect.contains if one not in text)
    yield from (f"contains {_shown(one)}" for one in expect.lacks if one in text)
    if expect.regex and not judges.finds(expect.regex, text):
        yield f"does not match {_shown(expect.regex)}"
    if expect.refusal is not None:
        refuses = said.refused or is_refusal(plain_start(text))
        if refuses != expect.refusal:
            yield "refuses" if refuses else "does not refuse"
    if expect.format and not judges.formats[expect.format](text):
        yield f"is no {expect.format}"
    if expect.json_schema is not None:
        yield from _of_schema(expect.json_schema, text, judges)


def _of_schema(schema: dict[str, Any], text: str, judges: Judges) -> Iterator[str]:
    try:
        value = msgspec.json.decode(_without_fence(text).encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError):
        yield "is no JSON"
        return
    try:
        found = judges.schema_problems(schema, value)
    except ConfigError as error:
        found = [error.message]
    for problem in found[:3]:
        yield f"schema: {problem[:200]}"


def _of_figures(expect: Expectations, said: Said) -> Iterator[str]:
    if expect.max_latency_ms is not None and said.latency_ms > expect.max_latency_ms:
        yield f"took {said.latency_ms:.0f} ms, more than {expect.max_latency_ms:.0f}"
    tokens = said.output_tokens
    if expect.max_tokens is not None and tokens is not None and tokens > expect.max_tokens:
        yield f"has {tokens} tokens, more than {expect.max_tokens}"


def _of_baseline(
    expect: Expectations, answer: AnswerFeatures, baseline: Sequence[AnswerFeatures]
) -> Iterator[str]:
    if not baseline or not expect.like_baseline:
        return
    if expect.like_baseline == "exact" and answer.hash not in {one.hash for one in baseline}:
        yield "is none of the answers of the baseline"
    if expect.like_baseline == "structural":
        parts = [structure(answer, one) for one in baseline]
        if not any(all(one.values()) for one in parts):
            best = max(parts, key=lambda one: sum(one.values()))
            differs = ", ".join(name for name, agrees in best.items() if not agrees)
            yield f"is built unlike the baseline: {differs}"
    if expect.like_baseline == "lexical":
        found = nearest(answer, baseline) or 0.0
        if found < expect.least_similarity:
            yield f"is unlike the baseline: {found:.2f}, less than {expect.least_similarity:.2f}"


def _without_fence(text: str) -> str:
    if text.startswith(_FENCE) and text.endswith(_FENCE) and len(text) >= 2 * len(_FENCE):
        return text[len(_FENCE) : -len(_FENCE)].removeprefix("json").strip()
    return text


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
