"""The guard is made when it is first needed, once."""

from collections.abc import Mapping
from typing import Any

import pytest

from vedette.clock import FakeClock
from vedette.errors import NotFound
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Passage
from vedette.guard.policies import PolicySet
from vedette.model.policy import Policy, Where
from vedette.ports.detector import Detection, Subject


class Silent:
    """Finds nothing."""

    name = "silent"
    where: frozenset[Where] = frozenset({"input"})
    is_heavy = False

    def detect(self, subject: Subject) -> Detection:
        return Detection()


def make(name: str, options: Mapping[str, Any]) -> Silent:
    return Silent()


def test_policies_are_read_once_when_needed() -> None:
    read: list[int] = []

    def policies() -> PolicySet:
        read.append(1)
        return PolicySet([Policy(name="balanced"), Policy(name="other", version=3)])

    desk = GuardDesk(make, FakeClock(), policies=policies)
    assert read == []
    policy, verdict = desk.evaluate([Passage(text="x")], policy="other", detectors=["silent"])
    assert (policy.version, verdict.scores) == (3, {"silent": 0.0})
    assert desk.evaluate([Passage(text="x")])[0].name == "balanced"
    assert desk.policies.names == ("balanced", "other")
    assert read == [1]
    with pytest.raises(NotFound):
        desk.evaluate([Passage(text="x")], policy="none")
    desk.close()


def test_detectors_are_made_anew_when_what_they_rest_on_is_another() -> None:
    state = ["a"]
    desk = GuardDesk(make, FakeClock(), state=lambda: state[0])
    first = desk.engine
    assert desk.engine is first
    state[0] = "b"
    assert desk.engine is not first
    first.close()
    desk.close()
