"""Classes as questions."""

from tests.support.drifting import observe
from vedette.drift.indicators import OTHER, Indicators
from vedette.drift.signals import CLASSES
from vedette.model.drift import Observation

VERDICT = next(index for index, signal in enumerate(CLASSES) if signal.name == "verdict")


def held(indicators: Indicators, observation: Observation) -> set[str]:
    hit, asked = indicators.read(observation)
    return {
        item.category
        for item, is_hit, is_asked in zip(indicators.items, hit, asked, strict=True)
        if item.signal == VERDICT and is_hit and is_asked
    }


def test_each_frequent_class_is_asked_for_and_all_others_together() -> None:
    baseline = [observe("Q", text) for text in ["Yes"] * 20 + ["No"] * 10 + ["(C)"]]
    indicators = Indicators(baseline)
    categories = [item.category for item in indicators.items if item.signal == VERDICT]
    assert categories == ["yes", "no", OTHER]
    assert held(indicators, observe("Q", "No")) == {"no"}
    assert held(indicators, observe("Q", "(D)")) == {OTHER}


def test_what_is_missing_is_not_asked() -> None:
    indicators = Indicators([observe("Q", "Yes")] * 12)
    hit, asked = indicators.read(Observation(model="m"))
    names = [CLASSES[item.signal].name for item in indicators.items]
    assert {name for name, is_asked in zip(names, asked, strict=True) if is_asked} == {"model"}
    assert hit.sum() == 1


def test_a_class_that_may_be_frequent_by_chance_is_not_asked_for() -> None:
    """Its share would fall back to what it is, and look like a change."""
    baseline = [observe("Q", text) for text in ["Yes"] * 37 + ["(C)"] * 3]
    categories = [item.category for item in Indicators(baseline).items if item.signal == VERDICT]
    assert categories == ["yes", OTHER]
