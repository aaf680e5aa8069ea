"""Policies are read strictly, and those that come with Vedette are good."""

from pathlib import Path

import pytest

from vedette.app.guard import make_detector
from vedette.errors import ConfigError, NotFound
from vedette.guard.policies import BUNDLED, bundled, read_file, read_policy
from vedette.model.policy import Action

POLICY = b"""
name: mine
rules:
  - name: a
    detector: pii
    actions: [redact, {kind: block, text: No.}]
    threshold: 0.7
"""


def test_actions_may_be_names() -> None:
    [rule] = read_policy(POLICY, source="mine").rules
    assert rule.actions == (Action(kind="redact"), Action(kind="block", text="No."))
    assert (rule.threshold, rule.mode, rule.on_error) == (0.7, "enforce", "open")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (b"name: [", "no YAML"),
        (b"rules: []", "name"),
        (POLICY.replace(b"redact", b"redakt"), "redakt"),
        (POLICY.replace(b"threshold: 0.7", b"threshold: 7"), "threshold"),
        (POLICY.replace(b"threshold", b"treshold"), "treshold"),
        (POLICY + b"  - {name: a, detector: pii}\n", "different names"),
        (b"- a list", "object"),
    ],
)
def test_what_is_wrong_is_said(wrong: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_policy(wrong, source="mine")


def test_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_bytes(POLICY)
    assert read_file(tmp_path / "p.yaml").name == "mine"
    with pytest.raises(ConfigError, match="cannot be read"):
        read_file(tmp_path / "other.yaml")


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_policies_ask_detectors_that_exist(name: str) -> None:
    policy = bundled().get(name)
    assert policy.name == name
    assert policy.description
    for rule in policy.rules:
        make_detector(rule.detector, rule.options)


def test_an_unknown_policy_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(NotFound, match="balanced"):
        bundled().get("nope")
