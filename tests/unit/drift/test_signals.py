"""What is read off an observation."""

from tests.support.drifting import observe
from vedette.drift.signals import CLASSES, NUMBERS
from vedette.model.drift import Observation


def values_of(observation: Observation) -> dict[str, float | str | None]:
    numbers = {signal.name: signal.read(observation) for signal in NUMBERS}
    return {**numbers, **{signal.name: signal.read(observation) for signal in CLASSES}}


def test_names_are_unique() -> None:
    names = [*(signal.name for signal in NUMBERS), *(signal.name for signal in CLASSES)]
    assert len(set(names)) == len(names)


def test_an_empty_observation_has_no_signal() -> None:
    assert set(values_of(Observation()).values()) == {None}


def test_a_full_observation_has_nearly_all() -> None:
    full = observe("What is the capital of France, and is it in the north?", "It is the Paris. Yes")
    values = values_of(full)
    assert [name for name, value in values.items() if value is None] == []
    assert values["output_words"] == 5
    assert values["refusal"] == "no"
    assert values["language"] == "en"


def test_shares_and_languages_of_a_word_are_not_read() -> None:
    values = values_of(observe("Q", ""))
    assert values["digit_share"] is None
    assert values["language"] is None
    assert values["output_words"] == 0
