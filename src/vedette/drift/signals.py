"""The signals that are watched: what is read off an observation, and how much it may spend.

A number signal is compared by rank, a class signal by the share of each class. `weight` is its part
of the false alarms that a stream may raise; the weights need not sum to 1.
"""

from collections.abc import Callable
from typing import NamedTuple

from vedette.features.answer import AnswerFeatures
from vedette.features.sketch import overlap
from vedette.model.drift import Observation

Number = Callable[[Observation], float | None]
Class = Callable[[Observation], str | None]


class NumberSignal(NamedTuple):
    """A figure of the answer."""

    name: str
    read: Number
    weight: float = 1.0
    least_tau: float = 1.0
    """So many neighbouring calls are taken for one at least, whatever the baseline shows."""


class ClassSignal(NamedTuple):
    """A class that the answer falls into."""

    name: str
    read: Class
    weight: float = 1.0


def _of_answer(read: Callable[[AnswerFeatures], float]) -> Number:
    def number(observation: Observation) -> float | None:
        answer = observation.fingerprint.answer
        return None if answer is None else float(read(answer))

    return number


def _of_words(read: Callable[[AnswerFeatures], float]) -> Number:
    """Shares and means say little where there are hardly any words."""

    def number(observation: Observation) -> float | None:
        answer = observation.fingerprint.answer
        return None if answer is None or not answer.words else float(read(answer))

    return number


def _class_of_answer(read: Callable[[AnswerFeatures], str]) -> Class:
    def name(observation: Observation) -> str | None:
        answer = observation.fingerprint.answer
        return None if answer is None else read(answer)

    return name


def _language(observation: Observation) -> str | None:
    """None for answers too short to tell: else every short one would be a change of language."""
    answer = observation.fingerprint.answer
    return (answer.language or None) if answer is not None else None


def _flag(read: Callable[[AnswerFeatures], bool]) -> Class:
    return _class_of_answer(lambda answer: "yes" if read(answer) else "no")


def _ms_per_token(observation: Observation) -> float | None:
    if observation.latency_ms is None or not observation.output_tokens:
        return None
    return observation.latency_ms / observation.output_tokens


def _overlap(observation: Observation) -> float | None:
    prompt, answer = observation.fingerprint.input, observation.fingerprint.answer
    if prompt is None or answer is None or not prompt.vocabulary or not answer.vocabulary:
        return None
    return overlap(answer.vocabulary, prompt.vocabulary)


NUMBERS: tuple[NumberSignal, ...] = (
    NumberSignal("output_words", _of_answer(lambda a: a.words), 3),
    NumberSignal("output_chars", _of_answer(lambda a: a.chars)),
    NumberSignal("output_tokens", lambda o: o.output_tokens),
    NumberSignal("output_lines", _of_answer(lambda a: a.lines), 0.5),
    NumberSignal("word_chars", _of_words(lambda a: a.word_chars), 0.5),
    NumberSignal("distinct_share", _of_words(lambda a: a.distinct_share), 0.5),
    NumberSignal("digit_share", _of_words(lambda a: a.digit_share), 0.5),
    NumberSignal("upper_share", _of_words(lambda a: a.upper_share), 0.5),
    NumberSignal("mark_share", _of_words(lambda a: a.mark_share), 0.5),
    NumberSignal("list_items", _of_answer(lambda a: a.items), 0.5),
    NumberSignal("emphases", _of_answer(lambda a: a.emphases), 0.5),
    NumberSignal("code_fences", _of_answer(lambda a: a.fences)),
    NumberSignal("prompt_overlap", _overlap, 0.5),
    # Slow hours come and go and are no drift of the answers.
    NumberSignal("latency_ms", lambda o: o.latency_ms, 0.5, least_tau=4),
    NumberSignal("ms_per_token", _ms_per_token, 0.5, least_tau=4),
)

CLASSES: tuple[ClassSignal, ...] = (
    ClassSignal("verdict", _class_of_answer(lambda a: a.verdict), 3),
    ClassSignal("verdict_place", _class_of_answer(lambda a: a.verdict_place)),
    ClassSignal("refusal", _flag(lambda a: a.refusal), 3),
    ClassSignal("apology", _flag(lambda a: a.apology), 0.5),
    ClassSignal("self_mention", _flag(lambda a: a.self_mention), 0.5),
    ClassSignal("asks_back", _flag(lambda a: a.asks_back), 0.5),
    ClassSignal("layout", _class_of_answer(lambda a: a.layout), 2),
    ClassSignal("json", _class_of_answer(lambda a: a.json), 2),
    ClassSignal("fence_first", _flag(lambda a: a.fence_first)),
    ClassSignal("language", _language),
    ClassSignal("opening", _class_of_answer(lambda a: a.opening), 3),
    ClassSignal("closing", _class_of_answer(lambda a: a.closing), 0.5),
    ClassSignal("tools", _class_of_answer(lambda a: " ".join(sorted(a.tools)))),
    ClassSignal("finish_reason", lambda o: o.finish_reason or None, 2),
    ClassSignal("model", lambda o: o.version or o.model or None, 2),
)
