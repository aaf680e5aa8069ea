"""Token figures of Gemini, in disjoint buckets.

`promptTokenCount` includes cached tokens; what tools of Google's own fed to the model
(`toolUsePromptTokenCount`) and thoughts come on top of it and of `candidatesTokenCount`. Sounds
and pictures are told apart by the details, films and documents are not. Figures that contradict
each other are clamped, so that no bucket is ever negative.
"""

from typing import Annotated, Any

import msgspec

from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.reading import as_count, as_list, as_text
from vedette.model.usage import Usage

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Modality(msgspec.Struct, gc=False):
    """How many tokens of one kind."""

    modality: str = ""
    tokenCount: _Count = 0


class Figures(msgspec.Struct, gc=False):
    """`usageMetadata`, as far as it counts."""

    promptTokenCount: _Count = 0
    cachedContentTokenCount: _Count = 0
    candidatesTokenCount: _Count | None = None
    thoughtsTokenCount: _Count = 0
    toolUsePromptTokenCount: _Count = 0
    totalTokenCount: _Count = 0
    promptTokensDetails: list[Modality] = []
    cacheTokensDetails: list[Modality] = []
    candidatesTokensDetails: list[Modality] = []


_COUNTS = (
    "promptTokenCount", "cachedContentTokenCount", "candidatesTokenCount", "thoughtsTokenCount",
    "toolUsePromptTokenCount", "totalTokenCount",
)  # fmt: skip
_APART = frozenset({"AUDIO", "IMAGE"})
_DETAILS = ("promptTokensDetails", "cacheTokensDetails", "candidatesTokensDetails")


def read_usage(value: object) -> Usage | None:
    """The buckets of a `usageMetadata`; None where it is no object or holds no figure."""
    figures = read_figures(value)
    return None if figures is None else buckets(figures)


def read_figures(value: object) -> Figures | None:
    """The figures, each of a wrong type taken as absent; None where there are none."""
    usage = camel_fields(value)
    if not any(name in usage for name in _COUNTS):
        return None
    known: dict[str, Any] = {
        name: as_count(usage[name]) for name in _COUNTS if usage.get(name) is not None
    }
    known |= {name: _read_details(usage[name]) for name in _DETAILS if name in usage}
    return Figures(**known)


def _read_details(value: object) -> list[Modality]:
    details = map(camel_fields, as_list(value))
    return [Modality(as_text(d.get("modality")), as_count(d.get("tokenCount"))) for d in details]


def buckets(figures: Figures) -> Usage:
    """The figures in buckets."""
    prompt, tools = figures.promptTokenCount, figures.toolUsePromptTokenCount
    reasoning, output = figures.thoughtsTokenCount, figures.candidatesTokenCount
    if output is None:
        # The first events of a stream have a total only.
        output = max(0, figures.totalTokenCount - prompt - tools - reasoning)
    inputs, outputs = figures.promptTokensDetails, figures.candidatesTokensDetails
    if _is_text(inputs) and _is_text(outputs) and _is_text(figures.cacheTokensDetails):
        cached = min(figures.cachedContentTokenCount, prompt)
        return Usage(
            input_uncached=prompt - cached + tools,
            cache_read=cached,
            output_text=output,
            reasoning=reasoning,
        )
    return _by_modality(figures, prompt, tools, output)


def _is_text(details: list[Modality]) -> bool:
    """Whether there is no kind of its own among them: the usual case, on every event."""
    for one in details:
        if one.modality in _APART:
            return False
    return True


def _by_modality(figures: Figures, prompt: int, tools: int, output: int) -> Usage:
    cached, prompt = _take(figures.cachedContentTokenCount, prompt)
    inputs, hits = figures.promptTokensDetails, figures.cacheTokensDetails
    heard, cached = _take(_sum(hits, "AUDIO"), cached)
    seen, cached = _take(_sum(hits, "IMAGE"), cached)
    audio, prompt = _take(_sum(inputs, "AUDIO") - heard, prompt)
    image, prompt = _take(_sum(inputs, "IMAGE") - seen, prompt)
    spoken, output = _take(_sum(figures.candidatesTokensDetails, "AUDIO"), output)
    drawn, output = _take(_sum(figures.candidatesTokensDetails, "IMAGE"), output)
    return Usage(
        input_uncached=prompt + tools,
        cache_read=cached,
        audio_input=audio,
        image_input=image,
        output_text=output,
        reasoning=figures.thoughtsTokenCount,
        audio_output=spoken,
        image_output=drawn,
        cache_read_audio=heard,
        cache_read_image=seen,
    )


def _sum(details: list[Modality], modality: str) -> int:
    return sum(one.tokenCount for one in details if one.modality == modality)


def _take(part: int, whole: int) -> tuple[int, int]:
    """The part, at most the whole, and what it leaves."""
    part = max(0, min(part, whole))
    return part, whole - part


def write_usage(usage: Usage) -> dict[str, Any]:
    """The value of `usageMetadata`."""
    written: dict[str, Any] = {
        "promptTokenCount": usage.input_total,
        "candidatesTokenCount": usage.output_total - usage.reasoning,
        "totalTokenCount": usage.input_total + usage.output_total,
    }
    if cached := usage.cache_read_total:
        written["cachedContentTokenCount"] = cached
    if usage.cache_read_audio or usage.cache_read_image:
        written["cacheTokensDetails"] = _details(
            cached, usage.cache_read_audio, usage.cache_read_image
        )
    if usage.reasoning:
        written["thoughtsTokenCount"] = usage.reasoning
    if usage.input_total:
        written["promptTokensDetails"] = _details(
            usage.input_total,
            usage.audio_input + usage.cache_read_audio,
            usage.image_input + usage.cache_read_image,
        )
    if usage.audio_output or usage.image_output:
        written["candidatesTokensDetails"] = _details(
            usage.output_total - usage.reasoning, usage.audio_output, usage.image_output
        )
    return written


def _details(total: int, audio: int, image: int) -> list[dict[str, Any]]:
    counts = {"TEXT": total - audio - image, "AUDIO": audio, "IMAGE": image}
    return [{"modality": name, "tokenCount": count} for name, count in counts.items() if count]
