"""What the names of Bedrock's models tell: whose they are, and what they can be asked for.

A name is a model id (`anthropic.claude-sonnet-4-20250514-v1:0`), the id of an inference profile
(`eu.` before it) or an ARN that ends with either. The ARN of an application's own profile tells
nothing: then the family is "".
"""

import re

from vedette.dialects.anthropic_models import claude_model

_MARKS = (
    ("anthropic.", "anthropic"), ("claude", "anthropic"), ("amazon.nova", "nova"),
    ("amazon.titan", "titan"), ("meta.", "meta"), ("llama", "meta"), ("mistral.", "mistral"),
    ("cohere.", "cohere"), ("deepseek.", "deepseek"), ("gpt-oss", "gpt-oss"), ("qwen.", "qwen"),
)  # fmt: skip

_STRICT = re.compile(
    r"gpt-oss|qwen\.|deepseek\.v3|moonshot|minimax|nvidia\.|google\.gemma"
    r"|mistral-large-3|magistral|ministral|voxtral"
)
_EARLY_CACHE = re.compile(r"claude-3-5-(?:haiku|sonnet-20241022)")


def family(model: str) -> str:
    """Whose model it is: `anthropic`, `nova`, `meta`, ...; "" where its name does not tell."""
    name = model.lower()
    return next((kind for mark, kind in _MARKS if mark in name), "")


def takes_strict(model: str) -> bool:
    """Whether `strict` tools are known there; others refuse the call because of it.

    https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
    """
    claude = claude_model(model)
    return claude.takes_schemas if claude.is_known else bool(_STRICT.search(model.lower()))


def takes_cache_points(model: str) -> bool:
    """Whether marks of what to cache are known there, in messages, system and tools alike.

    https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
    """
    return claude_model(model).version >= (3, 7) or bool(_EARLY_CACHE.search(model.lower()))
