"""What Claude models take, by their names.

Sources, below https://platform.claude.com/docs/en/: models/overview (limits),
build-with-claude/thinking (which models want a budget and which decide themselves),
api/migration-2026-10-21 (sampling).
A name may carry the marks of other clouds (`us.anthropic.claude-sonnet-4-5-20250929-v1:0`,
`claude-opus-4-1@20250805`, `anthropic/claude-opus-4.5`). Servers that copy the format have models
of other names: those are taken for able, and refuse by themselves what they do not take.
"""

import re
from typing import Literal

import msgspec

Thinking = Literal["none", "budget", "adaptive"]

_NAME = re.compile(r"claude-(?:([a-z]+)-?)?(\d+(?:[-.]\d+)*)?(?:-(opus|sonnet|haiku))?")
_LARGEST_MINOR = 99
"""A larger number is a date."""

_LIMITS = (
    ((4, 6), 128_000),
    ((4, 5), 64_000),
    ((4, 0), 64_000),
    ((3, 7), 64_000),
    ((3, 5), 8_192),
    ((0, 0), 4_096),
)
_OPUS_4_LIMIT = 32_000
_FALLBACK_LIMIT = 4_096
_NEWEST = (99, 0)
"""The version of a Claude whose name has no number (`claude-mythos-preview`)."""


class ClaudeModel(msgspec.Struct, frozen=True):
    """Family and version; both empty where the name is none of Anthropic's."""

    family: str = ""
    version: tuple[int, int] = (0, 0)

    @property
    def is_known(self) -> bool:
        return bool(self.version[0])

    @property
    def max_output_tokens(self) -> int:
        """What an answer may have at most; 4,096 where the model is unknown."""
        if not self.is_known:
            return _FALLBACK_LIMIT
        if self.family == "opus" and (4, 0) <= self.version < (4, 5):
            return _OPUS_4_LIMIT
        return next(limit for version, limit in _LIMITS if self.version >= version)

    @property
    def thinking(self) -> Thinking:
        """Whether it thinks by a budget of tokens, by its own judgement, or not at all."""
        if not self.is_known:
            return "budget"
        if self.version >= (4, 6):
            return "adaptive"
        return "budget" if self.version >= (3, 7) else "none"

    @property
    def hides_thoughts(self) -> bool:
        """Whether the text of its thoughts comes only when it is asked for."""
        return self.version >= (4, 7)

    @property
    def thinks_unasked(self) -> bool:
        return self.version >= (5, 0)

    @property
    def thinks_always(self) -> bool:
        """Whether it refuses to be told not to think."""
        return self.family in ("fable", "mythos")

    @property
    def efforts(self) -> tuple[str, ...]:
        """The values of `output_config.effort` it takes, the least first."""
        if self.version >= (4, 7):
            return ("low", "medium", "high", "xhigh", "max")
        if self.version >= (4, 6):
            return ("low", "medium", "high", "max")
        return ()

    @property
    def takes_sampling(self) -> bool:
        """Whether it takes `temperature`, `top_p` and `top_k`."""
        return self.version < (4, 7)

    @property
    def takes_one_sampling(self) -> bool:
        """Whether it refuses `temperature` and `top_p` together."""
        return self.version >= (4, 1)

    @property
    def takes_schemas(self) -> bool:
        """Whether it keeps to a JSON schema: in its answer, and in strict tools."""
        return not self.is_known or self.version >= (4, 5)


def claude_model(name: str) -> ClaudeModel:
    """Family and version of a model by its name."""
    found = _NAME.search(name.lower())
    if found is None:
        return ClaudeModel()
    family = found[1] or found[3] or "claude"
    if found[2] is None:
        return ClaudeModel(family, _NEWEST)
    numbers = [int(number) for number in re.split(r"[-.]", found[2])]
    minor = numbers[1] if len(numbers) > 1 and numbers[1] <= _LARGEST_MINOR else 0
    return ClaudeModel(family, (numbers[0], minor))
