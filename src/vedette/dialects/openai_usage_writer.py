"""Token figures as OpenAI's two shapes tell them; the totals include all their parts."""

from typing import Any

from vedette.model.usage import Usage


def write_chat_usage(usage: Usage) -> dict[str, Any]:
    """`usage` of a chat completion or a completion."""
    inputs = {"cached_tokens": usage.cache_read, "audio_tokens": usage.audio_input}
    outputs = {
        "reasoning_tokens": usage.reasoning,
        "audio_tokens": usage.audio_output,
        "accepted_prediction_tokens": 0,
        "rejected_prediction_tokens": 0,
    }
    _add(inputs, cache_write_tokens=_written(usage), image_tokens=usage.image_input)
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
    inputs = {"cached_tokens": usage.cache_read, "cache_write_tokens": _written(usage)}
    outputs = {"reasoning_tokens": usage.reasoning}
    _add(inputs, audio_tokens=usage.audio_input, image_tokens=usage.image_input)
    _add(outputs, audio_tokens=usage.audio_output, image_tokens=usage.image_output)
    return {
        "input_tokens": usage.input_total,
        "input_tokens_details": inputs,
        "output_tokens": usage.output_total,
        "output_tokens_details": outputs,
        "total_tokens": usage.input_total + usage.output_total,
    }


def _written(usage: Usage) -> int:
    return usage.cache_write + usage.cache_write_1h


def _add(details: dict[str, int], **counts: int) -> None:
    """Those that are not always there, where there are any."""
    details.update({name: count for name, count in counts.items() if count})
