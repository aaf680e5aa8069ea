"""The actions of a rule, one after the other.

A chain is carried out up to its first terminal action. What stands behind that comes when the
action is used up or failed: `[reask, block]` asks once more, and blocks when that did not help. A
chain that ends with asking anew ends with `block` after that: a text that must not pass does not
pass because nothing better came. What stands behind `escalate` is for texts that the judge forbids;
where nothing does, they are blocked.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from vedette.model.policy import ANEW, CHANGING, TERMINAL, Action, ActionKind, Policy, Rule

_FLAG = Action(kind="flag")


def steps(actions: Sequence[Action]) -> Iterator[Action]:
    """What is carried out now: all up to the first terminal action, that one too."""
    for action in actions:
        yield action
        if action.kind in TERMINAL:
            return


def said(actions: Sequence[Action], *kinds: ActionKind) -> str:
    """The words of the first of these actions that has some."""
    return next((a.text for a in actions if a.text and a.kind in kinds), "")


def spent(policy: Policy, rule_name: str, *, wholly: bool = False) -> Policy:
    """The policy for the next look, after the rule's terminal action was carried out once.

    `wholly`: it failed and is not tried again, however often it may be.
    """
    rules = tuple(
        replace(rule, actions=_rest(rule, wholly=wholly)) if rule.name == rule_name else rule
        for rule in policy.rules
    )
    return replace(policy, rules=rules)


def _rest(rule: Rule, *, wholly: bool) -> tuple[Action, ...]:
    actions = rule.actions
    at = next((n for n, action in enumerate(actions) if action.kind in TERMINAL), None)
    if at is None:
        return actions
    before, action, after = actions[:at], actions[at], actions[at + 1 :]
    left = action.settings.get("times", 1) - 1
    if left > 0 and not wholly:
        again = replace(action, settings={**action.settings, "times": left})
        return (*before, again, *after)
    if not any(later.kind in TERMINAL | CHANGING for later in after):
        after = (*after, Action(kind="block", text=said(actions, "block")))
    return (*before, *after)


def without_anew(policy: Policy) -> Policy:
    """The policy when nobody may be asked anew any more."""
    for rule in policy.rules:
        while any(action.kind in ANEW for action in steps(rule.actions)):
            policy = spent(policy, rule.name, wholly=True)
            rule = next(one for one in policy.rules if one.name == rule.name)
    return policy


def overruled(policy: Policy, rule_name: str) -> Policy:
    """The policy with a rule that only reports from now on: its remedy has been applied."""
    rules = tuple(
        replace(rule, actions=(_FLAG,)) if rule.name == rule_name else rule for rule in policy.rules
    )
    return replace(policy, rules=rules)
