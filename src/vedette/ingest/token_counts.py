"""Token counts of a span, in disjoint buckets.

The conventions say that `input` includes what was read from or written to a cache and `output`
includes reasoning. Not everybody follows: Anthropic's own counts and Langfuse's buckets leave the
parts out. Told apart by what adds up: parts that are larger than their whole were left out of it,
and so they were where the total is the sum of all of them. Then they are added, never subtracted.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from vedette.dialects.reading import as_mapping, decode
from vedette.ingest.readers import Table, count
from vedette.model import semconv
from vedette.model.usage import SEARCHES, Usage

_EXCLUSIVE = frozenset(("langfuse.observation.usage_details",))
_INPUT_PARTS = (
    "cache_read", "cache_write", "cache_write_1h", "audio_input", "image_input",
    "cache_read_audio", "cache_read_image",
)  # fmt: skip
_CACHED_KINDS = (("cache_read_audio", "audio_input"), ("cache_read_image", "image_input"))
_OUTPUT_PARTS = ("reasoning", "audio_output", "image_output")
_PARTS = frozenset((*_INPUT_PARTS, *_OUTPUT_PARTS, *SEARCHES))
_NO_USAGE = Usage()
_TABLE = Table(semconv.USAGE)


class Counted(NamedTuple):
    usage: Usage
    rule: str
    """`exclusive` where the parts were left out of their whole, `inclusive` where they were in it,
    empty where there are none."""


def read_counts(attributes: Mapping[str, Any]) -> Counted:
    """The usage that the attributes speak of."""
    found = _TABLE.read(attributes)
    exclusive = False
    for key in semconv.USAGE_OBJECTS:
        if key in attributes:
            is_whole = "input" not in found and "output" not in found
            counts, apart = _read_object(attributes[key], exclusive=key in _EXCLUSIVE)
            exclusive = exclusive or (is_whole and apart)
            for name, number in counts.items():
                if name not in found and (is_whole or name in _PARTS):
                    found[name] = number
    found |= _told_by_anthropic(attributes)
    _part_cached_kinds(found)
    if semconv.ANSWER_USAGE in attributes and found.get("output") and "reasoning" not in found:
        found |= _thoughts(attributes[semconv.ANSWER_USAGE])
    counts = {name: value for name, value in found.items() if value}
    return balance(counts, exclusive=exclusive) if counts else Counted(_NO_USAGE, "")


def _read_object(value: Any, *, exclusive: bool) -> tuple[dict[str, int], bool]:
    """Counts by our names. Langfuse passes OpenAI's own objects on, which are inclusive."""
    members = as_mapping(decode(value) if isinstance(value, str) else value)
    flat = dict(members)
    for name, inner in members.items():
        for key, one in as_mapping(inner).items():
            flat[f"{name}.{key}"] = one
            flat |= {f"{name}.{key}.{last}": leaf for last, leaf in as_mapping(one).items()}
    found: dict[str, int] = {}
    for field, names in semconv.USAGE_MEMBERS.items():
        for name in names:
            if (number := count(flat.get(name))) is not None:
                found[field] = number
                break
    return found, exclusive and "prompt_tokens" not in members


def _part_cached_kinds(found: dict[str, int]) -> None:
    """Take sound and pictures from the cache out of what is told of the cache, and of the kind."""
    for cached, kind in _CACHED_KINDS:
        for whole in ("cache_read", kind) if cached in found else ():
            if whole in found:
                found[whole] = max(0, found[whole] - found[cached])


def _told_by_anthropic(attributes: Mapping[str, Any]) -> dict[str, int]:
    """What the AI SDK leaves in the metadata of Anthropic: writes for an hour cost more, and
    searches of the web are billed."""
    said = attributes.get("ai.response.providerMetadata")
    if not isinstance(said, str):
        return {}
    usage = as_mapping(as_mapping(as_mapping(decode(said)).get("anthropic")).get("usage"))
    split = as_mapping(usage.get("cache_creation"))
    hour = count(split.get("ephemeral_1h_input_tokens")) or 0
    written = count(usage.get("cache_creation_input_tokens")) or 0
    found = {}
    if searches := count(as_mapping(usage.get("server_tool_use")).get("web_search_requests")):
        found["web_searches"] = searches
    if written:
        found |= {"cache_write": max(0, written - hour), "cache_write_1h": min(hour, written)}
    return found


def _thoughts(said: Any) -> dict[str, int]:
    """The reasoning that an answer speaks of in its usage."""
    if not isinstance(said, str) or "reasoning_tokens" not in said:
        return {}
    counts, _ = _read_object(as_mapping(decode(said)).get("usage"), exclusive=False)
    return {"reasoning": counts["reasoning"]} if counts.get("reasoning") else {}


def balance(counts: Mapping[str, int], *, exclusive: bool = False) -> Counted:
    """Buckets that are disjoint and sum to the totals, from counts by our names."""
    given, made = counts.get("input", 0), counts.get("output", 0)
    total = counts.get("total", 0)
    into = sum(counts.get(name, 0) for name in _INPUT_PARTS)
    out = sum(counts.get(name, 0) for name in _OUTPUT_PARTS)
    if total and not given and not made:
        given = total
    adds_up = bool(into) and total == given + made + into
    left_out = exclusive or into > given or adds_up
    made_apart = exclusive or out > made or (bool(out) and total == given + made + out)
    parts: dict[str, Any] = {name: counts.get(name, 0) for name in _PARTS}
    usage = Usage(
        input_uncached=given if left_out else given - into,
        output_text=made if made_apart else made - out,
        **parts,
    )
    if not into and not out:
        return Counted(usage, "")
    return Counted(usage, "exclusive" if left_out and into else "inclusive")
