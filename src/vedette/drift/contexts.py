"""Which calls may be compared: those of one template, or of one kind of prompt.

A change of the mix of prompts is no drift of the answers. So every answer is ranked only among
answers in its own context: its template where one is named, else the finest key of the prompt that
enough baseline calls share (skeleton, first words, last words), else its length. A key that the
baseline did not have gets a context of its own that starts empty, so it is compared with itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from vedette.model.drift import Observation

LOOSE = "loose"
LEAST = 10
"""Calls of the baseline that make a context."""
_OTHER_SHARE = 0.1
_LENGTHS = 3
_LEAST_OF_LENGTH = 12
_MOST = 2_000


class Contexts:
    """Gives each observation the name of its context, decided by the baseline."""

    def __init__(self, baseline: Sequence[Observation]) -> None:
        self._by_model = len({each.model for each in baseline if each.model}) > 1
        counts = Counter(key for each in baseline for key in self._keys(each))
        self._known = {key for key, count in counts.items() if count >= LEAST}
        loose = [each for each in baseline if self._find(each) is None]
        self._has_loose = len(loose) >= max(LEAST, _OTHER_SHARE * len(baseline))
        self._cuts = _length_cuts(loose)
        self._met: set[str] = set()

    def find(self, observation: Observation) -> str:
        """The context; `loose ...` where only kind and length of the prompt tell it from others."""
        found = self._find(observation)
        if found is not None:
            return found
        if self._has_loose:
            kind = _kind(observation)
            chars = _chars(observation)
            return f"{LOOSE} {kind} {sum(chars > cut for cut in self._cuts.get(kind, ()))}"
        if not observation.fingerprint.template:
            return f"{LOOSE} new {_kind(observation)} {_chars(observation).bit_length() // 2}"
        newest = next(self._keys(observation))
        if newest not in self._met and len(self._met) >= _MOST:
            return "new"
        self._met.add(newest)
        return newest

    def _find(self, observation: Observation) -> str | None:
        return next((key for key in self._keys(observation) if key in self._known), None)

    def _keys(self, observation: Observation) -> Iterator[str]:
        """From the finest to the coarsest; a named template is the only one."""
        model = f" {observation.model}" if self._by_model else ""
        fingerprint = observation.fingerprint
        if fingerprint.template:
            yield f"template {fingerprint.template}{model}"
        elif (prompt := fingerprint.input) is None:
            yield f"none{model}"
        else:
            yield f"skeleton {prompt.skeleton}{model}"
            yield f"head {prompt.head}{model}"
            yield f"tail {prompt.tail}{model}"


def _length_cuts(observations: Sequence[Observation]) -> dict[str, tuple[int, ...]]:
    """For each kind of prompt the lengths that part its calls into up to three equal groups."""
    sizes: dict[str, list[int]] = {}
    for each in observations:
        sizes.setdefault(_kind(each), []).append(_chars(each))
    return {kind: _cuts(sorted(found)) for kind, found in sizes.items()}


def _cuts(sizes: Sequence[int]) -> tuple[int, ...]:
    groups = min(_LENGTHS, len(sizes) // _LEAST_OF_LENGTH)
    return tuple(sizes[len(sizes) * cut // groups] for cut in range(1, groups))


def _kind(observation: Observation) -> str:
    """Layout and language of a prompt without a template of its own."""
    prompt = observation.fingerprint.input
    return f"{prompt.layout} {prompt.language}" if prompt else ""


def _chars(observation: Observation) -> int:
    prompt = observation.fingerprint.input
    return prompt.chars if prompt else 0
