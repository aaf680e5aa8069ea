"""What a call may come to, before it is made.

The input is known but for its tokens: about four bytes each. The output is bound by what the caller
allows. Where nothing is said, it is guessed from what the model wrote lately: twice the longest
answer, which is forgotten slowly. Too high a guess only makes calls wait for each other near the
end of a budget; too low a one lets them go beyond it.
"""

import re

BYTES_PER_TOKEN = 4
UNKNOWN_OUTPUT = 1024
"""Tokens of an answer of a model that has not answered often yet."""
_LEAST_OUTPUT = 64
_ENOUGH = 8
_FORGETS = 0.995
_MOST = 4096
_MODELS = 4096

_BOUND = re.compile(
    rb'"(?:max_output_tokens|maxOutputTokens|maxTokens|max_tokens|max_tokens_to_sample|num_predict'
    rb'|max_gen_len|maxTokenCount|max_new_tokens)"\s*:\s*(\d{1,9})'
)


def output_bound(body: bytes) -> int | None:
    """How many tokens the caller of any dialect allows; None where it does not say."""
    if b"max" not in body and b"num_predict" not in body:
        return None
    found = _BOUND.search(body)
    return int(found[1]) if found is not None else None


class OutputGuess:
    """How long the answers of each model are."""

    def __init__(self) -> None:
        self._longest: dict[str, tuple[int, float]] = {}

    def tokens(self, model: str) -> int:
        """A length that few of its answers go beyond."""
        seen, longest = self._longest.get(model, (0, 0.0))
        guess = max(_LEAST_OUTPUT, int(2 * longest))
        return min(guess, _MOST) if seen >= _ENOUGH else max(UNKNOWN_OUTPUT, guess)

    def learn(self, model: str, tokens: int) -> None:
        """An answer of the model had so many tokens."""
        seen, longest = self._longest.get(model, (0, 0.0))
        if not seen and len(self._longest) >= _MODELS:
            self._longest.clear()
        longest *= _FORGETS
        self._longest[model] = (seen + 1, tokens if tokens > longest else longest)
