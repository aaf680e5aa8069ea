"""In which service tier a provider served a call: it may charge more or less for it.

OpenAI says so in the answer (`"service_tier":"flex"`), Anthropic in its usage (also of the fast
mode: `"speed":"fast"`). A text in an answer cannot be taken for it: there the quotes are escaped.
"""

import re

MARK = b'_tier"'
"""Part of every answer that says it; a quick test before a closer look."""

_TIER = re.compile(rb'"service_tier"\s*:\s*"([a-z_]{1,32})"')
_FAST = re.compile(rb'"speed"\s*:\s*"fast"')
_USUAL = frozenset({"default", "standard", "standard_only", "auto"})


def find_tier(data: bytes) -> str:
    """The tier that an answer, or an event of one, names; empty for the usual one."""
    if _FAST.search(data) is not None:
        return "fast"
    found = _TIER.search(data)
    tier = found[1].decode() if found is not None else ""
    return "" if tier in _USUAL else tier
