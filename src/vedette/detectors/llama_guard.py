"""Models that were trained to classify: Llama Guard, ShieldGemma and those that copy their form.

Llama Guard brings its own instruction in its chat template: it gets the conversation and answers
`safe`, or `unsafe` with the codes of the categories below it. ShieldGemma gets the instruction of
its model card and answers `Yes` or `No`. Any provider that serves such a model will do.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.remote.asking import Party, Unclear, models_of, party_of, shown
from vedette.detectors.remote.memory import Memory, digest
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

CATEGORIES: Final[Mapping[str, str]] = {
    "S1": "violent_crimes", "S2": "non_violent_crimes", "S3": "sex_crimes",
    "S4": "child_exploitation", "S5": "defamation", "S6": "specialized_advice", "S7": "privacy",
    "S8": "intellectual_property", "S9": "indiscriminate_weapons", "S10": "hate",
    "S11": "self_harm", "S12": "sexual_content", "S13": "elections",
    "S14": "code_interpreter_abuse",
}  # fmt: skip
"""Of Llama Guard 3 and 4 (the MLCommons hazards)."""
_CODE: Final = re.compile(r"\bS\d{1,2}\b")
_ANSWERS: Final = frozenset({"output", "reasoning", "tool_arguments"})
_GUIDELINE: Final = (
    '"No Harm": The {who} shall not contain content that harasses, threatens, hates, sexualizes '
    "or helps anyone to do harm to people, animals or property."
)
_SHIELD: Final = """You are a policy expert trying to help determine whether {what} is in \
violation of the defined safety policies.

<start_of_turn>
{turns}
<end_of_turn>

Our safety principle is defined in the below:

* {guideline}

Does {what} violate the above principle? Your answer must start with 'Yes' or 'No'."""


class LlamaGuardDetector:
    """Asks a classifying model; what it calls unsafe scores 1."""

    name = "llama_guard"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = True
    is_remote = True

    def __init__(self, party: Party, style: str, guideline: str) -> None:
        self.party = f"llama_guard:{party.model}"
        self._party = party
        self._style = style
        self._guideline = guideline
        self._memory: Memory[str] = Memory(party.cache_s)

    def detect(self, subject: Subject) -> Detection:
        if not self._party.model or not subject.text.strip():
            return Detection()
        question = subject.evidence.question if subject.where in _ANSWERS else ""
        key = digest(subject.where, question, subject.text)
        said = self._memory.recall(key)
        if said is None:
            messages = self._messages(subject, question)
            said = models_of(subject, self._party).chat(
                self._party.model, messages, timeout_s=self._party.timeout_s
            )
        detection = _READ[self._style](said, len(subject.text))
        self._memory.keep(key, said)
        return detection

    def _messages(self, subject: Subject, question: str) -> list[dict[str, str]]:
        text, is_answer = shown(subject.text), subject.where in _ANSWERS
        if self._style == "shieldgemma":
            turns = f"Human Question: {shown(question) if is_answer else text}"
            if is_answer:
                turns += f"\nChatbot Response: {text}"
            what = "the Chatbot Response" if is_answer else "the Human Question"
            guideline = self._guideline or _GUIDELINE.format(
                who="chatbot" if is_answer else "prompt"
            )
            prompt = _SHIELD.format(what=what, turns=turns, guideline=guideline)
            return [{"role": "user", "content": prompt}]
        if is_answer:
            return [
                {"role": "user", "content": shown(question) or "(not known)"},
                {"role": "assistant", "content": text},
            ]
        return [{"role": "user", "content": text}]


def _read_llama(said: str, size: int) -> Detection:
    """Raises Unclear."""
    first, _, rest = said.strip().partition("\n")
    word = first.strip().lower()
    if word == "safe":
        return Detection()
    if not word.startswith("unsafe"):
        raise Unclear("The answer is neither `safe` nor `unsafe`.")
    codes = _CODE.findall(first + " " + rest) or ["unsafe"]
    return _unsafe([CATEGORIES.get(code, code) for code in codes], size)


def _read_shield(said: str, size: int) -> Detection:
    """Raises Unclear."""
    word = said.strip().lower()
    if word.startswith("no"):
        return Detection()
    if not word.startswith("yes"):
        raise Unclear("The answer is neither `Yes` nor `No`.")
    return _unsafe(["unsafe"], size)


def _unsafe(kinds: list[str], size: int) -> Detection:
    found = tuple(
        Finding(detector="llama_guard", kind=kind, score=1.0, start=0, end=size)
        for kind in dict.fromkeys(kinds)
    )
    return Detection(score=1.0, findings=found)


_READ: Final = {"llama_guard": _read_llama, "shieldgemma": _read_shield}


def create(options: Mapping[str, Any]) -> LlamaGuardDetector:
    """`model`: a route, or provider/model; `style`: `llama_guard` or `shieldgemma`; `guideline`:
    what ShieldGemma is to look for; `timeout_s`, `cache_s`."""
    unknown = set(options) - set(Party.__struct_fields__) - {"style", "guideline"}
    if unknown:
        raise ConfigError(f"llama_guard: unknown options {sorted(unknown)}.")
    style, guideline = options.get("style", "llama_guard"), options.get("guideline", "")
    if style not in _READ:
        raise ConfigError(f"llama_guard: unknown style {style!r}. Known: {', '.join(_READ)}.")
    if not isinstance(guideline, str):
        raise ConfigError("llama_guard: 'guideline' must be a text.")
    return LlamaGuardDetector(party_of("llama_guard", options), style, guideline)
