"""Detectors are found by their names."""

import pytest

from vedette.app.guard import detector_names, make_detector, open_desk
from vedette.clock import FakeClock
from vedette.errors import ConfigError
from vedette.guard.engine import Passage


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
