"""From the name of a policy to its rules."""

from pathlib import Path

import pytest

from vedette.app.guard_rules import guard_settings
from vedette.config.schema import GuardConfig
from vedette.errors import ConfigError


def test_no_policy_no_guard() -> None:
    assert guard_settings(GuardConfig()).policy is None


@pytest.mark.parametrize("name", ["balanced", "strict", "privacy", "agents"])
def test_bundled_ones_go_by_name(name: str) -> None:
    policy = guard_settings(GuardConfig(policy=name)).policy
    assert policy is not None
    assert policy.name == name
    assert {rule.mode for rule in policy.rules} == {"enforce"}


def test_others_by_their_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nrules: [{name: a, detector: pii, actions: [mask]}]\n")
    policy = guard_settings(GuardConfig(policy=str(path), mode="shadow")).policy
    assert policy is not None
    assert [(rule.name, rule.mode) for rule in policy.rules] == [("a", "shadow")]


@pytest.mark.parametrize("name", ["unheard-of", "./none.yaml"])
def test_what_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(ConfigError):
        guard_settings(GuardConfig(policy=name))
