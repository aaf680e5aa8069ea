"""Names of people, places and organizations, by a spaCy model (extra `ner`).

Such names have no syntax that patterns could know, so a model guesses: a small English one finds
six in ten people. It takes tens of milliseconds: let rules with it look `when: after`, or give them
time. The model is a package of its own that has to be installed beside (`python -m spacy download
en_core_web_sm`); nothing is downloaded here.
"""

import threading
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

NEEDS: Final = ("spacy", "en_core_web_sm")
KINDS: Final[Mapping[str, str]] = {
    "PERSON": "person", "PER": "person", "GPE": "location", "LOC": "location", "FAC": "location",
    "ORG": "organization", "NORP": "group",
}  # fmt: skip
"""spaCy's labels, and what is said of them."""
_DEFAULT_MODEL: Final = "en_core_web_sm"
_SCORE: Final = 0.6
"""The models say no score of their own."""
_MOST_CHARS: Final = 100_000


class NerDetector:
    """Every name of a wanted kind is a finding."""

    name = "ner"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = True

    def __init__(self, model: str, kinds: frozenset[str]) -> None:
        self._model = model
        self._kinds = kinds
        self._lock = threading.Lock()
        self._read: Any = None

    def detect(self, subject: Subject) -> Detection:
        if not subject.text.strip():
            return Detection()
        document = self._reader()(subject.text[:_MOST_CHARS])
        found = tuple(
            Finding(
                detector=self.name, kind=KINDS[entity.label_], score=_SCORE,
                start=entity.start_char, end=entity.end_char,
            )
            for entity in document.ents
            if KINDS.get(entity.label_) in self._kinds
        )  # fmt: skip
        return Detection(score=_SCORE if found else 0.0, findings=found)

    def _reader(self) -> Any:
        """Read on first use: it takes a second and 100 MB."""
        with self._lock:
            if self._read is None:
                spacy = import_module("spacy")
                self._read = spacy.load(
                    self._model, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"]
                )
            return self._read


def create(options: Mapping[str, Any]) -> NerDetector:
    """`model`: the name of an installed spaCy model; `kinds`: of `KINDS`, all if left out. Raises
    ConfigError where spaCy or the model is not installed."""
    if unknown := set(options) - {"model", "kinds"}:
        raise ConfigError(f"ner: unknown options {sorted(unknown)}.")
    model, kinds = options.get("model", _DEFAULT_MODEL), options.get("kinds", None)
    known = frozenset(KINDS.values())
    if not isinstance(model, str) or not model.isidentifier():
        raise ConfigError("ner: 'model' must be the name of an installed spaCy model.")
    if kinds is not None and (not isinstance(kinds, list | tuple) or not set(kinds) <= known):
        raise ConfigError(f"ner: 'kinds' must be of {', '.join(sorted(known))}.")
    if find_spec("spacy") is None:
        raise ConfigError("ner needs spaCy: pip install 'vedette[ner]'.")
    if find_spec(model) is None:
        raise ConfigError(f"ner: the model {model!r} is not installed: spacy download {model}.")
    return NerDetector(model, known if kinds is None else frozenset(kinds))
