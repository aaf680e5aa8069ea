"""Actions that make no sense are refused when a policy is read."""

import pytest

from vedette.errors import ConfigError
from vedette.guard.policies import read_policy


def policy(actions: str, more: str = "") -> bytes:
    return f"name: p\nrules: [{{name: r, detector: pii, actions: [{actions}]{more}}}]".encode()


@pytest.mark.parametrize(
    ("actions", "more", "said"),
    [
        ("{kind: transform}", "", "needs a place"),
        ("{kind: transform, text: '{{ nope }}'}", "", "Unknown name"),
        ("escalate", "", "needs a `target`"),
        ("{kind: escalate, target: j, settings: {timeout_s: 0}}", "", "timeout_s"),
        ("reroute", "", "needs a `target`"),
        ("reask", "", "needs an answer"),
        ("{kind: reask, text: '{{ nope }}'}", ", where: [output]", "Unknown name"),
        ("{kind: reask, settings: {times: 9}}", ", where: [output]", "times of `reask`"),
        ("{kind: retry, settings: {model: x}}", "", "cannot change"),
        ("{kind: retry, settings: {system: 7}}", "", "must be a text"),
        ("{kind: retry, settings: {temperature: {a: 1}}}", "", "must be a number"),
        ("{kind: retry, settings: {max_tokens: 1.5}}", "", "must be a whole number"),
        ("{kind: retry, settings: {stop_sequences: x}}", "", "must be a list of texts"),
        ("redact", ", when: after", "too late"),
    ],
)
def test_what_is_wrong_is_said(actions: str, more: str, said: str) -> None:
    with pytest.raises(ConfigError, match=f"rule 'r'.*{said}"):
        read_policy(policy(actions, more), source="p")


def test_budgets_have_bounds() -> None:
    for wrong in ("max_remedies: 9", "remedy_timeout_s: 0"):
        with pytest.raises(ConfigError, match=wrong.partition(":")[0]):
            read_policy(policy("flag") + b"\n" + wrong.encode(), source="p")


def test_what_makes_sense_is_taken() -> None:
    actions = (
        "alert, {kind: retry, settings: {temperature: 0, system: Mind it., times: 2}}, "
        "{kind: reask, text: 'Not {{ kinds }}.'}, fallback, {kind: reroute, target: r2}, block"
    )
    read = read_policy(policy(actions, ", where: [output]"), source="p")
    assert len(read.rules[0].actions) == 6
