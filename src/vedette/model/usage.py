"""Tokens in disjoint buckets, and what was used beside them.

Providers count differently: OpenAI's `prompt_tokens` includes cached tokens and its
`completion_tokens` includes reasoning, Anthropic's `input_tokens` excludes cached ones. Here each
token stands in exactly one bucket, and the parts always sum to the totals. Searches that a
provider runs itself are no tokens, and in no total.
"""

import msgspec


class Usage(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What one call used; all >= 0 and disjoint."""

    input_uncached: int = 0
    cache_read: int = 0
    """Text; sound and pictures from the cache have buckets of their own, where they are told."""
    cache_write: int = 0
    cache_write_1h: int = 0
    audio_input: int = 0
    image_input: int = 0
    output_text: int = 0
    reasoning: int = 0
    audio_output: int = 0
    image_output: int = 0
    cache_read_audio: int = 0
    cache_read_image: int = 0
    web_searches: int = 0
    """Searches of the web that the provider ran and bills by their number."""
    file_searches: int = 0
    """The same in files that are kept by the provider."""
    estimated: bool = False
    """True where the provider gave no figures and the counts are our own estimate."""

    def plus(self, other: "Usage") -> "Usage":
        """What two calls used together."""
        sums = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        return Usage(**sums, estimated=self.estimated or other.estimated)

    @property
    def input_total(self) -> int:
        return (
            self.input_uncached
            + self.cache_read
            + self.cache_write
            + self.cache_write_1h
            + self.audio_input
            + self.image_input
            + self.cache_read_audio
            + self.cache_read_image
        )

    @property
    def output_total(self) -> int:
        return self.output_text + self.reasoning + self.audio_output + self.image_output

    @property
    def cache_read_total(self) -> int:
        """All that was read from the cache, of whatever kind."""
        return self.cache_read + self.cache_read_audio + self.cache_read_image


SEARCHES = ("web_searches", "file_searches")
TOKENS = tuple(
    name for name in Usage.__struct_fields__ if name not in SEARCHES and name != "estimated"
)
"""The buckets that hold tokens."""
COUNTS = (*TOKENS, *SEARCHES)
