"""Detectors are found by their names."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support import calls
from vedette.app.guard import (
    Guards,
    detector_names,
    make_detector,
    open_desk,
    usable_detectors,
    with_policy,
)
from vedette.clock import FakeClock
from vedette.errors import BadRequest, ConfigError
from vedette.gateway.exchange import Exchange
from vedette.guard.engine import Passage
from vedette.guard.policies import bundled
from vedette.model.governance import LivePolicy, PolicySnapshot
from vedette.model.policy import Policy, Rule
from vedette.model.settings import GuardSettings


def test_every_detector_can_be_made_and_bears_its_name() -> None:
    assert "stackone" in detector_names()
    names = usable_detectors()
    assert {"pii", "secrets", "keywords", "regex", "leak", "tool_calls"} <= set(names)
    for name in names:
        detector = make_detector(name, {})
        assert detector.name == name
        assert detector.where


def test_a_detector_of_another_package_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    points = "acme = acme_detector\nacme_gone = acme_gone\n"
    (info / "entry_points.txt").write_text(f"[vedette.detectors]\n{points}")
    (tmp_path / "acme_detector.py").write_text(
        "class Acme:\n"
        "    name, where, is_heavy = 'acme', frozenset({'input'}), False\n"
        "    def detect(self, subject):\n"
        "        return None\n"
        "def create(options):\n"
        "    return Acme()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert make_detector("acme", {}).is_heavy
    assert "acme" in usable_detectors()
    assert "acme_gone" not in usable_detectors()
    with pytest.raises(ConfigError, match="cannot be loaded"):
        make_detector("acme_gone", {})


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


def asking(**headers: str) -> Exchange:
    exchange = calls.exchange(
        [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    )
    exchange.requested_model = "m"
    return exchange


async def test_a_named_policy_is_made_once_for_each_snapshot() -> None:
    guards, settings = Guards(FakeClock()), GuardSettings(policy=bundled().get("privacy"))
    assert await guards.of(GuardSettings()) is None
    base = await guards.of(settings)
    strict = asking(x_vedette_policy="strict")
    one = await guards.for_call(strict, base, settings)
    assert one is not None
    assert await guards.for_call(strict, base, settings) is one
    other = await guards.of(replace(settings, hold_chars=64))
    assert await guards.for_call(strict, other, settings) is not one
    assert await guards.for_call(asking(), base, settings) is base
    assert one.origins["strict:injection"].policy == "strict"
    with pytest.raises(BadRequest):
        await guards.for_call(asking(x_vedette_policy="unheard-of"), base, settings)
    guards.close()


def live(name: str, **changes: Any) -> LivePolicy:
    rule = Rule(name="r", detector="keywords", options={"words": ["forbidden"]}, **changes)
    return LivePolicy(policy=Policy(name=name, rules=(rule,)))


async def test_policies_of_the_console_hold_until_they_are_gone() -> None:
    guards = Guards(FakeClock())
    assert await guards.load(GuardSettings()) is None
    await guards.publish(PolicySnapshot(version=1, policies=(live("a"),)))
    found = await guards.for_call(asking(), None, GuardSettings())
    assert found is not None
    assert found.versions == "a@1"
    named = await guards.for_call(asking(x_vedette_policy="a"), None, GuardSettings())
    assert named is found
    await guards.publish(PolicySnapshot(version=2))
    assert await guards.for_call(asking(), None, GuardSettings()) is None
    guards.close()


@pytest.mark.parametrize(
    ("on_error", "versions"), [("open", "fine@1"), ("closed", "broken@1, fine@1")]
)
async def test_a_policy_that_cannot_be_made_here_leaves_the_others(
    on_error: Any, versions: str
) -> None:
    guards = Guards(FakeClock())
    broken = live("broken", on_error=on_error)
    assert broken.policy is not None
    rules = (replace(broken.policy.rules[0], detector="not-installed"),)
    broken = LivePolicy(policy=replace(broken.policy, rules=rules))
    await guards.publish(PolicySnapshot(version=1, policies=(broken, live("fine"))))
    found = await guards.for_call(asking(), None, GuardSettings())
    assert found is not None
    assert found.versions == versions
    assert found.fails_closed == (on_error == "closed")
    guards.close()
