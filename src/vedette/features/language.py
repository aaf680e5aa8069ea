"""The language of a text, roughly: its script, and in Latin script its most frequent small words.

Enough to see that answers switch language; no claim beyond the seven languages listed.
"""

import re
from typing import Final

_LOOKED_AT = 600
_LEAST_HITS = 2

_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset("the and of to is in that it for you are with this not as be on".split()),
    "de": frozenset("der die das und ist nicht ein eine zu mit auf für sich von den ich".split()),
    "fr": frozenset("le la les et est des une un pas que pour dans vous sur du ne je".split()),
    "es": frozenset("el la los las y es que en una un no por con para del se su".split()),
    "it": frozenset("il la gli e di che è un una non per con del della sono si lo".split()),
    "pt": frozenset("o a os as e de que é um uma não para com do da em se você".split()),
    "nl": frozenset("de het een en van is niet dat op te zijn voor met ik je aan".split()),
}
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("arabic", re.compile(r"[\u0600-\u06ff]")),
    ("hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]")),
)
_FOREIGN = re.compile(r"[\u0370-\u06ff\u0900-\u0e7f\u3040-\ud7af]")
_LEAST_SHARE = 0.2


def find_language(text: str) -> str:
    """A code such as `en`, the name of a script, or empty where the text is too short to tell."""
    text = text[:_LOOKED_AT].lower()
    if not text.isascii() and _FOREIGN.search(text) and (script := _script(text)):
        return script
    words = set(text.split())
    hits = {name: len(known & words) for name, known in _WORDS.items()}
    best = max(hits, key=hits.__getitem__)
    is_clear = hits[best] >= _LEAST_HITS and hits[best] * 20 >= len(words)
    return best if is_clear else ""


def _script(text: str) -> str:
    letters = sum(character.isalpha() for character in text) or 1
    for name, pattern in _SCRIPTS:
        if len(pattern.findall(text)) >= _LEAST_SHARE * letters:
            return name
    return ""
