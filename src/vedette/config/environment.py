"""What the environment says: `${NAME}` inside strings and `VEDETTE_SECTION__KEY` overrides."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from vedette.config.errors import ConfigProblems, Problem, unknown
from vedette.config.tree import Node, from_plain, plain, read_yaml

PREFIX = "VEDETTE_"

_REFERENCE = re.compile(r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}|\$\{")


@dataclass(slots=True)
class Expansion:
    """Replaces `${NAME}` and `${NAME:-default}` in a tree and collects what is missing.

    As in a shell, `:-` also stands in for an empty variable. Without a default an empty variable
    is as wrong as a missing one: an empty key would silently forward the client's credential.
    `$${` is a literal `${`. Values taken from the environment are not expanded again.
    """

    env: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    referred: set[str] = field(default_factory=set)
    """Names of the variables that the tree refers to."""

    def expand(self, node: Node, path: str = "") -> Node:
        match node.value:
            case dict() as children:
                named = {
                    key: self.expand(child, join(path, key)) for key, child in children.items()
                }
                return replace(node, value=named)
            case list() as items:
                numbered = [self.expand(item, join(path, at)) for at, item in enumerate(items)]
                return replace(node, value=numbered)
            case str() as text if "${" in text:
                return replace(node, value=self._text(text, node.place, path))
            case _:
                return node

    def _text(self, text: str, place: str, path: str) -> str:
        def value(match: re.Match[str]) -> str:
            if match[0] == "$${":
                return "${"
            name, default = match[1], match[3]
            if name is None:
                form = "write ${NAME} or ${NAME:-default}, and $${ for a plain ${"
                self.problems.append(Problem(place, path, f"'${{' without a variable: {form}"))
                return ""
            self.referred.add(name)
            found = self.env.get(name, "")
            if not found and default is None:
                state = "empty" if name in self.env else "not set"
                advice = f"set it, or write ${{{name}:-default}}"
                message = f"environment variable {name} is {state}: {advice}"
                self.problems.append(Problem(place, path, message))
            return found or default or ""

        return _REFERENCE.sub(value, text)


def join(path: str, step: str | int) -> str:
    """The next step of a path as people read it: `providers[0].name`."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


@dataclass(slots=True)
class Overrides:
    """Writes `VEDETTE_SECTION__KEY=value` into a tree.

    Steps are separated by two underscores and read without regard to case; a number is the
    position in a list, at most one behind its end. Values are text (the schema makes numbers and
    booleans of it), `null`, or YAML where they begin with `[` or `{`; of such a value
    `VEDETTE_SECTION` makes the whole section.
    """

    env: Mapping[str, str]
    sections: tuple[str, ...]
    used: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)
    """Variables that look like a setting but are none."""

    def apply(self, root: Node) -> Node:
        """Return the tree with all overrides; the given one is left as it is."""
        for name in sorted(self.env):
            if not name.startswith(PREFIX):
                continue
            steps = name.removeprefix(PREFIX).lower().split("__")
            if len(steps) == 1 and not self._is_section(name, steps[0]):
                self._suspect(name, steps[0])
            elif steps[0] not in self.sections:
                self._problem(name, "", unknown("section", steps[0], self.sections))
            else:
                root = self._write(root, name, steps)
        return root

    def _write(self, root: Node, name: str, steps: list[str]) -> Node:
        changed = self._set(root, steps, "", self._value(name))
        if changed is None:
            return root
        self.used.append(name)
        return changed

    def _value(self, name: str) -> Node:
        text, place = self.env[name], f"environment {name}"
        if text[:1] in ("[", "{"):
            # An IPv6 address begins with a bracket too: what is no YAML is text.
            with suppress(ConfigProblems):
                return from_plain(plain(read_yaml(text.encode(), place)), place)
        return from_plain(None if text == "null" else text, place)

    def _set(self, node: Node, steps: list[str], path: str, value: Node) -> Node | None:
        if not steps:
            return value
        step, rest = steps[0], steps[1:]
        if step.isdecimal() and not isinstance(node.value, dict):
            return self._set_item(node, int(step), rest, path=path, value=value)
        if isinstance(node.value, list):
            self._no_position(step, path, value, len(node.value))
            return None
        children = node.value if isinstance(node.value, dict) else {}
        child = self._set(
            children.get(step, Node(value.place, None)), rest, join(path, step), value
        )
        if child is None:
            return None
        places = {**node.key_places, step: value.place}
        return replace(node, value={**children, step: child}, key_places=places)

    def _set_item(
        self, node: Node, index: int, rest: list[str], *, path: str, value: Node
    ) -> Node | None:
        items = node.value if isinstance(node.value, list) else []
        if index > len(items):
            self._no_position(str(index), path, value, len(items))
            return None
        current = items[index] if index < len(items) else Node(value.place, None)
        child = self._set(current, rest, join(path, index), value)
        if child is None:
            return None
        return replace(node, value=[*items[:index], child, *items[index + 1 :]])

    def _no_position(self, step: str, path: str, value: Node, entries: int) -> None:
        name = value.place.removeprefix("environment ")
        message = f"has {entries} entries, so {step} is no position in it: 0 is the first"
        self._problem(name, path, message)

    def _is_section(self, name: str, rest: str) -> bool:
        return rest in self.sections and self.env[name][:1] in ("[", "{")

    def _suspect(self, name: str, rest: str) -> None:
        for section in self.sections:
            if f"{rest}_".startswith(f"{section}_"):
                self.suspects.append(name)

    def _problem(self, name: str, path: str, message: str) -> None:
        self.problems.append(Problem(f"environment {name}", path, message))
