"""What the names of Bedrock's models tell: whose they are, and what they can be asked for.

A name is a model id (`anthropic.claude-sonnet-4-20250514-v1:0`), the id of an inference profile
(`eu.` before it) or an ARN that ends with either. The ARN of an application's own profile tells
nothing: then the family is "".
"""

import re

_MARKS = (
    ("anthropic.", "anthropic"), ("claude", "anthropic"), ("amazon.nova", "nova"),
    ("amazon.titan", "titan"), ("meta.", "meta"), ("llama", "meta"), ("mistral.", "mistral"),
    ("cohere.", "cohere"), ("deepseek.", "deepseek"), ("gpt-oss", "gpt-oss"), ("qwen.", "qwen"),
)  # fmt: skip

_CLAUDE = re.compile(r"claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2})(?!\d))?(?!\d)")
"""Numbers of one or two digits are versions, longer ones dates."""

_STRICT = re.compile(
    r"claude-(?:[a-z]+-)?(?:4-[5-9]|[5-9])(?!\d)|gpt-oss|qwen\.|deepseek\.v3|moonshot|minimax"
    r"|nvidia\.|google\.gemma|mistral-large-3|magistral|ministral|voxtral"
)


def family(model: str) -> str:
    """Whose model it is: `anthropic`, `nova`, `meta`, ...; "" where its name does not tell."""
    name = model.lower()
    return next((kind for mark, kind in _MARKS if mark in name), "")


def claude_version(model: str) -> tuple[int, int]:
    """`(4, 5)` for Claude 4.5; `(0, 0)` for other models and those that have no such number."""
    found = _CLAUDE.search(model.lower())
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def takes_strict(model: str) -> bool:
    """Whether `strict` tools are known there; others refuse the call because of it.

    https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
    """
    return _STRICT.search(model.lower()) is not None


def takes_cache_points(model: str) -> bool:
    """Whether marks of what to cache are known there, in messages, system and tools alike.

    https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
    """
    return claude_version(model) >= (3, 7) or _EARLY_CACHE.search(model.lower()) is not None


_EARLY_CACHE = re.compile(r"claude-3-5-(?:haiku|sonnet-20241022)")
