"""Token figures of the Anthropic messages format.

`input_tokens` excludes what was read from or written to the cache: the buckets are disjoint as
they come. `output_tokens` includes what was thought. Sound and pictures have no figures of their
own and count as the rest of the input does. Searches of the web are counted, and billed, apart.
"""

from typing import Any

from vedette.dialects.reading import as_count, as_mapping
from vedette.model.usage import Usage


def read_usage(value: object) -> Usage | None:
    """The buckets of a `usage` object; None where there is none."""
    usage = as_mapping(value)
    if "input_tokens" not in usage and "output_tokens" not in usage:
        return None
    written = as_count(usage.get("cache_creation_input_tokens"))
    by_ttl = as_mapping(usage.get("cache_creation"))
    hour = min(as_count(by_ttl.get("ephemeral_1h_input_tokens")), written)
    output = as_count(usage.get("output_tokens"))
    details = as_mapping(usage.get("output_tokens_details"))
    reasoning = min(as_count(details.get("thinking_tokens")), output)
    return Usage(
        input_uncached=as_count(usage.get("input_tokens")),
        cache_read=as_count(usage.get("cache_read_input_tokens")),
        cache_write=written - hour,
        cache_write_1h=hour,
        output_text=output - reasoning,
        reasoning=reasoning,
        web_searches=as_count(as_mapping(usage.get("server_tool_use")).get("web_search_requests")),
    )


def write_usage(usage: Usage | None) -> dict[str, Any]:
    """The `usage` of a message; zeros where there are no figures, for it must be there."""
    usage = usage or Usage()
    written = {
        "input_tokens": usage.input_uncached + usage.audio_input + usage.image_input,
        "cache_creation_input_tokens": usage.cache_write + usage.cache_write_1h,
        "cache_read_input_tokens": usage.cache_read_total,
        "cache_creation": {
            "ephemeral_5m_input_tokens": usage.cache_write,
            "ephemeral_1h_input_tokens": usage.cache_write_1h,
        },
        "output_tokens": usage.output_total,
    }
    if usage.reasoning:
        written["output_tokens_details"] = {"thinking_tokens": usage.reasoning}
    if usage.web_searches:
        written["server_tool_use"] = {
            "web_fetch_requests": 0,
            "web_search_requests": usage.web_searches,
        }
    return written


def write_last_usage(usage: Usage | None) -> dict[str, Any]:
    """The `usage` of a `message_delta`: cumulative, and without the times of the cache."""
    written = write_usage(usage)
    del written["cache_creation"]
    return written
