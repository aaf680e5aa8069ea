"""Token figures of Bedrock.

`inputTokens` leaves out what was read from or written to the cache; `outputTokens` includes the
thoughts, which are not told apart. `totalTokens` is the sum of all four.
https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
"""

from typing import Any

from vedette.dialects.reading import as_count, as_list, as_mapping
from vedette.model.usage import Usage

_FIGURES = ("inputTokens", "outputTokens")
_HOUR = "1h"


def read_usage(value: object) -> Usage | None:
    """The buckets of a `usage` object; None where there is none.

    Nova's own answers (`invoke`) name the cache's figures with `Count` at their end.
    """
    usage = as_mapping(value)
    if not any(name in usage for name in _FIGURES):
        return None
    written = _count(usage, "cacheWriteInputToken")
    by_ttl = {
        detail.get("ttl"): as_count(detail.get("inputTokens"))
        for detail in map(as_mapping, as_list(usage.get("cacheDetails")))
        if isinstance(detail.get("ttl"), str)
    }
    hour = min(by_ttl.get(_HOUR, 0), written)
    return Usage(
        input_uncached=as_count(usage.get("inputTokens")),
        cache_read=_count(usage, "cacheReadInputToken"),
        cache_write=written - hour,
        cache_write_1h=hour,
        output_text=as_count(usage.get("outputTokens")),
    )


def _count(usage: dict[str, Any], name: str) -> int:
    return as_count(usage.get(f"{name}s", usage.get(f"{name}Count")))


def write_usage(usage: Usage | None) -> dict[str, Any]:
    """The `usage` object; clients count on it, so without figures it has zeros."""
    usage = usage or Usage()
    written = usage.cache_write + usage.cache_write_1h
    figures: dict[str, Any] = {
        "inputTokens": usage.input_total - usage.cache_read_total - written,
        "outputTokens": usage.output_total,
        "totalTokens": usage.input_total + usage.output_total,
    }
    if usage.cache_read_total or written:
        figures["cacheReadInputTokens"] = usage.cache_read_total
        figures["cacheWriteInputTokens"] = written
    if usage.cache_write_1h:
        details = ((_HOUR, usage.cache_write_1h), ("5m", usage.cache_write))
        figures["cacheDetails"] = [{"ttl": t, "inputTokens": n} for t, n in details if n]
    return figures
