"""Tokens in disjoint buckets.

Providers count differently: OpenAI's `prompt_tokens` includes cached tokens and its
`completion_tokens` includes reasoning, Anthropic's `input_tokens` excludes cached ones. Here each
token stands in exactly one bucket, and the parts always sum to the totals.
"""

import msgspec


class Usage(msgspec.Struct, frozen=True, omit_defaults=True):
    """Token counts of one call; all >= 0 and disjoint."""

    input_uncached: int = 0
    cache_read: int = 0
    cache_write: int = 0
    cache_write_1h: int = 0
    audio_input: int = 0
    image_input: int = 0
    output_text: int = 0
    reasoning: int = 0
    audio_output: int = 0
    image_output: int = 0
    estimated: bool = False
    """True where the provider gave no figures and the counts are our own estimate."""

    @property
    def input_total(self) -> int:
        return (
            self.input_uncached
            + self.cache_read
            + self.cache_write
            + self.cache_write_1h
            + self.audio_input
            + self.image_input
        )

    @property
    def output_total(self) -> int:
        return self.output_text + self.reasoning + self.audio_output + self.image_output
