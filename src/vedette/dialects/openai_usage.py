"""Token figures of OpenAI-shaped answers, in disjoint buckets.

`prompt_tokens` includes cached, audio and image tokens, `completion_tokens` includes reasoning and
audio. Some providers keep reasoning outside `completion_tokens` and only add it to `total_tokens`
(xAI, Gemini's compatible endpoint), some keep cached tokens outside `prompt_tokens`: where the
total is larger than its two parts, what is missing is put where it fits. Figures that contradict
each other are clamped, so that no bucket is ever negative.
"""

from typing import Any, Literal

import msgspec

from vedette.dialects.reading import JSON_ERRORS, as_count, as_mapping, decode
from vedette.model.usage import Usage


class _Inputs(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    cached_tokens: int = 0
    audio_tokens: Literal[0] = 0


class _Outputs(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    reasoning_tokens: int = 0
    audio_tokens: Literal[0] = 0
    accepted_prediction_tokens: int = 0
    rejected_prediction_tokens: int = 0


class _Usual(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The usual shape: no detail that counts but cached and reasoning tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_tokens_details: _Inputs | None = None
    completion_tokens_details: _Outputs | None = None


_USUAL_SHAPE = msgspec.json.Decoder(_Usual)


def read_usage_bytes(raw: msgspec.Raw) -> Usage | None:
    """As `read_usage`, from the JSON text of the object; quickly where it has the usual shape."""
    if not raw:
        return None
    try:
        usual = _USUAL_SHAPE.decode(raw)
    except JSON_ERRORS:
        return read_usage(decode(raw))
    prompt, completion = usual.prompt_tokens, usual.completion_tokens
    inputs, outputs = usual.prompt_tokens_details, usual.completion_tokens_details
    cached = inputs.cached_tokens if inputs is not None else 0
    reasoning = outputs.reasoning_tokens if outputs is not None else 0
    if (
        usual.total_tokens != prompt + completion
        or not 0 <= cached <= prompt <= _LARGEST
        or not 0 <= reasoning <= completion <= _LARGEST
    ):
        return read_usage(decode(raw))
    return Usage(
        input_uncached=prompt - cached,
        cache_read=cached,
        output_text=completion - reasoning,
        reasoning=reasoning,
    )


def read_usage(value: object) -> Usage | None:
    """The buckets of a `usage` object of chat, completions, embeddings, responses or images.

    None where it is not an object or holds no token figure.
    """
    usage = as_mapping(value)
    plain = _plain(usage)
    if plain is not None:
        return plain
    if not usage or not any(name in usage for name in _FIGURES):
        return None
    prompt = _count(usage, "prompt_tokens", "input_tokens")
    completion = _count(usage, "completion_tokens", "output_tokens")
    inputs, outputs = _details(usage, _INPUT_DETAILS), _details(usage, _OUTPUT_DETAILS)
    cached = as_count(inputs.get("cached_tokens")) or _count(
        usage, "prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_tokens"
    )
    written = as_count(inputs.get("cache_write_tokens")) or _count(
        usage, "cache_creation_input_tokens"
    )
    reasoning = as_count(outputs.get("reasoning_tokens")) or _count(usage, "reasoning_tokens")
    missing = max(0, _count(usage, "total_tokens") - prompt - completion)
    if not any(name in usage for name in _PARTS):
        # Voyage AI embeds and tells the total only: all of it went in.
        prompt = missing
    elif missing and missing == cached + written and missing != reasoning:
        prompt += missing
    elif missing:
        completion += missing
        reasoning = max(reasoning, missing)
    parts = (cached, written, reasoning, _searches(usage))
    return _disjoint(prompt, completion, parts, inputs, outputs)


def _plain(usage: dict[str, Any]) -> Usage | None:
    """The usual shape, quickly: sums that agree, and no detail but cached and reasoning tokens."""
    prompt, completion = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if type(prompt) is not int or type(completion) is not int or usage.keys() - _USUAL:
        return None
    if usage.get("total_tokens") != prompt + completion:
        return None
    inputs = usage.get("prompt_tokens_details") or _NO_DETAILS
    outputs = usage.get("completion_tokens_details") or _NO_DETAILS
    if type(inputs) is not dict or type(outputs) is not dict:
        return None
    cached, reasoning = inputs.get("cached_tokens", 0), outputs.get("reasoning_tokens", 0)
    if type(cached) is not int or type(reasoning) is not int:
        return None
    if not 0 <= cached <= prompt <= _LARGEST or not 0 <= reasoning <= completion <= _LARGEST:
        return None
    for details, read in ((inputs, "cached_tokens"), (outputs, "reasoning_tokens")):
        for name, count in details.items():
            if count and name != read and name not in _NOT_TOKENS_OF_THEIR_OWN:
                return None
    return Usage(
        input_uncached=prompt - cached,
        cache_read=cached,
        output_text=completion - reasoning,
        reasoning=reasoning,
    )


_USUAL = frozenset(
    {
        "prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details",
        "completion_tokens_details",
    }
)  # fmt: skip
_NO_DETAILS: dict[str, Any] = {}
_NOT_TOKENS_OF_THEIR_OWN = frozenset({"accepted_prediction_tokens", "rejected_prediction_tokens"})
_LARGEST = 2**53
_PARTS = ("prompt_tokens", "completion_tokens", "input_tokens", "output_tokens")
_FIGURES = (*_PARTS, "total_tokens")
# Transcriptions and the realtime API write `token` in the singular.
_INPUT_DETAILS = ("prompt_tokens_details", "input_tokens_details", "input_token_details")
_OUTPUT_DETAILS = ("completion_tokens_details", "output_tokens_details", "output_token_details")


def _details(usage: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return as_mapping(next((usage[name] for name in names if usage.get(name)), None))


def _count(usage: dict[str, Any], *names: str) -> int:
    for name in names:
        if count := as_count(usage.get(name)):
            return count
    return 0


def _disjoint(
    prompt: int,
    completion: int,
    parts: tuple[int, int, int, int],
    inputs: dict[str, Any],
    outputs: dict[str, Any],
) -> Usage:
    cached, written, reasoning, searches = parts
    hits = as_mapping(inputs.get("cached_tokens_details"))
    cache_read, prompt = _take(cached, prompt)
    heard, cache_read = _take(as_count(hits.get("audio_tokens")), cache_read)
    seen, cache_read = _take(as_count(hits.get("image_tokens")), cache_read)
    cache_write, prompt = _take(written, prompt)
    audio_input, prompt = _take(max(0, as_count(inputs.get("audio_tokens")) - heard), prompt)
    image_input, prompt = _take(max(0, as_count(inputs.get("image_tokens")) - seen), prompt)
    reasoning, completion = _take(reasoning, completion)
    audio_output, completion = _take(as_count(outputs.get("audio_tokens")), completion)
    image_output, completion = _take(as_count(outputs.get("image_tokens")), completion)
    return Usage(
        input_uncached=prompt,
        cache_read=cache_read,
        cache_write=cache_write,
        audio_input=audio_input,
        image_input=image_input,
        output_text=completion,
        reasoning=reasoning,
        audio_output=audio_output,
        image_output=image_output,
        cache_read_audio=heard,
        cache_read_image=seen,
        web_searches=searches,
    )


def _searches(usage: dict[str, Any]) -> int:
    """As Perplexity tells them, and OpenRouter."""
    run = as_mapping(usage.get("server_tool_use")).get("web_search_requests")
    return as_count(run) or as_count(usage.get("num_search_queries"))


def _take(part: int, whole: int) -> tuple[int, int]:
    """The part, at most the whole, and what it leaves."""
    part = min(part, whole)
    return part, whole - part
