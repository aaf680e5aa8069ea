"""Policies by name: those that come with Vedette, and any others that were read.

A policy in YAML is `model.policy.Policy` with one convenience: an action may be written as its bare
name (`actions: [redact, alert]`).
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec

from vedette.errors import ConfigError, NotFound
from vedette.guard.checks import check_policy
from vedette.model.choices import mistake_of
from vedette.model.policy import Policy

DEFAULT: Final = "balanced"
BUNDLED: Final = ("balanced", "strict", "privacy", "agents")


class PolicySet:
    """Immutable; a change makes a new set."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._by_name = {policy.name: policy for policy in policies}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def get(self, name: str) -> Policy:
        """Raises NotFound, listing what there is."""
        found = self._by_name.get(name)
        if found is None:
            known = ", ".join(sorted(self._by_name))
            raise NotFound(f"There is no policy {name[:80]!r}. Known: {known}.")
        return found


def bundled() -> PolicySet:
    """The policies that come with Vedette."""
    folder = files("vedette.guard") / "starters"
    return PolicySet(
        read_policy((folder / f"{name}.yaml").read_bytes(), source=name) for name in BUNDLED
    )


def read_file(path: Path) -> Policy:
    """A policy of a file; raises ConfigError."""
    try:
        return read_policy(path.read_bytes(), source=str(path))
    except OSError as error:
        raise ConfigError(f"Policy {path} cannot be read: {error.strerror}.") from None


def read_policy(text: bytes, *, source: str) -> Policy:
    """A policy in YAML; raises ConfigError that says where it is wrong."""
    try:
        tree = msgspec.yaml.decode(text)
        policy = msgspec.convert(_spelled_out(tree), Policy)
    except msgspec.ValidationError as error:
        raise ConfigError(f"Policy {source}: {mistake_of(error, Policy)}.") from None
    except msgspec.DecodeError as error:
        raise ConfigError(f"Policy {source} is no YAML: {error}.") from None
    check_policy(policy, source)
    return policy


def _spelled_out(tree: Any) -> Any:
    if not isinstance(tree, Mapping) or not isinstance(tree.get("rules"), list):
        return tree
    rules = [
        {
            **rule,
            "actions": [
                {"kind": action} if isinstance(action, str) else action
                for action in rule["actions"]
            ],
        }
        if isinstance(rule, Mapping) and isinstance(rule.get("actions"), list)
        else rule
        for rule in tree["rules"]
    ]
    return {**tree, "rules": rules}
