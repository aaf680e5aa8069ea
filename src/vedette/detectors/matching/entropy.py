"""How random a string looks."""

import math
from collections import Counter


def entropy_bits(text: str) -> float:
    """Shannon entropy per character, in bits."""
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in Counter(text).values()) if text else 0.0
