"""What is asked, apart from how it is asked.

Two questions may want the same answer where only the last words of the user differ: the project,
the model, the system prompt, the messages before, tools and settings have to be the same to the
byte. And of those last words only how it is asked, not what is asked: politeness, articles, "how
do I" for "how can I", "what" for "which", plurals. All other words have to be the same, in the same
order (`core`).
"""

import hashlib
import re

import msgspec
from msgspec.structs import replace

from vedette.gateway.conditions import asked
from vedette.gateway.exchange import Exchange
from vedette.model.chat import TextPart

LONGEST = 2_000
"""Characters; what is longer says too much to be the same by its mean."""
_ASKING = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^(?:hi|hello|hey)\b[,!.]*\s*", ""),
        (r"^(?:please|kindly)\b,?\s*", ""),
        (r"^(?:could|can|would|will) you (?:please )?", ""),
        (r"[\s,]*\b(?:please|thanks|thank you)\W*$", ""),
        (r"\b(what|which|where|who|when|why|how)[’']s\b", r"\1 is"),
        (r"^(?:tell me|explain|describe)\s+(?=(?:what|which|how|why|who|when|where|the)\b)", ""),
        (r"\bhow (?:do|can|should|could|would|might) (?:i|you|we|one)\b", "how"),
        (r"\bwhere (?:do|can|should|could|would|might) (?:i|you|we|one)\b", "where"),
        (r"\bwhat (?:do|can|should|could|would|might) (?:i|you|we|one)\b", "what"),
    )
)
"""Ways to ask, and what they come to; in this order, on lower-case text."""
_SILENT = frozenset({"a", "an", "the", "is", "are", "do", "does", "what", "which"})
_WORDS = re.compile(r"\w+|[^\w\s.,;:?!]")


def apart(exchange: Exchange, whose: bytes) -> tuple[bytes, str] | None:
    """A question without its last words, as a digest, and these; None where they are no text of a
    user."""
    request = asked(exchange)
    if request is None or not request.messages:
        return None
    last = request.messages[-1]
    if last.role != "user" or len(last.parts) != 1 or not isinstance(last.parts[0], TextPart):
        return None
    text = last.parts[0].content
    if len(text) > LONGEST:
        return None
    question = replace(
        request, model=exchange.requested_model, stream=False, include_usage=False, user="",
        metadata={}, dialect="",
        messages=(*request.messages[:-1], replace(last, parts=(TextPart(content=""),))),
    )  # fmt: skip
    digest = hashlib.sha256(whose)
    digest.update(msgspec.json.encode(question, order="sorted"))
    return digest.digest(), text


def plain(text: str) -> str:
    """A question without its politeness."""
    text = text.strip().lower()
    for pattern, by in _ASKING:
        text = pattern.sub(by, text)
    return text


def core(text: str) -> tuple[str, ...]:
    """What is asked, whatever the way it is asked."""
    text = plain(text)
    return tuple(_singular(word) for word in _WORDS.findall(text) if word not in _SILENT)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word
