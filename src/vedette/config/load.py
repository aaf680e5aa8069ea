"""From a file and an environment to a checked configuration.

written tree -> `VEDETTE_*` overrides -> `${...}` -> discovery where there is no file -> schema ->
rules. Each step keeps the place of every value, so that whatever is wrong is told with file, line
and key, all of it at once.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vedette.config.checks import check, check_routes
from vedette.config.environment import Expansion, Overrides, join
from vedette.config.errors import ConfigProblems, Problem, shown, unknown
from vedette.config.route import RouteConfig
from vedette.config.schema import Config
from vedette.config.tree import MAX_BYTES, Node, Plain, find, from_plain, plain, read_yaml, walk
from vedette.config.values import SECRET_KEYS, Section
from vedette.errors import ConfigError
from vedette.model.catalogue import Kinds

FILE_NAME = "vedette.yaml"
FILE_VARIABLE = "VEDETTE_CONFIG"

DEFAULT = "default"

TreePath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling at start: what was found, what was not, what to do next."""

    kind: Literal["found", "missing", "next"]
    text: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """Providers found without a file (as they would be written there), and what to say about it."""

    providers: tuple[tuple[str, Mapping[str, Plain]], ...]
    """(where it was found, settings) pairs."""
    notices: tuple[Notice, ...]


Discover = Callable[[Mapping[str, str], Config], Discovered]


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """A checked configuration and where it came from."""

    config: Config
    path: Path | None
    """The file; None where there was none and the providers were discovered."""
    notices: tuple[Notice, ...] = ()
    overrides: tuple[str, ...] = ()
    """Names of the environment variables that overrode a setting."""
    origins: Mapping[str, str] | None = None
    """Setting -> `file:line`, `environment NAME` or what was discovered; others are defaults."""

    def origin(self, key: str) -> str:
        """Where the value of a setting such as `gateway.listen` came from."""
        return (self.origins or {}).get(key, DEFAULT)


def find_file(env: Mapping[str, str], directory: Path) -> Path | None:
    """The configuration to use when none is named: `vedette.yaml` here, else `$VEDETTE_CONFIG`."""
    here = directory / FILE_NAME
    if here.is_file():
        return here
    return Path(env[FILE_VARIABLE]) if env.get(FILE_VARIABLE) else None


def load(
    path: Path | None,
    env: Mapping[str, str],
    *,
    kinds: Kinds | None = None,
    discover: Discover | None = None,
    given: Mapping[str, Plain] | None = None,
) -> LoadedConfig:
    """Read and check a configuration. Raises `ConfigProblems` with everything that is wrong.

    With `path` None the file is looked for (`find_file`); where there is none, `discover` may
    propose providers. `kinds` is the provider catalogue; without it kinds are not checked.
    `given` are settings of a program, which take the place of a file.
    """
    if given is not None:
        path, root = None, from_plain(dict(given), "settings")
    else:
        path = path or find_file(env, Path())
        root = _read(path) if path else Node("", {})
    overrides = Overrides(env, tuple(Config.model_fields))
    expansion = Expansion(env)
    # Overrides come last, so that their values are not taken for references.
    tree = overrides.apply(expansion.expand(root))
    problems = [*expansion.problems, *overrides.problems]
    found: tuple[Notice, ...] = ()
    if path is None and discover is not None and not problems and not _has_providers(tree):
        tree, found = _discovered(tree, discover(env, _validate(tree, path, kinds)))
    if problems:
        problems += _only_problems(tree, path, kinds, known=problems)
        raise ConfigProblems(_sorted(problems))
    config = _validate(tree, path, kinds)
    suspects = [name for name in overrides.suspects if name not in expansion.referred]
    return LoadedConfig(
        config=config,
        path=path,
        notices=(*found, *_hints(config, path, suspects)),
        overrides=tuple(overrides.used),
        origins=_origins(tree),
    )


def read_routes(
    written: Sequence[Mapping[str, Plain]], providers: Collection[str]
) -> tuple[RouteConfig, ...]:
    """Routes that come from elsewhere than a file, under the same schema and rules as there.

    Raises `ConfigProblems` with everything that is wrong; keys begin with `routes[0]`.
    """
    tree = from_plain({"routes": [dict(route) for route in written]}, "")
    try:
        routes = Config.model_validate(plain(tree)).routes
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise ConfigProblems(_causes(_explain(detail, tree, None) for detail in details)) from None
    findings = [
        _problem(where, what, tree, None) for where, what in check_routes(routes, providers)
    ]
    if findings:
        raise ConfigProblems(findings)
    return routes


def _causes(problems: Iterable[Problem]) -> list[Problem]:
    """Without those that only follow: a list is not too short because its entries are wrong."""
    told = list(problems)
    keys = [problem.key for problem in told]
    return [one for one in told if not any(key.startswith(f"{one.key}[") for key in keys)]


def _read(path: Path) -> Node:
    name = str(path)
    try:
        with path.open("rb") as file:
            # One byte more than may be there: a device would never end.
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        hint = "Name an existing file with --config, or leave it out to use what is discovered."
        raise ConfigError(f"Cannot read the configuration {name!r}: {reason}. {hint}") from None
    root = read_yaml(content, name)
    if root.value is None:
        return Node(name, {})
    if not isinstance(root.value, dict):
        message = f"expected sections ({', '.join(Config.model_fields)}), found {shown(root.value)}"
        raise ConfigProblems([Problem(root.place, "", message)])
    return root


