"""Token figures as OpenAI's two shapes tell them; the totals include all their parts."""

from typing import Any

from vedette.model.usage import Usage


def write_chat_usage(usage: Usage) -> dict[str, Any]:
    """`usage` of a chat completion or a completion."""
    inputs: dict[str, Any] = {
        "cached_tokens": usage.cache_read_total,
        "audio_tokens": usage.audio_input + usage.cache_read_audio,
    }
    outputs = {
        "reasoning_tokens": usage.reasoning,
        "audio_tokens": usage.audio_output,
        "accepted_prediction_tokens": 0,
        "rejected_prediction_tokens": 0,
    }
    _add(inputs, cache_write_tokens=_written(usage), image_tokens=_pictures(usage))
    _tell_cached(inputs, usage)
    _add(outputs, image_tokens=usage.image_output)
    return {
        "prompt_tokens": usage.input_total,
        "completion_tokens": usage.output_total,
        "total_tokens": usage.input_total + usage.output_total,
        "prompt_tokens_details": inputs,
        "completion_tokens_details": outputs,
    }


def write_response_usage(usage: Usage) -> dict[str, Any]:
    """`usage` of a response."""
    inputs: dict[str, Any] = {
        "cached_tokens": usage.cache_read_total,
        "cache_write_tokens": _written(usage),
    }
    outputs = {"reasoning_tokens": usage.reasoning}
    sound = usage.audio_input + usage.cache_read_audio
    _add(inputs, audio_tokens=sound, image_tokens=_pictures(usage))
    _tell_cached(inputs, usage)
    _add(outputs, audio_tokens=usage.audio_output, image_tokens=usage.image_output)
    return {
        "input_tokens": usage.input_total,
        "input_tokens_details": inputs,
        "output_tokens": usage.output_total,
        "output_tokens_details": outputs,
        "total_tokens": usage.input_total + usage.output_total,
    }


def write_tool_usage(usage: Usage | None) -> dict[str, Any]:
    """The member of a response that counts searches of the web; empty where there were none."""
    if usage is None or not usage.web_searches:
        return {}
    kinds = {"image_tokens": 0, "text_tokens": 0}
    pictures = {
        "input_tokens": 0, "input_tokens_details": kinds, "output_tokens": 0, "total_tokens": 0,
    }  # fmt: skip
    found = {"num_requests": usage.web_searches}
    return {"tool_usage": {"image_gen": pictures, "web_search": found}}


def _written(usage: Usage) -> int:
    return usage.cache_write + usage.cache_write_1h


def _pictures(usage: Usage) -> int:
    return usage.image_input + usage.cache_read_image


def _tell_cached(inputs: dict[str, Any], usage: Usage) -> None:
    """As the realtime API tells the kinds of what was read from the cache apart."""
    if usage.cache_read_audio or usage.cache_read_image:
        inputs["cached_tokens_details"] = {
            "text_tokens": usage.cache_read,
            "audio_tokens": usage.cache_read_audio,
            "image_tokens": usage.cache_read_image,
        }


def _add(details: dict[str, Any], **counts: int) -> None:
    """Those that are not always there, where there are any."""
    details.update({name: count for name, count in counts.items() if count})
