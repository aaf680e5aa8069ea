"""Does this read like a language? Function words tell, without a dictionary."""

import re
from typing import Final

FUNCTION_WORDS: Final = frozenset("""
the and you that for are with this have from not was your but all can what will how which their
would when there who about they were been has more one out other than then into could these some
her him them she his its our should must any only also please write tell give make show say do is
it to of in me my as be if or on an at by no so we up
que los las una por con para del como más esta pero sus este todo instrucciones ser muy sin sobre
les des une est pas pour dans qui vous sur avec mais nous plus tout vos ignorez
der die und das ist nicht ein eine mit den von sie auf für dem alle wie ihre deine auch wird
che non per una con del della sono gli alla tutte come questo istruzioni
não uma com para por mais como dos das seu você todas
ignore previous instructions prompt system reveal answer question explain following word list
""".split())  # fmt: skip
_TOKEN: Final = re.compile(r"[^\W\d_]+")


def likeness(text: str) -> float:
    """Share of the words that are function words of a European language, in [0, 1].

    Prose has 0.3 and more; text in a cipher next to none.
    """
    words = _TOKEN.findall(text.lower())
    if not words:
        return 0.0
    return sum(word in FUNCTION_WORDS for word in words) / len(words)


def words_known(text: str) -> int:
    """How many different function words of two letters and more the text has."""
    return len({word for word in _TOKEN.findall(text.lower()) if len(word) > 1} & FUNCTION_WORDS)


def is_readable(text: str) -> bool:
    """Whether decoded bytes are text that somebody wrote: printable, mostly letters or spaces."""
    if len(text) < 3:
        return False
    printable = sum(ch.isprintable() or ch in "\n\r\t" for ch in text)
    if printable < 0.95 * len(text):
        return False
    lettered = sum(ch.isalnum() or ch.isspace() for ch in text)
    return lettered >= 0.6 * len(text)