def _has_providers(tree: Node) -> bool:
    children = tree.value if isinstance(tree.value, dict) else {}
    return "providers" in children and bool(children["providers"].value)


def _discovered(tree: Node, discovered: Discovered) -> tuple[Node, tuple[Notice, ...]]:
    items = [from_plain(dict(settings), place) for place, settings in discovered.providers]
    children = tree.value if isinstance(tree.value, dict) else {}
    providers = Node("discovered", items)
    return Node(tree.place, {**children, "providers": providers}), discovered.notices


def _only_problems(
    tree: Node, path: Path | None, kinds: Kinds | None, *, known: Iterable[Problem]
) -> list[Problem]:
    """What else is wrong, less what only follows from a problem already known."""
    spoiled = {problem.key for problem in known}
    try:
        _validate(tree, path, kinds)
    except ConfigProblems as error:
        return [problem for problem in error.problems if problem.key not in spoiled]
    return []


def _validate(tree: Node, path: Path | None, kinds: Kinds | None) -> Config:
    try:
        config = Config.model_validate(plain(tree))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise ConfigProblems(_sorted(_explain(detail, tree, path) for detail in details)) from None
    findings = list(check(config, kinds))
    if findings:
        raise ConfigProblems(_sorted(_problem(where, what, tree, path) for where, what in findings))
    return config


def _problem(where: TreePath, message: str, tree: Node, path: Path | None) -> Problem:
    key = ""
    for step in where:
        key = join(key, step)
    place = find(tree, where).place or (str(path) if path else "")
    return Problem(place, key, message)


def _explain(detail: ErrorDetails, tree: Node, path: Path | None) -> Problem:
    """A message of the schema in our words: the value (unless secret), and what was expected."""
    where = tuple(step for step in detail["loc"] if step != "[key]")
    if detail["type"] == "extra_forbidden":
        parent = _problem(where[:-1], "", tree, path)
        place = find(tree, where[:-1]).key_places.get(str(where[-1]), parent.place)
        return Problem(place, parent.key, unknown("key", str(where[-1]), _known_keys(where[:-1])))
    problem = _problem(where, "", tree, path)
    if detail["type"] == "missing":
        return Problem(problem.place, problem.key, f"is required{_purpose(where)}")
    value = _written(where, tree, wants_parts=detail["type"] in _WANT_PARTS)
    return Problem(problem.place, problem.key, f"value {value}: {_expected(detail)}")


def _written(where: TreePath, tree: Node, *, wants_parts: bool) -> str:
    """The value as written: a reference stays a reference, a secret is never shown.

    `wants_parts`: a list or a mapping belongs there; text in its place may hold all its secrets.
    """
    if SECRET_KEYS.intersection(step for step in where if isinstance(step, str)):
        return "(hidden)"
    node = find(tree, where)
    if isinstance(node.value, str) and wants_parts:
        return "text"
    if isinstance(node.value, str):
        # A URL may carry a password.
        text = re.sub(r"//[^/@]*@", "//(hidden)@", node.raw or node.value)
        return shown(re.sub(r"\?.*", "?(hidden)", text) if "://" in text else text)
    return shown(node.value)


_WANT_PARTS = frozenset({"tuple_type", "list_type", "dict_type", "model_type"})
_EXPECTED = {
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "finite_number": "expected a finite number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "string_type": "expected text",
    "string_too_short": "expected some text",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "too_short": "expected at least one entry",
    "dict_type": "expected a mapping of keys and values",
    "model_type": "expected a mapping of keys and values",
    "greater_than": "expected a number greater than {gt:g}",
    "greater_than_equal": "expected a number of at least {ge:g}",
    "less_than_equal": "expected a number of at most {le:g}",
    "literal_error": "expected {expected}",
    "value_error": "{error}",
}


def _expected(detail: ErrorDetails) -> str:
    template = _EXPECTED.get(detail["type"])
    return template.format(**detail.get("ctx", {})) if template else detail["msg"]


def _section(where: TreePath) -> type[Section] | None:
    """The schema class that describes the mapping at a path."""
    section: type[Section] | None = Config
    for step in where:
        if isinstance(step, int) or section is None:
            continue
        field = section.model_fields.get(step)
        section = _section_of(field.annotation) if field else None
    return section


def _section_of(annotation: object) -> type[Section] | None:
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (section := _section_of(argument)) is not None:
            return section
    return None


def _known_keys(where: TreePath) -> list[str]:
    section = _section(where)
    if section is None:
        return []
    return [field.alias or name for name, field in section.model_fields.items()]


def _purpose(where: TreePath) -> str:
    section = _section(where[:-1])
    field = section.model_fields.get(str(where[-1])) if section else None
    text = (field.description or "") if field else ""
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    return f": {first}" if first else ""


def _hints(config: Config, path: Path | None, suspects: Iterable[str]) -> Iterable[Notice]:
    for name in suspects:
        yield Notice("missing", f"{name} is not a setting: steps are separated by two underscores")
    if path is not None and not config.providers and not config.gateway.sim:
        yield Notice("next", f"{path} has no providers: add one under `providers:`")


def _origins(tree: Node) -> dict[str, str]:
    origins: dict[str, str] = {}
    for path, node in walk(tree):
        key = ""
        for step in path:
            key = join(key, step)
        if key:
            origins[key] = node.place
    return origins


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    def order(problem: Problem) -> tuple[str, int]:
        file, _, line = problem.place.rpartition(":")
        return (file, int(line)) if line.isdigit() else (problem.place, 0)

    return sorted(problems, key=order)
