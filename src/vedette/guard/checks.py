"""What the types of a policy cannot say: which action makes sense where."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from vedette.errors import ConfigError
from vedette.guard import transforms
from vedette.model.policy import Action, ActionKind, Policy, Rule, Where

ANSWERS: Final[frozenset[Where]] = frozenset({"output", "reasoning", "tool_arguments"})
"""What a model says; elsewhere there is no answer to ask for again."""
REPORTING: Final[frozenset[ActionKind]] = frozenset({"flag", "annotate", "alert", "escalate"})
"""What can still be done when the answer is with the client."""
SETTINGS: Final = frozenset(
    {"temperature", "top_p", "top_k", "max_tokens", "seed", "frequency_penalty",
     "presence_penalty", "stop_sequences"}
)  # fmt: skip
"""Parameters that `retry` may change."""
_KINDS: Final[dict[str, tuple[Any, str]]] = {
    **dict.fromkeys(("top_k", "max_tokens", "seed"), (int, "a whole number")),
    "stop_sequences": (list[str], "a list of texts"),
}
MOST_TIMES: Final = 5


def check_policy(policy: Policy, source: str) -> None:
    """Raises ConfigError that says where the policy makes no sense."""
    names = [rule.name for rule in policy.rules]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ConfigError(f"Policy {source}: rules need different names: {sorted(twice)}.")
    if not 0 <= policy.max_remedies <= MOST_TIMES:
        raise ConfigError(
            f"Policy {source}: max_remedies must be in [0, {MOST_TIMES}], "
            f"not {policy.max_remedies!r}."
        )
    if not 0 < policy.remedy_timeout_s <= 600:
        raise ConfigError(
            f"Policy {source}: remedy_timeout_s must be in (0, 600], "
            f"not {policy.remedy_timeout_s!r}."
        )
    for rule in policy.rules:
        if not 0 <= rule.threshold <= 1:
            raise ConfigError(
                f"Policy {source}: threshold of rule {rule.name!r} must be in [0, 1], "
                f"not {rule.threshold!r}."
            )
        try:
            for action in rule.actions:
                check_action(rule, action)
        except ConfigError as error:
            raise ConfigError(f"Policy {source}: rule {rule.name!r}: {error.message}") from None


def check_action(rule: Rule, action: Action) -> None:
    """Raises ConfigError that says why the action makes no sense in the rule."""
    if rule.when == "after" and action.kind not in REPORTING:
        raise ConfigError(
            f"{action.kind!r} comes too late for `when: after`. "
            f"Possible: {', '.join(sorted(REPORTING))}."
        )
    check = _CHECKS.get(action.kind)
    if check is not None:
        check(rule, action)


def _transform(_: Rule, action: Action) -> None:
    transforms.check(action.text)


def _escalate(_: Rule, action: Action) -> None:
    if not action.target:
        raise ConfigError("`escalate` needs a `target`: the route or model that judges.")
    timeout_s = action.settings.get("timeout_s", 1)
    if not isinstance(timeout_s, int | float) or not 0 < timeout_s <= 600:
        raise ConfigError(f"timeout_s of `escalate` must be in (0, 600], not {timeout_s!r}.")


def _reroute(_: Rule, action: Action) -> None:
    if not action.target:
        raise ConfigError("`reroute` needs a `target`: the route or model to ask instead.")


def _retry(_: Rule, action: Action) -> None:
    unknown = set(action.settings) - SETTINGS - {"system", "times"}
    if unknown:
        raise ConfigError(
            f"`retry` cannot change {sorted(unknown)}. "
            f"Known: system, times, {', '.join(sorted(SETTINGS))}."
        )
    if not isinstance(action.settings.get("system", ""), str):
        raise ConfigError("`system` of `retry` must be a text.")
    for name in SETTINGS & set(action.settings):
        kind, expected = _KINDS.get(name, (float, "a number"))
        try:
            msgspec.convert(action.settings[name], kind)
        except msgspec.ValidationError:
            raise ConfigError(
                f"`{name}` of `retry` must be {expected}, not {str(action.settings[name])[:80]!r}."
            ) from None
    _times(action)


def _reask(rule: Rule, action: Action) -> None:
    if ANSWERS.isdisjoint(rule.where):
        raise ConfigError(
            "`reask` needs an answer: let the rule look at output, reasoning or tool_arguments."
        )
    if action.text and "{{" in action.text:
        transforms.check(action.text)
    _times(action)


def _times(action: Action) -> None:
    times = action.settings.get("times", 1)
    if not isinstance(times, int) or not 1 <= times <= MOST_TIMES:
        raise ConfigError(
            f"times of `{action.kind}` must be a whole number in [1, {MOST_TIMES}], not {times!r}."
        )


_CHECKS: Final[dict[ActionKind, Callable[[Rule, Action], None]]] = {
    "transform": _transform,
    "escalate": _escalate,
    "reroute": _reroute,
    "retry": _retry,
    "reask": _reask,
}
