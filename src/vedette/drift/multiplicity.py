"""Many tests at once: which findings to believe so that few of the believed are false.

Lists of a report are cut by Benjamini-Hochberg (p values) or e-BH (e-values of any dependence);
a series of decisions that never ends by e-LOND.
"""

import math
from collections.abc import Sequence


def benjamini_hochberg(p_values: Sequence[float], *, rate: float) -> list[bool]:
    """Which to believe, so that about `rate` of the believed are false.

    Benjamini, Hochberg 1995; for p values that are independent or depend positively.
    """
    count = len(p_values)
    ranked = sorted(p_values)
    passed = [p for rank, p in enumerate(ranked, 1) if p <= rate * rank / count]
    limit = max(passed, default=-1.0)
    return [p <= limit for p in p_values]


def e_benjamini_hochberg(e_values: Sequence[float], *, rate: float) -> list[bool]:
    """The same for e-values, valid however they depend on each other (Wang, Ramdas 2022)."""
    count = len(e_values)
    ranked = sorted(e_values, reverse=True)
    passed = [e for rank, e in enumerate(ranked, 1) if e * rank >= count / rate]
    limit = min(passed, default=math.inf)
    return [e >= limit for e in e_values]


class ELond:
    """Decides one e-value after the other; at any time at most `rate` of the believed are false.

    Xu, Ramdas 2024. The n-th decision may spend rate * 6 / (pi n)^2, times one more than the number
    believed so far.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._decided = 0
        self._believed = 0

    def decide(self, e_value: float) -> bool:
        self._decided += 1
        share = 6 / (math.pi * self._decided) ** 2
        is_believed = e_value * self._rate * share * (self._believed + 1) >= 1
        self._believed += is_believed
        return is_believed
