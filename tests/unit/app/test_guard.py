"""Detectors are found by their names."""

import pytest
from msgspec.structs import replace

from vedette.app.guard import Guards, detector_names, make_detector, open_desk, with_policy
from vedette.clock import FakeClock
from vedette.errors import BadRequest, ConfigError
from vedette.guard.engine import Passage
from vedette.guard.policies import bundled
from vedette.model.settings import GuardSettings


def test_every_detector_can_be_made_and_bears_its_name() -> None:
    names = detector_names()
    assert {"pii", "secrets", "keywords", "regex", "leak", "tool_calls"} <= set(names)
    for name in names:
        detector = make_detector(name, {})
        assert detector.name == name
        assert detector.where


def test_an_unknown_detector_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"Unknown detector 'pij'.*pii"):
        make_detector("pij", {})
    with pytest.raises(ConfigError):
        make_detector("matching", {})


def test_the_desk_evaluates_by_policy() -> None:
    desk = open_desk(FakeClock())
    policy, verdict = desk.evaluate([Passage(text="mail ada@lovelace.org")], detectors=["pii"])
    assert (policy.name, verdict.action) == ("balanced", "redact")
    desk.close()


def test_a_named_policy_only_ever_adds_rules() -> None:
    privacy = bundled().get("privacy")
    alone = with_policy(GuardSettings(), "strict").policy
    both = with_policy(GuardSettings(policy=privacy), "strict").policy
    assert alone == bundled().get("strict")
    assert alone is not None
    assert both is not None
    assert both.rules[: len(privacy.rules)] == privacy.rules
    assert len(both.rules) == len(privacy.rules) + len(alone.rules)
    assert len({rule.name for rule in both.rules}) == len(both.rules)
    again = GuardSettings(policy=privacy)
    assert with_policy(again, "privacy") is again
    with pytest.raises(BadRequest, match="unheard-of"):
        with_policy(GuardSettings(), "unheard-of")


async def test_guards_are_made_once_for_each_snapshot() -> None:
    guards, settings = Guards(FakeClock()), GuardSettings(policy=bundled().get("privacy"))
    assert await guards.of(GuardSettings()) is None
    one = await guards.named("strict", settings)
    assert await guards.named("strict", settings) is one
    assert await guards.named("strict", replace(settings, hold_chars=64)) is not one
    guards.close()
